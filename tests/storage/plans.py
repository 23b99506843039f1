"""How PostgreSQL goes about what it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlmodel.ext.asyncio.session import AsyncSession

from tests.statements import statements


@asynccontextmanager
async def plans_of(session: AsyncSession, plans: list[str]) -> AsyncIterator[None]:
    """Add PostgreSQL's plan of each statement that is asked meanwhile."""
    with statements() as asked:
        yield
    connection = await session.connection()
    for sql, values in asked:
        explained = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", values)
        plans.append(str(explained.scalar_one()))
