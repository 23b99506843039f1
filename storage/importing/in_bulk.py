"""Answers by the million go into SQLite without what costs more row by row: all within the caller's transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Row, TextClause, text
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer

_MANY = 30_000
_CACHE_KILOBYTES = 56_000
_COUNTING = text(
    "SELECT type, name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('answers', 'mentions')"
    " AND sql LIKE '% AFTER INSERT ON %'"
)
_INDEXES = text(
    "SELECT type, name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'answers' AND sql IS NOT NULL"
    " AND sql NOT LIKE '% WHERE invitation_id IS NOT NULL'"
)
"""Those that hold imported answers and no constraint."""


@asynccontextmanager
async def taking_many(session: AsyncSession, rows: int = 0) -> AsyncIterator[None]:
    """Let SQLite take imported answers by the million, `rows` at most; afterwards add none in this transaction.

    It holds the index of their keys in memory, for they come in no order. The triggers that count what is added leave
    imported answers out; yet where a table has one, SQLite writes all rows of a statement aside first. An index is made
    at once with half of the work that its rows take one by one, unless many more were there before. So these triggers
    and indexes are dropped and made again in the caller's transaction: nobody else ever misses them, and a rollback
    restores them.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    connection = await session.connection()
    await connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
    dropped = await _dropped(session, _COUNTING)
    if rows >= _MANY and rows >= ((await session.exec(select(func.max(Answer.id)))).one() or 0):
        dropped += await _dropped(session, _INDEXES)
    yield
    for one in dropped:
        await connection.exec_driver_sql(one.sql)


async def _dropped(session: AsyncSession, found: TextClause) -> list[Row[tuple[str, str, str]]]:
    connection = await session.connection()
    parts = list((await connection.execute(found)).all())
    for part in parts:
        await connection.exec_driver_sql(f"DROP {part.type} {part.name}")
    return parts
