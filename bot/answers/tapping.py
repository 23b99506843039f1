"""Many taps, one commit: those that wait together are stored together, and each is told after the commit."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.kit.batching import Batching
from bot.metrics.counting import answers_stored
from storage.answers import Refusal, Stored, Tap, store_taps
from storage.database.engine import Database


def batched_taps(database: Database, clock: Callable[[], datetime]) -> Batching[Tap, Stored | Refusal]:
    """Return what stores taps in batches: each is told when its commit is done, or why it was refused."""

    async def store(taps: list[Tap]) -> Sequence[Stored | Refusal]:
        async with database.tapping() as session:
            told = await store_taps(session, taps, clock())
        answers_stored(sum(isinstance(one, Stored) for one in told))
        return told

    return Batching(store)
