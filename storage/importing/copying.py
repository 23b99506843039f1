"""Rows in PostgreSQL's fastest way: COPY takes a stream where INSERT takes statements."""

from collections.abc import Sequence

from sqlalchemy.exc import OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession


async def copied(session: AsyncSession, table: str, columns: Sequence[str], values: Sequence[object]) -> bool:
    """Copy rows into a table of PostgreSQL: all of them, or none and False where one of them is there already.

    `values` are those of all rows, one after the other. Raises sqlalchemy.exc.OperationalError.
    """
    import psycopg  # noqa: PLC0415 - SQLite needs none

    connection = await session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)  # noqa: S101 - the driver of our URLs
    width = len(columns)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    try:
        async with (
            connection.begin_nested(),
            driver.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for start in range(0, len(values), width):
                await copy.write_row(values[start : start + width])
    except psycopg.errors.UniqueViolation:
        return False
    except psycopg.Error as error:
        raise OperationalError(statement, None, error) from error
    return True
