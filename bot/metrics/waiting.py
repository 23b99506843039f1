"""What stands in the database, read for a monitor at most four times a minute however often it asks."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from prometheus_client import Gauge

from bot.metrics.counting import REGISTRY
from storage.database.engine import Database
from storage.errors import DatabaseAway
from storage.kit.standing import WorkspaceStanding, standing

READ_AT_MOST_EVERY = 15.0
"""Seconds."""

_up = Gauge("nps_database_up", "1 while the database answers.", registry=REGISTRY)
_invitations = Gauge("nps_invitations", "Invitations of open waves.", ("state",), registry=REGISTRY)
_waves = Gauge("nps_open_waves", "Open waves.", ("state",), registry=REGISTRY)
_runs = Gauge("nps_runs", "Digests and notices that are not done.", ("state",), registry=REGISTRY)
_oldest = Gauge(
    "nps_oldest_due_seconds",
    "How long the oldest that may be sent now has waited.",
    ("what",),
    registry=REGISTRY,
)
_beat = Gauge("nps_clock_beat_age_seconds", "Since any clock of the database last beat.", registry=REGISTRY)


class Waiting:
    """Fills in the gauges."""

    def __init__(self, workspace_id: str, database: Database, clock: Callable[[], datetime]) -> None:
        self._workspace_id = workspace_id
        self._database = database
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._read_at: float | None = None

    async def refresh(self) -> None:
        """Read the database, unless that was done a moment ago. While it is away, what stands in it is not told."""
        async with self._one_at_a_time:
            if self._read_at is not None and time.monotonic() - self._read_at < READ_AT_MOST_EVERY:
                return
            now = self._clock()
            try:
                async with self._database.reading() as session:
                    _tell(await standing(session, self._workspace_id, now), now)
            except DatabaseAway:
                _forget()
            self._read_at = time.monotonic()


def _tell(stands: WorkspaceStanding, now: datetime) -> None:
    _up.set(1)
    for gauge, counts in ((_invitations, stands.invitations), (_waves, stands.waves), (_runs, stands.runs)):
        for state, count in counts.items():
            gauge.labels(str(state)).set(count)
    for what, since in (("invitation", stands.oldest_invitation), ("reminder", stands.oldest_reminder)):
        _oldest.labels(what).set((now - since).total_seconds() if since else 0)
    _beat.set((now - stands.last_clock).total_seconds() if stands.last_clock else float("nan"))


def _forget() -> None:
    _up.set(0)
    for gauge in (_invitations, _waves, _runs, _oldest):
        gauge.clear()
    _beat.set(float("nan"))
