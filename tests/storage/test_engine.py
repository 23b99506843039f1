import asyncio
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.alive import only_alive
from storage.database.engine import Database
from storage.database.urls import asynchronous
from storage.errors import DatabaseAway
from storage.kit import people
from storage.tables import Workspace
from tests.builders import WORKSPACE

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.mark.parametrize(
    "url",
    [
        "postgres://nps:secret@db/nps",
        "postgresql://nps:secret@db/nps",
        "postgresql+psycopg://nps:secret@db/nps?sslmode=require",
        "sqlite:///nps.db",
        "sqlite+aiosqlite:////var/lib/memory/nps.db",
    ],
)
def test_the_usual_ways_to_write_a_url_are_understood(url: str) -> None:
    assert Database(url).url.drivername in {"sqlite", "postgresql"}


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mysql://root:secret@db/nps", "'mysql' is not a database we know: give sqlite:///nps.db or"),
        ("postgresql+asyncpg://root:secret@db/nps", "'postgresql\\+asyncpg' is not a database we know"),
        ("nps.db", "cannot be read: give sqlite:///nps.db or postgresql://"),
        ("", "cannot be read"),
        ("postgresql://root:secret@db:port/nps", "cannot be read"),
        ("sqlite://", "one in memory is lost at every restart"),
        ("sqlite:///:memory:", "one in memory is lost"),
        ("sqlite:///file:nps?mode=memory&uri=true", "one in memory is lost"),
    ],
)
def test_a_url_that_will_not_do_is_refused_with_what_to_do_and_without_its_password(
    url: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem) as refusal:
        Database(url)
    assert "secret" not in str(refusal.value)


async def test_a_database_that_answers_answers_a_ping(database: Database) -> None:
    await database.ping()


async def test_what_was_written_is_read_by_the_next(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
    async with database.reading() as session:
        workspace = await people.workspace(session, WORKSPACE)
    assert workspace is not None
    assert workspace.name == "Acme"


async def test_an_error_while_writing_leaves_nothing_behind(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as session:
            await people.ensure_workspace(session, WORKSPACE, "Acme")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.reading() as session:
        assert await people.workspace(session, WORKSPACE) is None


async def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Before")
    async with database.reading() as reader:
        before = await _name(reader)
        async with database.writing() as writer:
            await people.ensure_workspace(writer, WORKSPACE, "After")
        assert (before, await _name(reader)) == ("Before", "Before")
    async with database.reading() as reader:
        assert await _name(reader) == "After"


async def test_many_writers_wait_for_each_other_and_all_are_stored(database: Database) -> None:
    """On SQLite a writer that began by reading would fail with "database is locked" as soon as another wrote."""
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "0")

    async def add_one() -> None:
        async with database.writing() as session:
            count = int(await _name(session, lock=True))
            await people.ensure_workspace(session, WORKSPACE, str(count + 1))

    await asyncio.gather(*(add_one() for _ in range(12)))
    async with database.reading() as session:
        assert await _name(session) == "12"


async def test_who_is_trusted_stores_all_or_nothing(database: Database) -> None:
    async def store(name: str, *, fail: bool = False) -> None:
        async with database.trusting() as session:
            await people.ensure_workspace(session, WORKSPACE, name)
            if fail:
                raise LookupError

    with pytest.raises(LookupError):
        await store("Acme", fail=True)
    async with database.reading() as session:
        assert await people.workspace(session, WORKSPACE) is None
    await store("Acme")
    async with database.reading() as session:
        assert await _name(session) == "Acme"


@on_sqlite
async def test_the_next_writer_is_not_trusted(database: Database) -> None:
    async def holds_keys(session: AsyncSession) -> int:
        connection = await session.connection()
        return int((await connection.exec_driver_sql("PRAGMA foreign_keys")).scalar_one())

    for _ in range(3):
        async with database.trusting() as session:
            assert await holds_keys(session) == 0
        async with database.writing() as session, database.reading() as reader:
            assert (await holds_keys(session), await holds_keys(reader)) == (1, 1)


@on_postgresql
async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reading() as session:
        with pytest.raises(DBAPIError, match="read-only transaction"):
            await people.ensure_workspace(session, WORKSPACE, "Acme")


@on_sqlite
async def test_sqlite_is_set_to_lose_nothing_and_to_hold_its_foreign_keys(database: Database) -> None:
    async with database.reading() as session:
        connection = await session.connection()
        settings = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    full = 2
    assert settings == ["wal", full, 1, 5000]


@on_postgresql
async def test_a_restart_of_postgresql_passes_unnoticed(database: Database, postgres_server: str) -> None:
    await asyncio.gather(*(database.ping() for _ in range(3)))
    name = database.url.database
    with psycopg.connect(postgres_server, autocommit=True) as server:
        ended = server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
        ).fetchall()
    assert ended
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")


