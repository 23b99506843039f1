"""One database, SQLite or PostgreSQL, and the two ways into it: reading and writing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.alive import only_alive
from storage.database.poolers import prepare_nothing_behind_a_pooler
from storage.database.pragmas import apply_pragmas
from storage.database.urls import PATIENCE, asynchronous, connect_args, read_url, sqlite_file
from storage.errors import DatabaseAway, DatabaseBusy

Done = TypeVar("Done")


class SqliteFile:
    """The file of a SQLite database, which must be there already: SQLite itself would make an empty one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._was: tuple[int, int] | None = None

    def require_in_place(self) -> None:
        """Raise OperationalError, as SQLite's driver does, when the file is missing or another than it was at first."""
        try:
            stands = self._path.stat()
        except OSError as error:
            message = f"unable to open database file {self._path}: {error.strerror}. If it is new, run nps-bot migrate"
            raise sqlite3.OperationalError(message) from None
        now = (stands.st_dev, stands.st_ino)
        self._was = self._was or now
        if now != self._was:
            message = f"{self._path} is another file than it was: start nps-bot again"
            raise sqlite3.OperationalError(message)


class Database:
    """A database to ask and to write to.

    The URL is as DATABASE_URL gives it; ValueError says what will not do. Opens no connection before the first question.
    """

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        sqlite = self.url.drivername == "sqlite"
        driver = connect_args(self.url)
        if sqlite:
            from storage.database.one_trip import connect  # noqa: PLC0415 - who runs PostgreSQL need not load it

            driver["async_creator_fn"] = connect
        self._engine = create_async_engine(
            asynchronous(self.url),
            connect_args=driver,
            pool_timeout=PATIENCE,
            pool_use_lifo=True,  # what one connection has prepared serves most questions
        )
        file = sqlite_file(self.url)
        self._file = SqliteFile(file) if file else None
        self._turns = asyncio.Lock()
        # However many read, taps have a connection of their own: waiting taps share one transaction.
        self._tapping_engine = create_async_engine(
            asynchronous(self.url),
            connect_args=driver,
            pool_size=1,
            max_overflow=1,
            pool_timeout=PATIENCE,
        )
        for engine in (self._engine, self._tapping_engine) if sqlite else ():
            event.listen(engine.sync_engine, "do_connect", self._open_first)
            event.listen(engine.sync_engine, "connect", apply_pragmas)
            take_over_begin(engine.sync_engine)
        for engine in () if sqlite else (self._engine, self._tapping_engine):
            event.listen(engine.sync_engine, "connect", _send_arrays_as_they_are)
            only_alive(engine.sync_engine)
            prepare_nothing_behind_a_pooler(engine.sync_engine)
        # A writer that began as a reader would fail at once, not wait, when another wrote in between.
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        self._tapping = self._tapping_engine.execution_options(begin="BEGIN IMMEDIATE")
        # Several questions of one reader see one moment; SQLite's plain BEGIN gives that of itself.
        self._reading = (
            self._engine
            if sqlite
            else self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )

    @property
    def writes_at_once(self) -> bool:
        """Whether two transactions may write at the same time. SQLite has one writer, and loses time where two take turns."""
        return self.url.drivername != "sqlite"

    async def tapping(self, work: Callable[[AsyncSession], Coroutine[Any, Any, Done]]) -> Done:
        """Do work with a session as `writing` does, on the connection that is kept for taps, and return what comes of it.

        It waits for its session alone: SQLite takes it to the connection's thread in one trip. Raises DatabaseAway.
        """
        with telling_when_away(self.url):
            async with self._tapping.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                async with AsyncSession(connection, expire_on_commit=False) as session:
                    doing = _committed(session, work)
                    return await (doing if self.writes_at_once else driver.in_one_trip(doing))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give a session that sees one moment and writes nothing. Raises DatabaseAway."""
        # Committed, since psycopg forgets at each ROLLBACK what it has prepared.
        async with self._session(self._reading) as session, session.begin():
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Give a session that is committed on leaving, rolled back on an error. Raises DatabaseAway."""
        async with self._turn(), self._session(self._writing) as session, session.begin():
            yield session

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Let those who write to SQLite go in the order in which they came.

        It takes whoever looks at the right moment, and among a hundred there is one who never does.
        """
        if self.writes_at_once:
            yield
            return
        try:
            async with asyncio.timeout(2 * PATIENCE):  # as long as for a connection, and then for its turn
                await self._turns.acquire()
        except TimeoutError as error:
            raise _busy(self.url) from error
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def trusting(self) -> AsyncIterator[AsyncSession]:
        """Give a session as `writing` does, for millions of rows that refer to what this session made or found.

        SQLite does not look for that row by row; so what is deleted here goes after all that refers to it. Raises
        DatabaseAway.
        """
        if self.writes_at_once:
            async with self.writing() as session:
                yield session
            return
        with telling_when_away(self.url):
            async with self._writing.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await connection.run_sync(Connection.detach)  # no other writer gets it
                await driver.execute("PRAGMA foreign_keys = OFF")
                async with AsyncSession(connection, expire_on_commit=False) as session, session.begin():
                    yield session

    @asynccontextmanager
    async def _session(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        with telling_when_away(self.url):
            async with AsyncSession(engine, expire_on_commit=False) as session:
                yield session

    async def ping(self) -> None:
        """Ask the database for nothing. Raises DatabaseAway within seconds when it does not answer."""
        async with self.reading() as session:
            await session.exec(select(1))

    def require_in_place(self) -> None:
        """Raise DatabaseAway when SQLite's file was moved or replaced: what is written now would be read by nobody."""
        with telling_when_away(self.url):
            if self._file:
                self._file.require_in_place()

    def _open_first(self, _dialect: Dialect, _entry: object, where: list[Any], how: dict[str, Any]) -> None:
        if self._file:
            self._file.require_in_place()
        # When aiosqlite cannot open a file it leaves a thread behind, which fails aloud if the program ends just then.
        sqlite3.connect(where[0], uri=how.get("uri", False)).close()

    async def wipe(self, *tables: str) -> bool:
        """Let nothing that was deleted from these tables lie in the files; False while others hold them: try again later.

        SQLite overwrites what it deletes, and its log is emptied here; PostgreSQL writes the tables afresh. Raises
        DatabaseAway.
        """
        with telling_when_away(self.url):
            async with self._engine.connect() as connection:
                # Neither may be done inside a transaction: the driver begins none by itself.
                driver = (await connection.get_raw_connection()).driver_connection
                if self.url.drivername == "sqlite":
                    return await _empty_log(driver)
                return await _write_afresh(driver, tables)

    async def close(self) -> None:
        await self._engine.dispose()
        await self._tapping_engine.dispose()


