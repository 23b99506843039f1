"""What `nps-bot doctor` reads in the database: surveys, waves, deliveries, digests."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.rules.asking import quarantine_of
from bot.kit.rules.calendar import WEEK
from bot.kit.views.remedy import remedy_for_all, remedy_for_person
from bot.server.health import ClockState, clock_state
from bot.shell.doctor import digests, notices
from bot.shell.doctor.findings import TOLD, Finding, State, all_wrong, and_more
from bot.shell.doctor.names import wave_names
from bot.shell.kit.terminal import WORDS
from bot.surveys.views.rhythm import is_shorter_than
from storage import counts, surveys, waves, webhooks
from storage.delivery import outages
from storage.delivery.outages import REMOVED
from storage.kit import heartbeats
from storage.privacy.emptied import emptied
from storage.surveys import rhythms
from storage.surveys.rhythms import Cadence
from storage.tables import Outage
from storage.waves import progress
from storage.waves.progress import Progress
from storage.words import GRACE_DAYS

_START_A_CLOCK = (
    "Start nps-bot clock, or nps-bot serve without --no-clock; until then nothing is sent, closed or posted."
)
CHECKS = ("counts", "clocks", "sending", "webhooks", "surveys", "waves", "deliveries", "digests")
TRACES_MAY_STAND = timedelta(hours=1)
_NOT_TWICE = "Nothing is sent twice; the question stands in each person's App Home."


async def examine(
    session: AsyncSession, now: datetime, grace: timedelta = timedelta(days=GRACE_DAYS)
) -> list[Finding]:
    """Look at what is open: in a closed wave there is nothing left to mend."""
    return [
        *all_wrong("counts", await _counts(session)),
        await _clocks(session, now),
        *all_wrong("sending", [_outage(found, grace) for found in await outages.stopped(session)]),
        *all_wrong("webhooks", await _webhooks(session)),
        Finding("surveys", State.OK, " ".join([*await _paused(session), *await _fast_rhythms(session)])),
        *all_wrong("waves", await _stopped(session)),
        *all_wrong("deliveries", await _undelivered(session)),
        *all_wrong(
            "digests", [*await digests.unposted(session, now - WEEK), *await notices.untold(session, now)]
        ),
        *await _erased(session, now),
    ]


async def _counts(session: AsyncSession) -> list[str]:
    """Count everything of the open waves again, and say of which something else is kept."""
    wrong = await counts.wrong(session)
    names = await wave_names(session, wrong[:TOLD])
    told = [
        f"What is kept counted of {names[wave_id]} is not what its answers say. Run nps-bot recount."
        for wave_id in wrong[:TOLD]
    ]
    return told + and_more(len(wrong) - len(told))


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
        case ClockState.NEVER if await surveys.is_any_at_work(session):
            return Finding("clocks", State.WRONG, f"No clock has run yet. {_START_A_CLOCK}")
        case ClockState.NEVER:
            return Finding("clocks", State.OK, "none has run yet")
        case ClockState.OK:
            return Finding("clocks", State.OK)


async def _paused(session: AsyncSession) -> list[str]:
    """Say which surveys somebody has paused: that is no fault, but nothing of them is sent."""
    found = await surveys.first_paused(session, TOLD)
    told = [
        f"“{survey.name}” is paused since {survey.paused_at:%Y-%m-%d %H:%M} UTC: nothing of it is sent, posted or opened."
        for survey in found.rows
    ]
    return told + and_more(found.more)


async def _fast_rhythms(session: AsyncSession) -> list[str]:
    """Say which surveys cannot ask everybody in each wave: that is no fault, but somebody may wonder."""
    fast = [one for one in await rhythms.cadences(session) if _is_fast(one)]
    found = await rhythms.first_with(session, fast, TOLD)
    told = [
        f"“{name}” opens waves more often than the quarantine of {_quarantine(one)} days lets it ask one person: "
        "each wave asks those whose turn has come."
        for name, one in found.rows
    ]
    return told + and_more(found.more)


def _is_fast(one: Cadence) -> bool:
    return is_shorter_than(_quarantine(one), one.rhythm, one.every_weeks)


def _quarantine(one: Cadence) -> int:
    return quarantine_of(one.quarantine_days, is_anonymous=one.is_anonymous)


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


async def _stopped(session: AsyncSession) -> list[str]:
    """Say which waves an error of Slack's has paused."""
    found = await waves.first_stopped(session, TOLD)
    names = await wave_names(session, [wave.id for wave in found.rows])
    told = [
        f"{names[wave.id]} stopped at {wave.paused_at:%Y-%m-%d %H:%M} UTC. {remedy_for_all(str(wave.paused_for), WORDS)} "
        "It goes on by itself where it stopped."
        for wave in found.rows
    ]
    return told + and_more(found.more)


async def _undelivered(session: AsyncSession) -> list[str]:
    """Say, wave by wave, what did not reach people, or may not have."""
    found = await progress.undelivered(session, TOLD)
    wave_ids = [wave_id for wave_id, _ in found.rows]
    names = await wave_names(session, wave_ids)
    stands = await progress.progress_of(session, wave_ids)
    told = [
        f"{names[wave_id]}: {what}"
        for wave_id, reminders in found.rows
        for what in _not_arrived(stands[wave_id], reminders)
    ]
    return told + and_more(found.more)


def _not_arrived(stands: Progress, reminders: int) -> Iterator[str]:
    for code, count in stands.failed.items():
        yield f"{count} not asked. {remedy_for_person(code, WORDS)}"
    if stands.uncertain:
        yield f"{stands.uncertain} may or may not have arrived. {_NOT_TWICE}"
    if reminders:
        counted = "1 reminder" if reminders == 1 else f"{reminders} reminders"
        yield f"{counted} may or may not have arrived. {_NOT_TWICE}"
