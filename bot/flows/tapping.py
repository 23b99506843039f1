"""Many taps, one commit: those that wait together are stored together, and each is told after the commit."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.flows.together import Together
from storage.answers import Refusal, Stored, Tap, store_taps
from storage.engine import Database


class TapDesk:
    """Stores taps. While one commit is under way, the taps that arrive wait together for the next."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._desk = Together(self._store)

    async def store(self, tap: Tap) -> Stored | Refusal:
        """Return when the tap is committed, or why it is not; raise what the database raised."""
        return await self._desk.do(tap)

    async def _store(self, taps: list[Tap]) -> Sequence[Stored | Refusal]:
        async with self._database.writing() as session:
            return await store_taps(session, taps, self._clock())