async def _committed(
    session: AsyncSession, work: Callable[[AsyncSession], Coroutine[Any, Any, Done]]
) -> Done:
    async with session.begin():
        return await work(session)


@contextmanager
def telling_when_away(url: URL) -> Iterator[None]:
    """Turn a driver's "cannot now" into DatabaseAway, in a sentence without the password."""
    try:
        yield
    except PoolTimeoutError as error:
        raise _busy(url) from error
    except (DatabaseError, InterfaceError, sqlite3.OperationalError) as error:
        if isinstance(error, DatabaseError) and type(error) not in {OperationalError, DatabaseError}:
            raise  # it answered: we asked for something wrong
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        message = f"{url.render_as_string()} does not answer: {said.strip().splitlines()[0]}"
        raise DatabaseAway(message) from error


def _busy(url: URL) -> DatabaseBusy:
    return DatabaseBusy(f"{url.render_as_string()} is asked by too many at once")


def take_over_begin(engine: Engine) -> None:
    """Let SQLAlchemy begin SQLite's transactions, in the way its execution option "begin" says."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _send_arrays_as_they_are(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Let psycopg write arrays in PostgreSQL's binary form: as text, each byte of a ballot takes two, and is quoted."""
    from psycopg.types.array import ListBinaryDumper  # noqa: PLC0415 - who runs SQLite need not load it

    connection.driver_connection.adapters.register_dumper(list, ListBinaryDumper)


async def _empty_log(connection: Any) -> bool:  # noqa: ANN401 - aiosqlite's own
    cursor = await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    is_busy, _, _ = await cursor.fetchone()
    await cursor.close()
    return not is_busy


async def _write_afresh(connection: Any, tables: Sequence[str]) -> bool:  # noqa: ANN401 - psycopg's own
    await connection.set_autocommit(True)
    try:
        for table in tables:
            before = await _file_of(connection, table)
            # Who holds it is not waited for: all that comes after would wait behind us.
            await connection.execute(f"VACUUM (FULL, SKIP_LOCKED) {table}")
            if await _file_of(connection, table) == before:
                return False
    finally:
        await connection.set_autocommit(False)
    return True


async def _file_of(connection: Any, table: str) -> int:  # noqa: ANN401 - psycopg's own
    """Return the number of the file that holds a table: another one once it is written afresh."""
    found = await connection.execute("SELECT pg_relation_filenode(%s::regclass)", (table,))
    [number] = await found.fetchone()
    return int(number)
