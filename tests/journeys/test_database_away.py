"""The database goes away while people tap: nobody is told that something was stored, and the next tap counts."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.journeys.hands import click, open_in, posted
from tests.journeys.office import ALICE, BRUNO, MAYA, Office, listeners_finish, office_with
from tests.journeys.stored import Said

NOT_STORED = "Your answer was not stored. Please tap again in a minute."


@contextmanager
def held(path: str) -> Iterator[None]:
    """Hold a SQLite file so that nobody else can write to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")


@contextmanager
def cut_off(server_url: str, database_url: str) -> Iterator[None]:
    """Throw everybody out of a PostgreSQL database and let nobody in."""
    name = make_url(database_url).database
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


@pytest.fixture
def sqlite_path(office: Office) -> str:
    return str(make_url(office.settings.database_url).database)


@pytest.fixture
async def hurried_office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An office that takes its database for away after a tenth of a second rather than five."""
    copy = shutil.copy(sqlite_template, tmp_path / "nps.db")
    async with office_with(f"sqlite:///{copy}?timeout=0.1") as made:
        yield made


async def test_a_tap_while_sqlite_cannot_be_written_is_not_acknowledged(
    hurried_office: Office, tmp_path: Path
) -> None:
    office = hurried_office
    await office.ask_everyone()

    with held(str(tmp_path / "nps.db")):
        said = await office.hear(ALICE, office.tap(ALICE, 9))

    assert said == NOT_STORED
    assert len(office.slack.notices[ALICE]) == 1
    assert await office.answers() == {}
    await office.tap(ALICE, 9)
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_a_tap_in_a_channel_hears_the_same(hurried_office: Office, tmp_path: Path) -> None:
    office = hurried_office
    await open_in(office)

    with held(str(tmp_path / "nps.db")):
        said = await office.hear(ALICE, click(office, ALICE, posted(office), "open.score.9"))

    assert said == NOT_STORED


async def test_a_tap_while_postgresql_is_cut_off_is_not_acknowledged(
    postgres_server: str, postgres_url: str
) -> None:
    async with office_with(postgres_url) as office:
        await office.ask_everyone()

        with cut_off(postgres_server, postgres_url):
            said = await office.hear(ALICE, office.tap(ALICE, 9))

        assert said == NOT_STORED
        assert len(office.slack.notices[ALICE]) == 1
        assert await office.answers() == {}
        await office.tap(ALICE, 9)
        assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_a_reason_that_could_not_be_stored_stays_in_its_modal_to_be_sent_again(
    hurried_office: Office, tmp_path: Path
) -> None:
    office = hurried_office
    await office.ask_everyone()
    await office.answer({ALICE: 3})

    with held(str(tmp_path / "nps.db")):
        await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Slow"})
    assert office.modal(ALICE).errors == {"drivers": NOT_STORED}

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Slow"})
    assert office.slack.modal(ALICE) is None
    assert await office.answers() == {ALICE: Said(3, "Slow", ())}


async def test_a_command_while_the_database_is_away_gets_a_sentence(
    hurried_office: Office, tmp_path: Path
) -> None:
    office = hurried_office
    await office.ask_everyone()

    with held(str(tmp_path / "nps.db")):
        said = await office.command(MAYA, "close")

    assert said == "Something went wrong on our side. Please try again in a minute."
    assert "is closed" in await office.command(MAYA, "close")


async def test_a_tap_that_takes_longer_than_slack_waits_is_no_yes_and_is_stored_all_the_same(
    office: Office, sqlite_path: str
) -> None:
    await office.ask_everyone()
    office.slack.patience = 10  # to see what the app says when Slack no longer listens

    with held(sqlite_path):
        reply = await office.tap(ALICE, 9)
        assert await office.answers() == {}

    assert reply.status == 503
    await listeners_finish()
    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert "You chose 9" in office.question(ALICE).text
    assert len(office.read_by(ALICE)) == 1
    assert office.read_by(BRUNO)[0].edited is False
