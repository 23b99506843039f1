"""Old words and names go, page by page. That takes the database alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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

    Two clocks share the pages.
    """
    now = services.clock()
    async with services.database.reading() as session:
        waves = await purging.waves_kept_long_enough(session, services.workspace_id, now)
    await purge(services.database, waves, now)
    async with services.database.writing() as session:
        await purging.forget_strangers(session, services.workspace_id, now - KNOWN_FOR)
        await anonymous.forget_when_asked(session, services.workspace_id, now)
        await drafts.forget_abandoned(session, services.workspace_id, now)
        await notices.forget_letters(session, services.workspace_id, now - LEASE)


async def what_would_go(database: Database, days: int, now: datetime) -> tuple[list[Wave], Purged]:
    """Return the waves that closed so many days ago, and count what `purge` would erase of them."""
    async with database.reading() as session:
        waves = await purging.waves_closed_before(session, now - timedelta(days=days), now)
        would = [await purging.would_purge(session, wave, now) for wave in waves]
    return waves, sum(would, Purged())


async def purge(database: Database, waves: Sequence[Wave], now: datetime) -> Purged:
    """Erase what was said in these waves, and who said it. It may be cut off at any time and run again."""
    gone = Purged()
    for wave in waves:
        gone += await _purge(database, wave, now)
    return gone


async def _purge(database: Database, wave: Wave, now: datetime) -> Purged:
    gone = Purged(waves=1)
    while True:
        async with database.writing() as session:
            page = await purging.purge_page(session, wave, now)
        if page is None:
            log.info("wave.purged", wave=wave.id, answers=gone.answers)
            return gone
        gone += page
