"""Every job of the clock: its name, how often it looks, and the flow that does what is due.

The scheduler holds no state of ours: what is due is read from the database, so a clock that was down catches up, and
any number of clocks may run.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_SUBMITTED
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.answers.redrawing import redraw_questions
from bot.answers.welcoming import welcome_newcomers
from bot.api.asking import forget_old_keys
from bot.ballots.opening import wipe_ballots
from bot.cases.drawing import draw_cases
from bot.cases.orphans import raise_orphans
from bot.cases.overdue import raise_overdue
from bot.cases.posting import post_cards, tell_people
from bot.delivery.delivering import deliver_waiting
from bot.delivery.probing import probe
from bot.delivery.report import report_deliveries
from bot.digests.posting import post_due_digests
from bot.kit.noticing import say_notices
from bot.kit.once import forget_old_runs
from bot.kit.request.admitting import forget_stale_requests
from bot.kit.services import Services
from bot.logs import fault, log, whereabouts
from bot.metrics.counting import job_ran
from bot.privacy.erasing import redraw_erased, scrub_emptied
from bot.privacy.leaving import erase_removed
from bot.privacy.purging import purge_kept_long_enough
from bot.quotes.posting import post_quotes
from bot.server.health import BEAT_EVERY, beat
from bot.surveys.deleting import finish_deletions
from bot.surveys.looking_again import look_at_all
from bot.threads.delivering import deliver_letters
from bot.waves.closing import close_due_waves
from bot.waves.open_question import post_open_questions
from bot.waves.opening import open_due_waves
from bot.waves.planning import plan_waves
from bot.waves.progress import fold_counts, tell_progress
from bot.waves.recovering import tend_stopped_waves
from bot.waves.results import tell_results
from bot.webhooks.telling import forget_told_events, tell_events

# Hosting services kill what has not ended within ten seconds (Kubernetes: thirty).
GRACE = 8
APART = timedelta(milliseconds=50)
"""Between two jobs: if all of them looked at once, at start and every fifteen seconds, people would wait for them."""

Flow = Callable[[Services], Awaitable[None]]

# In the order of the story. None relies on it: each runs by itself, and reads from the database what is due.
JOBS: dict[str, tuple[timedelta, Flow]] = {
    "close_due_waves": (timedelta(seconds=15), close_due_waves),
    "open_due_waves": (timedelta(seconds=15), open_due_waves),
    "probe": (timedelta(seconds=15), probe),
    "say_notices": (timedelta(seconds=15), say_notices),
    "tend_stopped_waves": (timedelta(seconds=60), tend_stopped_waves),
    "plan_waves": (timedelta(seconds=15), plan_waves),
    "post_open_questions": (timedelta(seconds=15), post_open_questions),
    "welcome_newcomers": (timedelta(seconds=15), welcome_newcomers),
    "deliver_waiting": (timedelta(seconds=3), deliver_waiting),
    "tell_progress": (timedelta(seconds=10), tell_progress),
    "tell_results": (timedelta(seconds=15), tell_results),
    "report_deliveries": (timedelta(seconds=15), report_deliveries),
    "post_due_digests": (timedelta(seconds=15), post_due_digests),
    "post_quotes": (timedelta(seconds=15), post_quotes),
    "deliver_letters": (timedelta(seconds=60), deliver_letters),
    "post_cards": (timedelta(seconds=15), post_cards),
    "tell_people": (timedelta(seconds=15), tell_people),
    "raise_overdue": (timedelta(seconds=15), raise_overdue),
    "raise_orphans": (timedelta(seconds=60), raise_orphans),
    "draw_cases": (timedelta(seconds=15), draw_cases),
    "redraw_questions": (timedelta(seconds=15), redraw_questions),
    "tell_events": (timedelta(seconds=3), tell_events),
    "redraw_erased": (timedelta(seconds=15), redraw_erased),
    "wipe_ballots": (timedelta(seconds=15), wipe_ballots),
    "finish_deletions": (timedelta(seconds=60), finish_deletions),
}
# What no person ever sees.
HOUSEKEEPING: dict[str, tuple[timedelta, Flow]] = {
    "beat": (BEAT_EVERY, beat),
    "forget_stale_requests": (timedelta(seconds=60), forget_stale_requests),
    "purge_kept_long_enough": (timedelta(days=1), purge_kept_long_enough),
    "erase_removed": (timedelta(hours=1), erase_removed),
    "scrub_emptied": (timedelta(seconds=60), scrub_emptied),
    "forget_old_runs": (timedelta(days=1), forget_old_runs),
    "forget_told_events": (timedelta(days=1), forget_told_events),
    "forget_old_keys": (timedelta(days=1), forget_old_keys),
    "fold_counts": (timedelta(hours=1), fold_counts),
    "look_at_all": (timedelta(days=1), look_at_all),
}


@asynccontextmanager
async def ticking(services: Services) -> AsyncIterator[None]:
    """Run the clock beside what is inside. It looks at everything as it starts: there may be a lot to catch up."""
    scheduler, under_way = AsyncIOScheduler(timezone=UTC), set[str]()
    began = datetime.now(UTC)
    for number, (name, (every, flow)) in enumerate((JOBS | HOUSEKEEPING).items()):
        scheduler.add_job(
            run_job,
            args=(name, flow, services),
            id=name,
            trigger=IntervalTrigger(seconds=int(every.total_seconds()), timezone=UTC),
            next_run_time=began + number * APART,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.add_listener(lambda event: under_way.add(event.job_id), EVENT_JOB_SUBMITTED)
    scheduler.add_listener(
        lambda event: under_way.discard(event.job_id), EVENT_JOB_EXECUTED | EVENT_JOB_ERROR
    )
    services.pace.open()
    scheduler.start()
    try:
        yield
    finally:
        # Begin nothing new, and let what was begun end: a job cut off while it speaks leaves a message in doubt.
        scheduler.pause()
        services.pace.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while under_way:  # noqa: ASYNC110 - the scheduler tells when one job ends, not when all have
                    await asyncio.sleep(0.02)
        scheduler.shutdown(wait=False)


async def run_everything(services: Services) -> None:
    """Do once, now, whatever is due: what the demo and the tests call instead of waiting."""
    for _, flow in JOBS.values():
        await flow(services)


async def run_job(name: str, flow: Flow, services: Services) -> None:
    """Run one job; what goes wrong is logged, and the next run tries again."""
    try:
        await flow(services)
    except Exception as error:  # noqa: BLE001 - a clock does not stop because the database was away for a minute
        log.error("job.failed", job=name, kind=fault(error), at=whereabouts(error))
        job_ran(name, well=False)
    else:
        job_ran(name, well=True)
