"""Many taps, one commit: those that wait together are stored together, and each is told after the commit."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.kit.concurrency.batching import Batching
from bot.logs import log
from bot.metrics.counting import answers_stored
from storage import webhooks
from storage.answers import AnswerRefusal, StoredTap, Tap, store_taps
from storage.database.engine import Database
from storage.words import Event


def batched_taps(
    database: Database, clock: Callable[[], datetime]
) -> Batching[Tap, StoredTap | AnswerRefusal]:
    """Return what stores taps in batches: each is told when its commit is done, or why it was refused."""

    async def store(taps: list[Tap]) -> Sequence[StoredTap | AnswerRefusal]:
        async with database.tapping() as session:
            now = clock()
            told = await store_taps(session, taps, now)
            stored = [one for one in told if isinstance(one, StoredTap)]
            heard = [one.invitation_id for one in stored if one.has_webhooks]
            await webhooks.tell_of(session, taps[0].workspace_id, Event.ANSWER_GIVEN, heard, now)
        answers_stored(len(stored))
        log.info("answers.stored", count=len(stored))
        return told

    return Batching(store)
