"""Answers by the million go into SQLite without what costs more row by row: all within the caller's transaction."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import chain

from sqlalchemy import Row, TextClause, text
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.importing.imported_answers import ImportedAnswers
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

PARAMETERS = 16_000
"""How many values a statement carries: SQLite takes 32,766, PostgreSQL 65,535."""


async def insert_answers(  # noqa: PLR0913, PLR0917 - what a row is made of
    session: AsyncSession,
    workspace_id: str,
    wave_id: int,
    import_id: int,
    ids: Sequence[int],
    answers: ImportedAnswers,
    moments: Sequence[str | None],
) -> int:
    """Insert a wave's answers with new row keys into SQLite, and return how many.

    Each value costs, so what all rows share goes once. Bytes and None go as what sqlite3 binds without asking whether
    somebody has registered a way to adapt them.
    """
    columns: list[Sequence[object]] = [
        ids,
        list(map(bytearray, answers.keys)),
        answers.scores,
        [comment or "" for comment in answers.comments],
        moments,
    ]
    row, person = "(?, ?, ?, nullif(?, ''), ?)", "NULL"
    if any(answers.people):
        columns.append([one or "" for one in answers.people])
        row, person = "(?, ?, ?, nullif(?, ''), ?, nullif(?, ''))", "column6"
    names = (
        "id, workspace_id, wave_id, import_id, import_key, score, comment, person, answered_at, changed_at"
    )
    given = f"column1, ?, ?, ?, column2, column3, column4, {person}, column5, column5"
    connection, at_once, added = await session.connection(), PARAMETERS // len(columns), 0
    for start in range(0, len(ids), at_once):
        some = [column[start : start + at_once] for column in columns]
        rows = ", ".join([row] * len(some[0]))
        statement = f"INSERT INTO answers ({names}) SELECT {given} FROM (VALUES {rows}) WHERE true ON CONFLICT DO NOTHING"  # noqa: S608 - our own names
        values = (workspace_id, wave_id, import_id, *chain.from_iterable(zip(*some, strict=True)))
        added += (await connection.exec_driver_sql(statement, values)).rowcount
    return added


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
