"""Old words and names go, page by page. That takes the database alone."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col

from bot.logs import log
from storage.database.engine import Database
from storage.privacy.purging import Purged, purge_page, waves_to_purge, would_purge
from storage.tables import Wave


def closed_before(moment: datetime) -> ColumnElement[bool]:
    """Say of a wave that it closed before then."""
    return col(Wave.closed_at) < moment


async def what_would_go(database: Database, days: int, now: datetime) -> Purged:
    """Count what `purge` would erase."""
    async with database.reading() as session:
        waves = await waves_to_purge(session, closed_before(now - timedelta(days=days)), now)
        return sum([await would_purge(session, wave, now) for wave in waves], Purged())


async def purge(database: Database, which: ColumnElement[bool], now: datetime) -> Purged:
    """Erase what was said, and by whom, in the closed waves that are meant. It may be cut off at any time and run again."""
    async with database.reading() as session:
        waves = await waves_to_purge(session, which, now)
    gone = Purged()
    for wave in waves:
        gone += await _purge(database, wave, now)
    return gone


async def _purge(database: Database, wave: Wave, now: datetime) -> Purged:
    gone = Purged(waves=1)
    while True:
        async with database.writing() as session:
            page = await purge_page(session, wave, now)
        if page is None:
            log.info("wave.purged", wave=wave.id, answers=gone.answers)
            return gone
        gone += page
