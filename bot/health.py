"""Whether this process can do its work: what `/healthz` says, and what `nps-bot doctor` reads."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.kit.services import Services
from storage import heartbeats

BEAT_EVERY = timedelta(seconds=30)
CLOCK_IS_LATE = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
ASKED_AT_MOST_EVERY = 2.0
"""Seconds: a flood of questions for health writes no more than this."""


class DatabaseState(StrEnum):
    """What the database can do."""

    OK = "ok"
    AWAY = "away"  # it does not answer, or cannot be written: locked, full, moved


class ClockState(StrEnum):
    """What the clocks of the workspace do."""

    OK = "ok"
    LATE = "late"  # none has beaten for two minutes: nothing is sent, closed or posted
    NEVER = "never"  # none has run yet


@dataclass(frozen=True)
class Health:
    """How things stand."""

    database: DatabaseState
    clock: ClockState | None = None

    @property
    def is_well(self) -> bool:
        return self.database is DatabaseState.OK and self.clock in {None, ClockState.OK}


def process_name() -> str:
    """Name this process among all that share a database."""
    return f"{socket.gethostname()}:{os.getpid()}"


async def beat(services: Services, *, runs_clock: bool = True) -> None:
    """Say in the database that this process lives. Raises DatabaseAway when it cannot be written."""
    services.database.require_in_place()
    now = services.clock()
    async with services.database.writing() as session:
        await heartbeats.beat(session, process_name(), services.workspace_id, now, runs_clock=runs_clock)
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
