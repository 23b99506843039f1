"""SQLite is asked in one trip, and gives what it gave before."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database.engine import Database
from storage.database.one_trip import FETCHED_AT_ONCE

MANY = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n")
FEW_AND_MANY = [1, FETCHED_AT_ONCE - 1, FETCHED_AT_ONCE, FETCHED_AT_ONCE + 1, 2 * FETCHED_AT_ONCE + 7]


async def test_a_session_with_one_question_goes_to_sqlites_thread_three_times(
    sqlite: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await sqlite.ping()  # opens the connection
    with caplog.at_level(logging.DEBUG, logger="aiosqlite"):
        await sqlite.ping()
    trips = [one for one in caplog.messages if one.startswith("executing")]
    assert len(trips) == 3, trips  # it begins, asks, and ends


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
    add = text("INSERT INTO workspaces (id, name) VALUES (:id, 'Acme')")
    async with sqlite.writing() as session:
        connection = await session.connection()
        await connection.execute(add, [{"id": "T1"}, {"id": "T2"}])
        changed = await connection.execute(text("UPDATE workspaces SET name = 'Bravo'"))
        assert changed.rowcount == 2
        with pytest.raises(IntegrityError):
            await connection.execute(add, {"id": "T1"})
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
