"""What `nps-bot doctor` says of digests, cards and other posts that Slack refused or never confirmed."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.orphans import CASE_OWNER_GONE
from bot.cases.overdue import CASE_OVERDUE
from bot.cases.posting import CASE_CARD, CASE_LINE
from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.views.remedy import remedy
from bot.quotes.posting import QUOTE_POSTED
from bot.shell.doctor.findings import TOLD, and_more
from bot.shell.doctor.names import Thing, names_of
from bot.shell.kit.terminal import WORDS
from bot.waves.open_question import OPEN_QUESTION
from bot.waves.results import CHANNEL_RESULT
from storage.kit import claims
from storage.tables import Run
from storage.words import RunState

_OF_A_CASE = {
    CASE_CARD: "The card of case",
    CASE_LINE: "The word to the person of case",
    CASE_OVERDUE: "The overdue notice of case",
    CASE_OWNER_GONE: "The notice that its owner left, of case",
}
_OF_A_WAVE = {
    CHANNEL_RESULT: "The result of",
    OPEN_QUESTION: "The open question of",
}


async def unposted(session: AsyncSession, since: datetime) -> list[str]:
    """Look at the last week: an older failure has been followed by another digest."""
    failed = await claims.latest_runs(session, RunState.FAILED, since, TOLD)
    uncertain = await claims.latest_runs(session, RunState.UNCERTAIN, since, TOLD)
    names = await names_of(session, [_about(run) for run in (*failed.rows, *uncertain.rows)])
    return [
        told
        for found in (failed, uncertain)
        for told in (
            *(f"{_run_name(run, names)} {_what_to_do(run)}" for run in found.rows),
            *and_more(found.more),
        )
    ]


def _what_to_do(run: Run) -> str:
    if run.state is RunState.FAILED:
        return f"was not posted. {remedy(run.code or 'unknown', WORDS)}"
    return "was never confirmed by Slack. Look whether it is there; it is not posted a second time."


def _about(run: Run) -> tuple[Thing, int]:
    if run.job in _OF_A_CASE:
        return Thing.CASE, run.subject
    return {WEEKLY_DIGEST: Thing.SURVEY, QUOTE_POSTED: Thing.OTHER}.get(run.job, Thing.WAVE), run.subject


def _run_name(run: Run, names: Mapping[tuple[Thing, int], str]) -> str:
    due = f"due at {run.due_at:%Y-%m-%d %H:%M} UTC"
    named = names.get(_about(run))
    if run.job == WEEKLY_DIGEST:
        return f"The digest of {named or f'“{run.subject}”'} {due}"
    if run.job in _OF_A_CASE:
        return f"{_OF_A_CASE[run.job]} {run.subject} of {named or '“”'}, {due},"
    if run.job == QUOTE_POSTED:
        return f"Quote {run.subject}, {due},"
    what = _OF_A_WAVE.get(run.job, "A message to the manager about")
    return f"{what} {named or f'wave {run.subject}'}, {due},"
