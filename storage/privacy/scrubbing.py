"""What was erased goes from the database's files too: they are rewritten without it.

SQLite's `secure_delete` writes over what is deleted, yet where a page was split a copy may stand in the gap that is left:
some 2 of 100 comments did, in SQLite 3.40. Only a VACUUM is sure, and only when the log beside the file is emptied as well.
"""

import asyncio

from sqlalchemy import URL, Engine, create_engine, text

from storage.database.engine import telling_when_away
from storage.database.urls import connect_args, read_url, sqlite_file, synchronous

AT_ONCE = 256 * 1024 * 1024
"""Bytes of a SQLite file that are rewritten within a second or two: while that goes on, nobody's answer is stored."""

_PATIENCE = 2


def is_large(url: str | URL) -> bool:
    """Whether a SQLite file takes so long to rewrite that people who answer meanwhile would be turned away."""
    file = sqlite_file(read_url(url))
    return file is not None and file.exists() and file.stat().st_size > AT_ONCE


async def scrub(url: str | URL, *, whole: bool = False) -> bool:
    """Rewrite a SQLite file, or let PostgreSQL reclaim its rows; False when readers were in the way. Raises DatabaseAway.

    With `whole`, PostgreSQL's tables are rewritten as well, for which each is locked.
    """
    return await asyncio.to_thread(_scrub, url, whole=whole)


def _scrub(url: str | URL, *, whole: bool) -> bool:
    read = read_url(url)
    engine = create_engine(
        synchronous(read), connect_args=connect_args(read, _PATIENCE), isolation_level="AUTOCOMMIT"
    )
    try:
        with telling_when_away(read):
            return _rewritten(engine, is_sqlite=read.drivername == "sqlite", whole=whole)
    finally:
        engine.dispose()


def _rewritten(engine: Engine, *, is_sqlite: bool, whole: bool) -> bool:
    with engine.connect() as connection:
        if not is_sqlite:
            connection.execute(text("VACUUM (FULL)" if whole else "VACUUM"))
            return True
        connection.execute(text("PRAGMA secure_delete = ON"))
        connection.execute(text("VACUUM"))
        busy, *_ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        return not bool(busy)
