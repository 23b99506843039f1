"""What `nps-bot doctor` reads in the database: surveys, waves, deliveries, digests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.orphans import CASE_OWNER_GONE
from bot.cases.overdue import CASE_OVERDUE
from bot.cases.posting import CASE_CARD, CASE_LINE
from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.rules.asking import quarantine_of
from bot.kit.rules.calendar import WEEK
from bot.kit.views.remedy import remedy, remedy_for_all, remedy_for_person
from bot.quotes.posting import QUOTE_POSTED
from bot.server.health import ClockState, clock_state
from bot.shell.doctor import notices
from bot.shell.doctor.findings import Finding, State, all_wrong
from bot.shell.kit.terminal import WORDS
from bot.surveys.views.rhythm import is_shorter_than
from bot.waves.open_question import OPEN_QUESTION
from bot.waves.results import CHANNEL_RESULT
from storage import cases, counts, surveys, waves, webhooks
from storage.delivery import outages, reminders
from storage.delivery.outages import REMOVED
from storage.kit import claims, heartbeats, people
from storage.privacy.emptied import emptied
from storage.tables import Outage, Run, Wave
from storage.waves.progress import progress
from storage.words import GRACE_DAYS, Rhythm, RunState

_START_A_CLOCK = (
    "Start nps-bot clock, or nps-bot serve without --no-clock; until then nothing is sent, closed or posted."
)
CHECKS = ("counts", "clocks", "sending", "webhooks", "surveys", "waves", "deliveries", "digests")
TRACES_MAY_STAND = timedelta(hours=1)
_OF_A_CASE = {
    CASE_CARD: "The card of case",
    CASE_LINE: "The word to the person of case",
    CASE_OVERDUE: "The overdue notice of case",
    CASE_OWNER_GONE: "The notice that its owner left, of case",
}
_NOT_TWICE = "Nothing is sent twice; the question stands in each person's App Home."


async def examine(
    session: AsyncSession, now: datetime, grace: timedelta = timedelta(days=GRACE_DAYS)
) -> list[Finding]:
    """Look at what is open: in a closed wave there is nothing left to mend."""
    running = [(wave, await _wave_name(session, wave)) for wave in await waves.open_waves(session)]
    undelivered = [told for wave, named in running for told in await _undelivered(session, wave, named)]
    return [
        *all_wrong("counts", await _counts(session, {wave.id: named for wave, named in running})),
        await _clocks(session, now),
        *all_wrong("sending", [_outage(found, grace) for found in await outages.stopped(session)]),
        *all_wrong("webhooks", await _webhooks(session)),
        Finding("surveys", State.OK, " ".join([*await _paused(session), *await _fast_rhythms(session)])),
        *all_wrong("waves", [_stopped(wave, named) for wave, named in running if wave.paused_for]),
        *all_wrong("deliveries", undelivered),
        *all_wrong("digests", [*await _digests(session, now - WEEK), *await notices.untold(session, now)]),
        *await _erased(session, now),
    ]


async def _counts(session: AsyncSession, running: Mapping[int, str]) -> list[str]:
    """Count everything of the open waves again, and say of which something else is kept."""
    return [
        f"What is kept counted of {running[wave_id]} is not what its answers say. Run nps-bot recount."
        for wave_id in await counts.wrong(session)
        if wave_id in running
    ]


async def _erased(session: AsyncSession, now: datetime) -> list[Finding]:
    """Say so where the files still hold traces of what was erased; say nothing where all is well."""
    says = (
        "Something was erased, and the database's files may hold traces of it: stop nps-bot and run nps-bot scrub. "
        "The clock does so by itself only where the file is small."
    )
    return [
        Finding("erased", State.WRONG, says)
        for row in await emptied(session)
        if row.since < now - TRACES_MAY_STAND
    ]


async def _clocks(session: AsyncSession, now: datetime) -> Finding:
    last = await heartbeats.last_clock(session)
    match clock_state(last, now):
        case ClockState.LATE:
            return Finding(
                "clocks",
                State.WRONG,
                f"No clock is at work: the last one was at {last:%Y-%m-%d %H:%M} UTC. {_START_A_CLOCK}",
            )
        case ClockState.NEVER if await _has_work(session):
            return Finding("clocks", State.WRONG, f"No clock has run yet. {_START_A_CLOCK}")
        case ClockState.NEVER:
            return Finding("clocks", State.OK, "none has run yet")
        case ClockState.OK:
            return Finding("clocks", State.OK)


async def _has_work(session: AsyncSession) -> bool:
    """Whether a clock would have something to do: a wave is open, or one comes by itself, and nobody has paused it."""
    at_work = {
        one.id: one for one in await surveys.every_survey(session) if not (one.paused_at or one.ended_at)
    }
    is_open = any(wave.survey_id in at_work for wave in await waves.open_waves(session))
    return is_open or any(one.rhythm is not Rhythm.ONCE for one in at_work.values())


async def _paused(session: AsyncSession) -> list[str]:
    """Say which surveys somebody has paused: that is no fault, but nothing of them is sent."""
    return [
        f"“{survey.name}” is paused since {survey.paused_at:%Y-%m-%d %H:%M} UTC: nothing of it is sent, posted or opened."
        for survey in await surveys.every_survey(session)
        if survey.paused_at and survey.ended_at is None
    ]


async def _fast_rhythms(session: AsyncSession) -> list[str]:
    """Say which surveys cannot ask everybody in each wave: that is no fault, but somebody may wonder."""
    found = []
    for survey in await surveys.every_survey(session):
        days = quarantine_of(
            await people.quarantine_days(session, survey.workspace_id), is_anonymous=survey.is_anonymous
        )
        is_fast = survey.ended_at is None and is_shorter_than(days, survey.rhythm, survey.every_weeks)
        if is_fast and not survey.audience.open_channel:
            found.append(
                f"“{survey.name}” opens waves more often than the quarantine of {days} days lets it ask one person: "
                "each wave asks those whose turn has come."
            )
    return found


async def _webhooks(session: AsyncSession) -> list[str]:
    """Say which receivers do not answer, and since when."""
    return [
        f"Webhook {hook.id} does not take what it is told since {hook.failing_since:%Y-%m-%d %H:%M} UTC ({hook.trouble}). "
        f"Mend the receiver, and try it with nps-bot webhook test {hook.id}; events wait for three days."
        for hook in await webhooks.failing(session)
        if hook.failing_since
    ]


def _outage(found: Outage, grace: timedelta) -> str:
    mend = remedy_for_all(found.code, WORDS)
    return (
        f"Nothing has been sent since {found.stopped_at:%Y-%m-%d %H:%M} UTC ({found.code}). {mend} It goes on by "
        f"itself; the next try is at {found.probe_at:%H:%M} UTC." + _what_goes(found, grace)
    )


def _what_goes(found: Outage, grace: timedelta) -> str:
    """Say when all data go, where the app was removed or its token revoked."""
    if found.code not in REMOVED or found.stopped_at is None:
        return ""
    until = found.stopped_at + grace
    return f" Everything is there until {until:%Y-%m-%d}, when all data of the workspace go (NPS_GRACE_DAYS)."


def _stopped(wave: Wave, named: str) -> str:
    mend = remedy_for_all(str(wave.paused_for), WORDS)
    return f"{named} stopped at {wave.paused_at:%Y-%m-%d %H:%M} UTC. {mend} It goes on by itself where it stopped."


async def _undelivered(session: AsyncSession, wave: Wave, named: str) -> list[str]:
    stands = await progress(session, wave.id)
    told = [
        f"{named}: {count} not asked. {remedy_for_person(code, WORDS)}"
        for code, count in stands.failed.items()
    ]
    if stands.uncertain:
        told.append(f"{named}: {stands.uncertain} may or may not have arrived. {_NOT_TWICE}")
    if doubtful := await reminders.uncertain_count(session, wave.id):
        counted = "1 reminder" if doubtful == 1 else f"{doubtful} reminders"
        told.append(f"{named}: {counted} may or may not have arrived. {_NOT_TWICE}")
    return told


async def _digests(session: AsyncSession, since: datetime) -> list[str]:
    """Look at the last week: an older failure has been followed by another digest."""
    runs = [*await claims.failed_runs(session), *await claims.uncertain_runs(session)]
    return [f"{await _run_name(session, run)} {_what_to_do(run)}" for run in runs if run.due_at > since]


def _what_to_do(run: Run) -> str:
    if run.state is RunState.FAILED:
        return f"was not posted. {remedy(run.code or 'unknown', WORDS)}"
    return "was never confirmed by Slack. Look whether it is there; it is not posted a second time."


async def _run_name(session: AsyncSession, run: Run) -> str:
    due = f"due at {run.due_at:%Y-%m-%d %H:%M} UTC"
    if run.job == WEEKLY_DIGEST:
        survey = await surveys.survey(session, run.subject)
        return f"The digest of “{survey.name if survey else run.subject}” {due}"
    if run.job in _OF_A_CASE:
        case = await cases.case(session, run.subject)
        survey = await surveys.survey(session, case.survey_id) if case else None
        return f"{_OF_A_CASE[run.job]} {run.subject} of “{survey.name if survey else ''}”, {due},"
    if run.job == QUOTE_POSTED:
        return f"Quote {run.subject}, {due},"
    wave = await waves.wave(session, run.subject)
    named = await _wave_name(session, wave) if wave else f"wave {run.subject}"
    if run.job == CHANNEL_RESULT:
        return f"The result of {named}, {due},"
    if run.job == OPEN_QUESTION:
        return f"The open question of {named}, {due},"
    return f"A message to the manager about {named}, {due},"


async def _wave_name(session: AsyncSession, wave: Wave) -> str:
    survey = await surveys.survey(session, wave.survey_id)
    return f"wave {wave.number} of “{survey.name if survey else wave.survey_id}”"
