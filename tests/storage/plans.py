"""How PostgreSQL goes about what it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession


@asynccontextmanager
async def plans_of(session: AsyncSession, plans: list[str]) -> AsyncIterator[None]:
    """Add PostgreSQL's plan of each statement that is asked meanwhile."""
    asked: list[tuple[str, Any]] = []
    connection = await session.connection()

    def keep(_c: object, _cursor: object, statement: str, values: Any, *_: object) -> None:  # noqa: ANN401 - the driver's own
        asked.append((statement, values))

    event.listen(connection.sync_connection, "before_cursor_execute", keep)
    yield
    event.remove(connection.sync_connection, "before_cursor_execute", keep)
    for statement, values in asked:
        explained = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
        plans.append(str(explained.scalar_one()))
