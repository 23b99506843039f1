"""What is asked of databases, whichever they are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Engine, event
from sqlmodel.ext.asyncio.session import AsyncSession


class Statement(NamedTuple):
    """One statement as it goes to the driver, with what it is given."""

    sql: str
    values: Any


async def sqlite_steps(session: AsyncSession, asked: Iterable[Statement]) -> list[str]:
    """Return the steps in which SQLite goes about these statements."""
    connection = await session.connection()
    return [
        step.detail
        for sql, values in asked
        for step in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values))
    ]


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Collect every statement that goes to any database meanwhile."""
    seen: list[Statement] = []

    def look(_connection: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        seen.append(Statement(sql, values))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", look)
