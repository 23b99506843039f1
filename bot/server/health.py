"""Whether this process can do its work: what `/healthz` says, and what `nps-bot doctor` reads."""

import asyncio
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.services import Services
from bot.logs import log
from storage.database.engine import Database
from storage.errors import DatabaseAway
from storage.kit import heartbeats

BEAT_EVERY = timedelta(seconds=30)
CLOCK_IS_LATE = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
_LOOKED_AT_MOST_EVERY = 2.0
"""Seconds: however often health is asked for, it writes no more often."""


class DatabaseState(StrEnum):
    """What the database can do."""

    OK = "ok"
    AWAY = "away"  # it does not answer, or takes nothing: locked, full, moved


class ClockState(StrEnum):
    """What the clocks of the workspace do."""

    OK = "ok"
    LATE = "late"  # none has beaten for two minutes, or one beats in the future: nothing is sent, closed or posted
    NEVER = "never"  # none has run yet


@dataclass(frozen=True)
class Health:
    """How things stand; `runs_clock` says that a clock runs, or ran, in this very process."""

    database: DatabaseState
    clock: ClockState | None = None
    runs_clock: bool = False

    @property
    def needs_restart(self) -> bool:
        """Whether this process cannot do its work. Another process's clock is not mended by starting this one again."""
        return self.database is DatabaseState.AWAY or (self.runs_clock and self.clock is ClockState.LATE)


def process_name() -> str:
    """Name this process among all that share a database."""
    return f"{socket.gethostname()}:{os.getpid()}"


async def beat(services: Services) -> None:
    """Say in the database that the clock in this process lives."""
    now = services.clock()
    async with services.database.writing() as session:
        await heartbeats.beat(session, process_name(), services.workspace_id, now, runs_clock=True)
        await heartbeats.prune(session, now - FORGOTTEN_AFTER)


def clock_state(last: datetime | None, now: datetime) -> ClockState:
    """Say of the last beat of any clock whether the clocks are at work.

    >>> from datetime import UTC
    >>> clock_state(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 9, 3, tzinfo=UTC))
    <ClockState.LATE: 'late'>
    """
    if last is None:
        return ClockState.NEVER
    return ClockState.OK if abs(now - last) < CLOCK_IS_LATE else ClockState.LATE


class Checkup:
    """Looks at the database by writing to it, and at the clocks by their beats."""

    def __init__(self, workspace_id: str, database: Database, clock: Callable[[], datetime]) -> None:
        self._workspace_id = workspace_id
        self._database = database
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._found: tuple[float, Health] | None = None

    async def health(self) -> Health:
        """Return how things stand, as found within the last seconds."""
        async with self._one_at_a_time:
            if self._found is None or time.monotonic() - self._found[0] > _LOOKED_AT_MOST_EVERY:
                health = await self._look()
                # What is wrong is looked at again each time: it takes until the database gives up, so not often.
                self._found = (time.monotonic(), health) if health.database is DatabaseState.OK else None
                return health
            return self._found[1]

    async def _look(self) -> Health:
        try:
            self._database.require_in_place()
            return await self._database.tapping(self._beat)
        except DatabaseAway as away:
            log.error("database.away", why=str(away))
            return Health(DatabaseState.AWAY)

    async def _beat(self, session: AsyncSession) -> Health:
        now, process = self._clock(), process_name()
        await heartbeats.beat(session, f"{process} web", self._workspace_id, now, runs_clock=False)
        last = await heartbeats.last_clock(session)
        runs_clock = await heartbeats.is_clock(session, process)
        return Health(DatabaseState.OK, clock_state(last, now), runs_clock)
