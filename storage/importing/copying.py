"""Rows in PostgreSQL's fastest way: COPY takes a stream where INSERT takes statements."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

if TYPE_CHECKING:
    import psycopg

_KNOWS_GRANTS = 150_000
_MAY = b"SELECT has_parameter_privilege('session_replication_role', 'SET')"
_CHECK = "SELECT set_config('session_replication_role', '{}', true)"


async def copied(session: AsyncSession, table: str, columns: Sequence[str], values: Sequence[object]) -> bool:
    """Copy rows into a table of PostgreSQL: all of them, or none and False where one of them is there already.

    `values` are those of all rows, one after the other. The caller holds every row that they refer to: made in this
    transaction, or locked. Where PostgreSQL lets our role say so, it does not look for each of them once more, which is
    half of its work; nor does it fire the triggers that count, which leave imported answers out. Raises
    sqlalchemy.exc.OperationalError.
    """
    import psycopg  # noqa: PLC0415 - SQLite needs none

    connection = await session.connection()
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)  # noqa: S101 - the driver of our URLs
    width = len(columns)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    try:
        async with connection.begin_nested(), driver.cursor() as cursor:
            trusted = await _may_trust(driver)
            if trusted:
                await cursor.execute(_CHECK.format("replica").encode())
            async with cursor.copy(statement.encode()) as copy:
                for start in range(0, len(values), width):
                    await copy.write_row(values[start : start + width])
            if trusted:  # a failure before takes it back with the savepoint
                await cursor.execute(_CHECK.format("origin").encode())
    except psycopg.errors.UniqueViolation:
        return False
    except psycopg.Error as error:
        raise OperationalError(statement, None, error) from error
    return True


async def _may_trust(driver: "psycopg.AsyncConnection") -> bool:
    """Whether our role may spare PostgreSQL those checks: a superuser, or one that was granted the parameter."""
    if driver.info.parameter_status("is_superuser") == "on":
        return True
    if driver.info.server_version < _KNOWS_GRANTS:
        return False
    (granted,) = await (await driver.execute(_MAY)).fetchone() or (False,)
    return bool(granted)
