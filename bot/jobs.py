"""Every job of the clock: its name, how often it looks, and the flow that does what is due.

The scheduler holds no state of ours: what is due is read from the database, so a clock that was down catches up, and
any number of clocks may run.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.flows.delivering import deliver_waiting, report_deliveries
from bot.flows.digesting import post_due_digests
from bot.flows.services import Services
from bot.flows.surveying import close_due_waves
from bot.logs import fault, log

Flow = Callable[[Services], Awaitable[None]]

# In the order in which one clock tick should do them: a wave closes before its digest speaks of it.
JOBS: dict[str, tuple[timedelta, Flow]] = {
    "close_due_waves": (timedelta(seconds=15), close_due_waves),
    "deliver_waiting": (timedelta(seconds=3), deliver_waiting),
    "report_deliveries": (timedelta(seconds=15), report_deliveries),
    "post_due_digests": (timedelta(seconds=15), post_due_digests),
}


def scheduler(services: Services) -> AsyncIOScheduler:
    """Make the clock, not yet started. It looks at everything at once when it starts: there may be a lot to catch up."""
    made = AsyncIOScheduler(timezone=UTC)
    for name, (every, flow) in JOBS.items():
        made.add_job(
            run_job,
            args=(name, flow, services),
            id=name,
            trigger=IntervalTrigger(seconds=int(every.total_seconds()), timezone=UTC),
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return made


async def run_everything(services: Services) -> None:
    """Do once, now, whatever is due: what the demo and the tests call instead of waiting."""
    for flow in (flow for _, flow in JOBS.values()):
        await flow(services)


async def run_job(name: str, flow: Flow, services: Services) -> None:
    """Run one job; what goes wrong is logged, and the next run tries again."""
    try:
        await flow(services)
    except Exception as error:  # noqa: BLE001 - a clock does not stop because the database was away for a minute
        log.error("job.failed", job=name, kind=fault(error))
