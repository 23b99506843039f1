"""Once per due time: claim the run, compose, speak, record what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.outage import is_stopped, spoken
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackBusy, SlackRefused, SlackUnsure
from storage.kit import claims
from storage.tables import Run
from storage.words import RunState

# Longer than any run may take: a claim older than this belongs to a process that is gone.
LEASE = timedelta(minutes=5)

# A digest looks back at the one before it; a survey's last one stays, however old it is.
KEPT = timedelta(days=366)

NOTHING_TO_SAY = "nothing_to_say"
"""The code of a run that is done although nothing was said."""

Composed = TypeVar("Composed")


@dataclass(frozen=True)
class DueRun:
    """The key of a run: what is to happen once."""

    workspace_id: str
    job: str
    subject: int
    at: datetime


@dataclass(frozen=True)
class Outcome:
    """How a run ended, with Slack's code when it said no."""

    state: RunState
    code: str | None = None


async def once(  # noqa: PLR0913 - what is due, how it is said, and what follows
    services: Services,
    due: DueRun,
    compose: Callable[[], Awaitable[Composed | None]],
    speak: Callable[[Composed], Awaitable[Any]],
    *,
    may_try_again: bool = False,
    also: Callable[[AsyncSession], Awaitable[None]] | None = None,
) -> Outcome | None:
    """Say `compose()` by `speak` once for this due time, whatever other processes do.

    Returns None when the run is another's or done already, and when Slack takes nothing: then it is free for the
    next try. A process that dies before `speak` leaves the run to be done again after a lease; one that dies
    while it speaks leaves it `uncertain`. Where there is nothing to say, `compose` returns None, and the run is done.
    With `may_try_again` a run that Slack refused is free for the next try too. What `also` writes is committed with the
    record that it was said.
    """
    run = await _claimed(services, due)
    if run is None:
        return None
    words = await compose()
    if words is None:
        async with services.database.writing() as session:
            await claims.finish_run(session, run.id, RunState.DONE, services.clock(), NOTHING_TO_SAY)
        return Outcome(RunState.DONE, NOTHING_TO_SAY)
    async with services.database.writing() as session:
        if not await claims.mark_speaking(session, run.id, services.clock()):
            return None
    try:
        await spoken(services, partial(speak, words))
        outcome = Outcome(RunState.DONE)
    except SlackBusy as error:
        log.warning("run.waits", run=run.id, job=due.job, code=error.code)
        async with services.database.writing() as session:
            await claims.put_back_run(session, run.id)
        return None
    except SlackRefused as error:
        outcome = Outcome(RunState.FAILED, error.code)
        if may_try_again:
            async with services.database.writing() as session:
                await claims.put_back_run(session, run.id)
            return outcome
    except SlackUnsure as error:
        outcome = Outcome(RunState.UNCERTAIN, error.code)
    async with services.database.writing() as session:
        await claims.finish_run(session, run.id, outcome.state, services.clock(), outcome.code)
        if also and outcome.state is RunState.DONE:
            await also(session)
    log.info("run.finished", run=run.id, job=due.job, state=outcome.state.value, code=outcome.code)
    return outcome


async def _claimed(services: Services, due: DueRun) -> Run | None:
    """Claim the run, unless it is another's or done already, or Slack takes nothing."""
    if await is_stopped(services):
        return None
    async with services.database.writing() as session:
        return await claims.claim_run(
            session, due.workspace_id, due.job, due.subject, due.at, services.clock(), LEASE
        )


async def forget_old_runs(services: Services) -> None:
    """Drop the runs of more than a year ago."""
    async with services.database.writing() as session:
        await claims.prune_runs(session, services.clock() - KEPT)
