"""What `nps-bot doctor` says of notices to managers that nobody may have read: a process died over one, say."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.once import LEASE
from bot.kit.rules.calendar import WEEK
from bot.kit.views.remedy import remedy
from bot.shell.doctor.findings import TOLD, and_more
from bot.shell.doctor.names import Thing, names_of
from bot.shell.kit.terminal import WORDS
from bot.slack.codes import Scope, meaning
from storage.kit import notices
from storage.tables import Notice

_OF_A_SURVEY = {
    "cases": "the follow-up of {}",
    "digest": "the digest of {}",
    "secret": "an opening of {}",
    "in_quarantine": "{}, which found nobody to ask",
}
_OF_OTHERS = {"case": Thing.CASE, "outage": Thing.OTHER, "quote": Thing.OTHER}
_IN_DOUBT = "was never confirmed by Slack. Ask the managers whether it came; it is not said a second time."


async def untold(session: AsyncSession, now: datetime) -> list[str]:
    """Look at the last week. Nobody is named, nor what the notice said."""
    found = await notices.untold(session, now - WEEK, now - LEASE, TOLD)
    names = await names_of(session, [_about(one) for one in found.rows])
    told = [
        f"A notice to a manager about {_matter(one, names)}, written at {one.written_at:%Y-%m-%d %H:%M} UTC,"
        f" {_became(one)}"
        for one in found.rows
    ]
    return told + and_more(found.more)


def _became(notice: Notice) -> str:
    if notice.code is None or meaning(notice.code).scope is Scope.UNSURE:
        return _IN_DOUBT
    return f"was not said. {remedy(notice.code, WORDS)}"


def _matter(notice: Notice, names: Mapping[tuple[Thing, int], str]) -> str:
    """Name what a notice is about."""
    word = notice.about.partition(":")[0]
    thing, number = about = _about(notice)
    if word == "outage":
        return "an hour in which Slack took nothing"
    if word == "quote":
        return f"quote {number}"
    if thing is Thing.WAVE:
        named = names.get(about, "a wave that is gone")
        return f"a conversation of {named}" if word == "letter" else named
    named = names.get(about, "a survey that is gone")
    return f"case {number} of {named}" if thing is Thing.CASE else _OF_A_SURVEY[word].format(named)


def _about(notice: Notice) -> tuple[Thing, int]:
    """Read what a notice's writer wrote down: a word, and the number of what that is about."""
    word, _, rest = notice.about.partition(":")
    if word == "letter":  # by its conversation nobody is to be found
        return Thing.WAVE, int(rest.rpartition(":")[2])
    number = int(first) if (first := rest.split(":")[0].split(".")[0]).isdigit() else 0
    if word in _OF_A_SURVEY:
        return Thing.SURVEY, number
    return _OF_OTHERS.get(word, Thing.WAVE), number
