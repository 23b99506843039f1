"""Many taps, one commit: those that wait together are stored together, and each is told after the commit."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.concurrency.batching import Batching
from bot.logs import log
from bot.metrics.counting import answers_stored
from storage import webhooks
from storage.answers import AnswerRefusal, Tap, store_taps
from storage.answers.stored import StoredTap
from storage.database.engine import Database
from storage.words import Event


def batched_taps(
    database: Database, clock: Callable[[], datetime]
) -> Batching[Tap, StoredTap | AnswerRefusal]:
    """Return what stores taps in batches: each is told when its commit is done, or why it was refused."""

    async def store(taps: list[Tap]) -> Sequence[StoredTap | AnswerRefusal]:
        told = await database.tapping(partial(_store, taps, clock))
        stored = sum(isinstance(one, StoredTap) for one in told)
        answers_stored(stored)
        log.info("answers.stored", count=stored)
        return told

    return Batching(store)


async def _store(
    taps: list[Tap], clock: Callable[[], datetime], session: AsyncSession
) -> Sequence[StoredTap | AnswerRefusal]:
    now = clock()
    told = await store_taps(session, taps, now)
    heard = [one.invitation_id for one in told if isinstance(one, StoredTap) and one.has_webhooks]
    await webhooks.tell_of(session, taps[0].workspace_id, Event.ANSWER_GIVEN, heard, now)
    return told
