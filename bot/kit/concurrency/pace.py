"""All messages of one workspace, one after the other at the pace that Slack allows, whichever clock sends them.

What may be sent stands in a row of the database. A process takes a few turns from it at a time; those of one that dies
are lost, and nothing else is.
"""

import asyncio
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.rules.pacing import Bucket, full_bucket, refused, reserved, seconds_to_wait, set_right
from bot.logs import log
from storage.database.engine import Database
from storage.delivery.paces import held_pace
from storage.errors import DatabaseAway
from storage.tables import Pace

# Taken from the row together, and given back to nobody: little enough that no other clock waits long for its share.
_BLOCK = 0.5


class SpeakingTurns:
    """The turns to speak in one workspace, handed out in the order in which they are asked for."""

    def __init__(self, database: Database, workspace_id: str, per_minute: int) -> None:
        self._database = database
        self._workspace_id = workspace_id
        # Half a second's worth at once: some messages are late on their way, and reach Slack together with the next.
        self._full = full_bucket(per_minute, max(1.0, per_minute * _BLOCK / 60), 0)
        self._turns = deque[float]()  # by time.monotonic(), which nobody sets
        self._times_told = 0
        self._line = asyncio.Lock()
        self._closed = asyncio.Event()

    async def turn(self) -> bool:
        """Return True when the next message may be sent; False, and at once, when none is to be sent any more.

        While the database is away nothing may be sent either: the caller tries again later.
        """
        async with self._line:
            while not self._closed.is_set():
                self._drop_missed()
                try:
                    wait = self._turns[0] - time.monotonic() if self._turns else await self._reserve()
                except DatabaseAway:
                    log.warning("pace.database_away")
                    return False
                if self._turns and wait <= 0:
                    self._turns.popleft()
                    return True
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), max(wait, 0))
            return False

    async def slow_down(self, retry_after: float) -> None:
        """Slack said 429: nothing of any clock for so many seconds, then slower for a while."""
        self._forget_turns()
        try:
            async with self._database.writing() as session:
                row = await self._row(session)
                now = time.time()
                _keep(row, refused(self._bucket(row, now), now, retry_after))
        except DatabaseAway:
            log.warning("pace.database_away")
        self._forget_turns()  # also those that were taken from the row just before

    def open(self) -> None:
        """Let messages go: the clock begins."""
        self._closed.clear()

    def close(self) -> None:
        """Let nothing new begin: the clock is about to end."""
        self._closed.set()

    async def _reserve(self) -> float:
        """Take the next turns from the row; return in how many seconds the first of them comes. Raises DatabaseAway."""
        told = self._times_told
        async with self._database.writing() as session:
            row = await self._row(session)
            now, by_our_clock = time.time(), time.monotonic()
            bucket, times = reserved(
                self._bucket(row, now), now, within=_BLOCK, most=max(1, int(self._full.capacity))
            )
            _keep(row, bucket)
        if told != self._times_told:  # Slack said 429 meanwhile
            return 0
        self._turns.extend(by_our_clock + at - now for at in times)
        return times[0] - now if times else seconds_to_wait(bucket, now)

    def _forget_turns(self) -> None:
        self._turns.clear()
        self._times_told += 1

    def _drop_missed(self) -> None:
        """Let turns go that nobody took in time: together with later ones they would be too many at once."""
        while self._turns and self._turns[0] < time.monotonic() - _BLOCK:
            self._turns.popleft()

    async def _row(self, session: AsyncSession) -> Pace:
        now = datetime.fromtimestamp(time.time(), UTC)
        return await held_pace(session, self._workspace_id, self._full.capacity, now)

    def _bucket(self, row: Pace, now: float) -> Bucket:
        """Read the row. The limits are this process's own: another may have been started with other settings."""
        bucket = replace(
            self._full,
            rate=self._full.full_rate * row.speed,
            tokens=min(row.tokens, self._full.capacity),
            counted_at=row.counted_at.timestamp(),
            resumes_at=row.resumes_at.timestamp(),
        )
        return set_right(bucket, now)


def _keep(row: Pace, bucket: Bucket) -> None:
    row.tokens, row.speed = bucket.tokens, bucket.rate / bucket.full_rate
    row.counted_at = datetime.fromtimestamp(bucket.counted_at, UTC)
    row.resumes_at = datetime.fromtimestamp(bucket.resumes_at, UTC)
