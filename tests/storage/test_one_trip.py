"""SQLite is asked in one trip, and gives what it gave before."""

import asyncio
import logging
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.engine import Database
from storage.database.one_trip import FETCHED_AT_ONCE

ADD = text("INSERT INTO workspaces (id, name) VALUES (:id, 'Acme')")
MANY = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n")
FEW_AND_MANY = [1, FETCHED_AT_ONCE - 1, FETCHED_AT_ONCE, FETCHED_AT_ONCE + 1, 2 * FETCHED_AT_ONCE + 7]


async def ids(session: AsyncSession) -> list[str]:
    return list(await (await session.connection()).scalars(text("SELECT id FROM workspaces ORDER BY id")))


async def test_a_session_with_one_question_goes_to_sqlites_thread_three_times(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await sqlite.ping()  # opens the connection
    with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
        await sqlite.ping()
    trips = [one for one in caplog.messages if one.startswith("executing")]
    assert len(trips) == 3, trips  # it begins, asks, and ends


async def test_a_whole_transaction_goes_to_sqlites_thread_once(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(session: AsyncSession) -> list[str]:
        connection = await session.connection()
        await connection.execute(ADD, {"id": "T1"})
        await connection.execute(ADD, {"id": "T2"})
        return await ids(session)

    await sqlite.tapping(ids)  # opens the connection
    with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
        assert await sqlite.tapping(work) == ["T1", "T2"]
    trips = [one for one in caplog.messages if one.startswith("executing")]
    assert len(trips) == 1, trips
    assert await sqlite.tapping(ids) == ["T1", "T2"]


async def test_a_transaction_that_fails_in_its_one_trip_leaves_nothing(sqlite: Database) -> None:
    async def work(session: AsyncSession) -> None:
        connection = await session.connection()
        await connection.execute(ADD, {"id": "T1"})
        await connection.execute(ADD, {"id": "T1"})

    with pytest.raises(IntegrityError):
        await sqlite.tapping(work)
    assert await sqlite.tapping(ids) == []


async def test_a_transaction_in_one_trip_that_waits_for_something_else_is_refused_and_leaves_nothing(
    sqlite: Database,
) -> None:
    async def work(session: AsyncSession) -> None:
        await (await session.connection()).execute(ADD, {"id": "T1"})
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited for something else"):
        await sqlite.tapping(work)
    assert await sqlite.tapping(ids) == []


async def test_who_gives_up_waiting_for_a_transaction_in_one_trip_leaves_it_whole(sqlite: Database) -> None:
    entered, may_end = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    async def work(session: AsyncSession) -> None:
        connection = await session.connection()
        await connection.execute(ADD, {"id": "T1"})
        loop.call_soon_threadsafe(entered.set)
        may_end.wait(timeout=30)
        await connection.execute(ADD, {"id": "T2"})

    impatient = asyncio.create_task(sqlite.tapping(work))
    await entered.wait()
    impatient.cancel()
    await asyncio.sleep(0)
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await sqlite.tapping(ids) == ["T1", "T2"]


@pytest.mark.parametrize("count", FEW_AND_MANY)
async def test_however_many_rows_there_are_all_come_in_their_order(sqlite: Database, count: int) -> None:
    async with sqlite.reading() as session:
        connection = await session.connection()
        found = await connection.execute(MANY.bindparams(last=count))
        assert list(found.scalars()) == list(range(1, count + 1))
        assert (await connection.execute(text("SELECT 1 WHERE 1 = 0"))).all() == []


@pytest.mark.parametrize("count", FEW_AND_MANY)
@pytest.mark.parametrize("page", [1, 300, FETCHED_AT_ONCE, 5 * FETCHED_AT_ONCE])
async def test_what_is_read_page_by_page_comes_whole(sqlite: Database, count: int, page: int) -> None:
    async with sqlite.reading() as session:
        connection = await session.connection()
        streamed = await connection.stream(MANY.bindparams(last=count).execution_options(yield_per=page))
        assert [row[0] async for part in streamed.partitions() for row in part] == list(range(1, count + 1))


async def test_who_stops_reading_halfway_leaves_no_statement_open(sqlite: Database) -> None:
    async with sqlite.reading() as session:
        connection = await session.connection()
        streamed = await connection.stream(MANY.bindparams(last=10_000).execution_options(yield_per=10))
        async for _ in streamed.partitions():
            break
        await streamed.close()
    async with (
        sqlite.writing() as session
    ):  # a statement that is still open would keep the log from being emptied
        await (await session.connection()).execute(text("UPDATE workspaces SET name = name"))
    assert await sqlite.wipe()


async def test_a_change_tells_how_many_rows_and_an_error_is_the_drivers_own(sqlite: Database) -> None:
    async with sqlite.writing() as session:
        connection = await session.connection()
        await connection.execute(ADD, [{"id": "T1"}, {"id": "T2"}])
        changed = await connection.execute(text("UPDATE workspaces SET name = 'Bravo'"))
        assert changed.rowcount == 2
        with pytest.raises(IntegrityError):
            await connection.execute(ADD, {"id": "T1"})
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("SELECT 1 FROM nowhere"))
        again = await connection.execute(text("UPDATE workspaces SET name = 'Acme' RETURNING id"))
        assert sorted(again.scalars()) == ["T1", "T2"]


async def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "nps.db").write_text("not a database, and long enough to be read as the head of one" * 20)
    database = Database(f"sqlite:///{tmp_path / 'nps.db'}")
    with pytest.raises(Exception, match="not a database"):
        await database.ping()
    await database.close()