@on_postgresql
@pytest.mark.parametrize(
    "warm_for", [pytest.param(60, id="at work a moment ago"), pytest.param(0, id="after a rest")]
)
async def test_a_connection_is_used_again_only_while_its_other_end_is_there(
    database: Database, postgres_server: str, warm_for: float
) -> None:
    engine = create_async_engine(asynchronous(database.url))
    only_alive(engine.sync_engine, warm_for)
    mine = "SELECT pg_backend_pid()"
    async with engine.connect() as connection:
        first = (await connection.exec_driver_sql(mine)).scalar_one()
    async with engine.connect() as connection:
        again = (await connection.exec_driver_sql(mine)).scalar_one()
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    async with engine.connect() as connection:
        other = (await connection.exec_driver_sql(mine)).scalar_one()
    await engine.dispose()

    assert first == again != other


@on_postgresql
async def test_a_connection_lost_while_writing_is_told_and_stores_nothing(database: Database) -> None:
    async def lose_it() -> None:
        async with database.writing() as session:
            await people.ensure_workspace(session, WORKSPACE, "Acme")
            connection = await session.connection()
            await connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(DatabaseAway, match="does not answer: terminating connection"):
        await lose_it()
    async with database.reading() as session:
        assert await people.workspace(session, WORKSPACE) is None


async def test_a_dead_server_is_told_at_once_and_without_its_password() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = Database(f"postgresql://nps:secret@127.0.0.1:{nobody.getsockname()[1]}/nps")
        with pytest.raises(DatabaseAway, match=r"nps:\*\*\*@127.0.0.1:\d+/nps does not answer") as told:
            await away.ping()
    assert "secret" not in str(told.value)


async def test_a_server_that_accepts_and_says_nothing_is_given_up_within_seconds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        away = Database(f"postgresql://127.0.0.1:{silent.getsockname()[1]}/nps?connect_timeout=2")
        started = time.monotonic()
        with pytest.raises(DatabaseAway, match="timeout"):
            await away.ping()
    assert time.monotonic() - started < 4


async def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path}/no-such-folder/nps.db")
    with pytest.raises(DatabaseAway, match="unable to open database file"):
        await away.ping()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.txt"
    file.write_text("Dear auditors, this is a letter of some length, and certainly no database.")
    return file


async def test_a_file_that_is_no_database_is_told(letter: Path) -> None:
    away = Database(f"sqlite:///{letter}")
    with pytest.raises(DatabaseAway, match="file is not a database"):
        await away.ping()
    await away.close()


@on_sqlite
async def test_a_writer_that_waited_too_long_is_told(database: Database, database_url: str) -> None:
    impatient = Database(f"{database_url}?timeout=0.05")
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        with pytest.raises(DatabaseAway, match="database is locked"):
            await _rename(impatient)
    await impatient.close()


async def _rename(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Other")


async def _name(session: AsyncSession, *, lock: bool = False) -> str:
    question = select(Workspace.name)
    return (await session.exec(question.with_for_update() if lock else question)).one()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_those_who_write_go_in_the_order_in_which_they_came(database: Database) -> None:
    went = list[int]()

    async def write(number: int) -> None:
        async with database.writing() as session:
            await session.exec(select(1))
            went.append(number)

    await asyncio.gather(*map(write, range(60)))

    assert went == list(range(60))


@on_sqlite
async def test_a_first_connection_waits_for_who_writes_to_a_file_without_a_log(database: Database) -> None:
    with closing(sqlite3.connect(str(database.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(database.ping())
        assert await asyncio.wait({waiting}, timeout=0.2) == (set(), {waiting})
        other.rollback()
        await waiting
