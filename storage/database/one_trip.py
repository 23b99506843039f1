"""SQLite asked in one trip: a statement and what it finds come back together from the connection's thread.

aiosqlite goes to its thread four times for one SELECT: to make a cursor, to ask, to fetch, and to close. Each trip
wakes two threads and the loop, which costs more than most of our statements do. Here it goes once; and once for a whole
transaction that waits for nothing else.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from threading import current_thread
from typing import Any, Self, TypeVar

import aiosqlite

Done = TypeVar("Done")

FETCHED_AT_ONCE = 1_000
"""Rows that come along with the statement's trip; whoever reads more fetches the rest as usual."""


class _Cursor(aiosqlite.Cursor):
    """A cursor that holds the first rows as soon as its statement has run."""

    def __init__(self, connection: aiosqlite.Connection, cursor: sqlite3.Cursor) -> None:
        super().__init__(connection, cursor)
        self._fetched: list[Any] = []
        self._is_open = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        asked = self._execute(self._ask, sql, parameters or ())  # type: ignore[no-untyped-call]
        self._fetched = await asked
        return self

    def _ask(self, sql: str, parameters: Any) -> list[Any]:  # noqa: ANN401 - whatever sqlite3 binds
        self._cursor.execute(sql, parameters)
        rows = self._cursor.fetchmany(FETCHED_AT_ONCE) if self._cursor.description else []
        self._is_open = len(rows) == FETCHED_AT_ONCE
        return rows

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row is what SQLite gives
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        if not self._fetched and self._is_open:
            return list(await super().fetchmany(size))
        size = size or self.arraysize
        rows, self._fetched = self._fetched[:size], self._fetched[size:]
        return rows

    async def fetchall(self) -> list[Any]:
        rows, self._fetched = self._fetched, []
        return [*rows, *(await super().fetchall())] if self._is_open else rows

    async def close(self) -> None:
        # A statement of which everything was fetched has ended by itself.
        if self._is_open:
            await super().close()


class _Connection(aiosqlite.Connection):
    """A connection that asks at once where its own thread asks."""

    async def in_one_trip(self, work: Coroutine[Any, Any, Done]) -> Done:
        """Do work in the connection's thread, and return what comes of it.

        It may wait for this connection alone: RuntimeError else. Who is cancelled waits for its end: a transaction is not
        left to two threads.
        """
        trip: asyncio.Future[Done] = asyncio.ensure_future(self._execute(_to_its_end, work))
        try:
            return await asyncio.shield(trip)
        except asyncio.CancelledError:
            await asyncio.wait((trip,))
            raise

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - aiosqlite's own
        if current_thread() is self._thread:
            return fn(*args, **kwargs)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def cursor(self) -> _Cursor:  # type: ignore[override] # used as `async with` alone, which a cursor answers as well
        # Making one asks SQLite for nothing, so that the loop's own thread may do it.
        return _Cursor(self, self._conn.cursor())

    async def rollback(self) -> None:
        # SQLAlchemy asks for it twice: as a session ends, and as its connection returns to the pool.
        if self._conn.in_transaction:
            await super().rollback()


def _to_its_end(work: Coroutine[Any, Any, Done]) -> Done:
    try:
        work.send(None)
    except StopIteration as ended:
        done: Done = ended.value
        return done
    work.close()
    message = "a transaction in one trip waited for something else than its connection"
    raise RuntimeError(message)


def connect(database: str, **how: Any) -> aiosqlite.Connection:  # noqa: ANN401 - whatever sqlite3.connect takes
    """Return a connection that is yet to be awaited, as `aiosqlite.connect` does; SQLAlchemy's `async_creator_fn`."""
    connection = _Connection(partial(sqlite3.connect, database, **how), iter_chunk_size=FETCHED_AT_ONCE)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a program that ends waits for none
    return connection
