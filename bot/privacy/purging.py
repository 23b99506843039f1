"""Old words and names go, piece by piece. That takes the database alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.kit.concurrency.pieces import Pieces
from bot.kit.once import LEASE
from bot.kit.services import Services
from bot.logs import log
from storage.database.engine import Database
from storage.delivery import anonymous
from storage.kit import notices
from storage.privacy import purging
from storage.privacy.purging import Purged
from storage.surveys import drafts
from storage.tables import Wave

KNOWN_FOR = timedelta(days=30)
"""How long what Slack told of somebody is kept who is in no wave: it would be asked again anyway."""


async def purge_kept_long_enough(services: Services) -> None:
    """Erase what was said in each wave for as long as its survey keeps it, and forget what else has had its time.

    Two clocks share the pieces.
    """
    now = services.clock()
    async with services.database.reading() as session:
        waves = await purging.waves_kept_long_enough(session, services.workspace_id, now)
    await purge(services.database, waves, now)
    await _forget_people(services, now - KNOWN_FOR)
    async with services.database.writing() as session:
        await anonymous.forget_when_asked(session, services.workspace_id, now)
        await drafts.forget_abandoned(session, services.workspace_id, now)
        await notices.forget_passing(session, services.workspace_id, now - LEASE)


async def _forget_people(services: Services, before: datetime) -> None:
    await Pieces(services.database).each(
        lambda session, after: purging.forgettable_after(session, services.workspace_id, before, after),
        lambda session, user_ids: purging.forget_people(session, services.workspace_id, before, user_ids),
        start="",
        size=purging.PIECE,
    )


async def what_would_go(database: Database, days: int, now: datetime) -> tuple[list[Wave], Purged]:
    """Return the waves that closed so many days ago, and count what `purge` would erase of them."""
    async with database.reading() as session:
        waves = await purging.waves_closed_before(session, now - timedelta(days=days), now)
        would = [await purging.would_purge(session, wave, now) for wave in waves]
    return waves, sum(would, Purged())


async def purge(database: Database, waves: Sequence[Wave], now: datetime, *, whole: bool = False) -> Purged:
    """Erase what was said in these waves, and who said it; with `whole` all but their results.

    It may be cut off at any time and run again.
    """
    gone, pieces = Purged(), Pieces(database)
    for wave in waves:
        gone += await _purge(pieces, wave, now, whole=whole)
    return gone


async def _purge(pieces: Pieces, wave: Wave, now: datetime, *, whole: bool) -> Purged:
    gone = Purged(waves=1)
    while True:
        async with pieces.next() as session:
            piece = await purging.purge_piece(session, wave, now, whole=whole)
        if piece is None:
            log.info("wave.purged", wave=wave.id, answers=gone.answers)
            return gone
        gone += piece
