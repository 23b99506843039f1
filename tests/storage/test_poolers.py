"""Behind a pooler, which lends each transaction a server of its choice, and before PostgreSQL itself."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import select

from storage import migrate
from storage.backups import copies, postgresql
from storage.backups.errors import NotRestored, NotSaved
from storage.database import revisions
from storage.database.engine import Database
from storage.database.urls import read_url
from tests import pgbouncer

OFTEN = 10
"""psycopg prepares what is asked for the sixth time."""


@pytest.fixture
def pooled_url(postgres_url: str) -> Iterator[str]:
    if not pgbouncer.program():
        pytest.skip(pgbouncer.NOT_FOUND)
    with pgbouncer.before(postgres_url) as url:
        yield url


async def test_what_is_asked_often_may_be_asked_of_any_server(pooled_url: str) -> None:
    database = Database(pooled_url)
    for _ in range(OFTEN):
        await database.ping()
    with psycopg.connect(pooled_url) as somebody_else:
        somebody_else.execute("SELECT 1")  # in a transaction, with the server that was ours
        await database.ping()
    await database.close()


def test_a_migration_runs_through_it(pooled_url: str) -> None:
    with revisions.transaction(pooled_url) as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    migrate.upgrade(pooled_url)
    assert revisions.pending(pooled_url) == []


@pytest.mark.parametrize("way", ["reading", "writing"])
async def test_before_the_server_itself_it_is_prepared(postgres_url: str, way: str) -> None:
    database = Database(postgres_url)
    for _ in range(OFTEN):
        async with getattr(database, way)() as session:
            await session.exec(select(1))
    async with database.reading() as session:
        connection = await session.connection()
        prepared = await connection.execute(text("SELECT statement FROM pg_prepared_statements"))
        assert prepared.scalars().all() == ["SELECT 1"]
    await database.close()


def test_a_backup_leaves_no_settings_in_its_servers(pooled_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="let it name the server itself"):
        copies.save(pooled_url, tmp_path / "backup")
    with psycopg.connect(pooled_url) as anybody:
        assert anybody.execute("SHOW search_path").fetchone() == ('"$user", public',)


def test_a_restore_leaves_none_either(postgres_url: str, pooled_url: str, tmp_path: Path) -> None:
    saved = tmp_path / "backup"
    postgresql.save(read_url(postgres_url), saved)
    with (
        pytest.raises(NotRestored, match="let it name the server itself"),
        postgresql.opened(read_url(pooled_url), saved),
    ):
        pytest.fail("a restore began")


@pytest.mark.parametrize("way", ["postgres_url", "pooled_url"])
async def test_a_table_that_others_hold_is_written_afresh_later(
    way: str, postgres_url: str, request: pytest.FixtureRequest
) -> None:
    database = Database(request.getfixturevalue(way))
    with psycopg.connect(postgres_url) as holder:
        holder.execute("SELECT FROM ballot_keys")
        assert not await database.wipe("sealed_ballots", "ballot_keys")
    assert await database.wipe("sealed_ballots", "ballot_keys")
    await database.close()
