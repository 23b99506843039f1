"""What `nps-bot doctor` says of notices to managers that nobody may have read: a process died over one, say."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.once import LEASE
from bot.kit.rules.calendar import WEEK
from bot.kit.views.remedy import remedy
from bot.shell.kit.terminal import WORDS
from bot.slack.codes import Scope, meaning
from storage import cases, surveys, waves
from storage.kit import notices
from storage.tables import Notice

_OF_A_SURVEY = {
    "cases": "the follow-up of {}",
    "digest": "the digest of {}",
    "secret": "an opening of {}",
    "in_quarantine": "{}, which found nobody to ask",
}
_IN_DOUBT = "was never confirmed by Slack. Ask the managers whether it came; it is not said a second time."


async def untold(session: AsyncSession, now: datetime) -> list[str]:
    """Look at the last week. Nobody is named, nor what the notice said."""
    found = await notices.untold(session, now - WEEK, now - LEASE)
    return [
        f"A notice to a manager about {await _matter(session, one)}, written at {one.written_at:%Y-%m-%d %H:%M} UTC,"
        f" {_became(one)}"
        for one in found
    ]


def _became(notice: Notice) -> str:
    if notice.code is None or meaning(notice.code).scope is Scope.UNSURE:
        return _IN_DOUBT
    return f"was not said. {remedy(notice.code, WORDS)}"


async def _matter(session: AsyncSession, notice: Notice) -> str:
    """Name what a notice is about, as its writer wrote it down: a word, and the number of what that is about."""
    word, _, rest = notice.about.partition(":")
    number = int(first) if (first := rest.split(":")[0].split(".")[0]).isdigit() else 0
    if word == "outage":
        return "an hour in which Slack took nothing"
    if word == "quote":
        return f"quote {number}"
    if word == "case":
        case = await cases.case(session, number)
        return f"case {number} of {await _survey(session, case.survey_id if case else 0)}"
    if word in _OF_A_SURVEY:
        return _OF_A_SURVEY[word].format(await _survey(session, number))
    # By its conversation nobody is to be found.
    of_wave = await _wave(session, int(rest.rpartition(":")[2]) if word == "letter" else number)
    return f"a conversation of {of_wave}" if word == "letter" else of_wave


async def _survey(session: AsyncSession, survey_id: int) -> str:
    survey = await surveys.survey(session, survey_id)
    return f"“{survey.name}”" if survey else "a survey that is gone"


async def _wave(session: AsyncSession, wave_id: int) -> str:
    wave = await waves.wave(session, wave_id)
    return (
        f"wave {wave.number} of {await _survey(session, wave.survey_id)}" if wave else "a wave that is gone"
    )
