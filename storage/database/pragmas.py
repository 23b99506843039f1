"""What each connection to SQLite is told first."""

import asyncio
import sqlite3
import time
from typing import Any

from sqlalchemy.engine.interfaces import AdaptedConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.database.urls import PATIENCE

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers and the writer do not wait for each other
    "PRAGMA synchronous = FULL",  # with WAL, anything less may lose a committed answer in a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted or replaced is written over, and not only let go
)
_PAUSE = 0.01
"""Seconds."""


def apply_pragmas(connection: AdaptedConnection, _entry: ConnectionPoolEntry) -> None:
    """Tell a new connection; SQLAlchemy's event "connect"."""
    until = time.monotonic() + PATIENCE
    while not _applied(connection, until):
        connection.run_async(lambda _: asyncio.sleep(_PAUSE))


def _applied(connection: Any, until: float) -> bool:  # noqa: ANN401 - aiosqlite's own, adapted
    """Say whether it is told. False where another writes to a file that has no log yet: SQLite does not wait for that."""
    cursor = connection.cursor()
    try:
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
            raise
        return False
    finally:
        cursor.close()
    return True
