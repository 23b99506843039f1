"""Many taps, one commit: those that wait together are stored together, and each is told after the commit."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from storage.answers import Refusal, Stored, Tap, store_taps
from storage.engine import Database

# What one transaction takes at most, so that nobody waits for a thousand others.
BATCH = 256


class TapDesk:
    """Stores taps. While one commit is under way, the taps that arrive wait together for the next."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._waiting: list[tuple[Tap, asyncio.Future[Stored | Refusal]]] = []
        self._working: asyncio.Task[None] | None = None

    async def store(self, tap: Tap) -> Stored | Refusal:
        """Return when the tap is committed, or why it is not; raise what the database raised."""
        told: asyncio.Future[Stored | Refusal] = asyncio.get_running_loop().create_future()
        self._waiting.append((tap, told))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await told

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._store_together(batch)
        finally:
            self._working = None

    async def _store_together(self, batch: list[tuple[Tap, asyncio.Future[Stored | Refusal]]]) -> None:
        try:
            async with self._database.writing() as session:
                outcomes = await store_taps(session, [tap for tap, _ in batch], self._clock())
        except Exception as error:  # noqa: BLE001 - whatever it was, each tap's own listener must hear of it
            for _, told in batch:
                if not told.done():
                    told.set_exception(error)
        else:
            for (_, told), outcome in zip(batch, outcomes, strict=True):
                if not told.done():
                    told.set_result(outcome)
