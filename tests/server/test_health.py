"""Health tells the truth: of a database that takes nothing, and of clocks that do not run."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.server.health import Checkup, ClockState, DatabaseState, beat
from storage.database.engine import Database
from storage.errors import DatabaseAway
from tests.journeys.office import Office, office_with


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    """An office whose database is away after a tenth of a second rather than five."""
    async with office_with(f"{sqlite_url}?timeout=0.1") as made:
        yield made


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    (tmp_path / "nps.db").write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{tmp_path}/nps.db"


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def checkup_of(office: Office) -> Checkup:
    services = office.app.services
    return Checkup(services.workspace_id, services.database, services.clock)


async def test_all_is_well_when_a_clock_has_beaten(office: Office) -> None:
    await beat(office.app.services)

    health = await checkup_of(office).health()

    assert (health.database, health.clock, health.needs_restart) == (DatabaseState.OK, ClockState.OK, False)


async def test_before_any_clock_has_run_that_is_said_and_no_reason_to_restart(office: Office) -> None:
    health = await checkup_of(office).health()

    assert (health.clock, health.needs_restart) == (ClockState.NEVER, False)


@pytest.mark.parametrize(
    "passed", [timedelta(minutes=2), timedelta(days=-1)], ids=["silent", "in the future"]
)
async def test_a_clock_of_this_process_that_does_not_run_is_a_reason_to_restart(
    office: Office, passed: timedelta
) -> None:
    await beat(office.app.services)
    office.clock.now += passed

    health = await checkup_of(office).health()

    assert (health.clock, health.needs_restart) == (ClockState.LATE, True)


async def test_a_database_that_somebody_holds_takes_nothing(office: Office, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "nps.db", isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        assert (await checkup_of(office).health()).needs_restart
        holder.execute("ROLLBACK")

    assert not (await checkup_of(office).health()).needs_restart


async def test_a_database_file_that_was_moved_away_is_missed(office: Office, tmp_path: Path) -> None:
    (tmp_path / "nps.db").rename(tmp_path / "elsewhere.db")

    assert (await checkup_of(office).health()).database is DatabaseState.AWAY
    assert not (tmp_path / "nps.db").exists()


async def test_another_file_in_its_place_is_no_database_of_ours(
    office: Office, sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "nps.db").rename(tmp_path / "elsewhere.db")
    shutil.copy(sqlite_template, tmp_path / "nps.db")

    assert (await checkup_of(office).health()).database is DatabaseState.AWAY


async def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    missing = Database(f"sqlite:///{tmp_path}/missing.db")

    with pytest.raises(DatabaseAway, match="If it is new, run nps-bot migrate"):
        await missing.ping()

    assert not files_in(tmp_path)


async def test_health_is_looked_at_no_more_often_than_it_is_news(office: Office) -> None:
    checkup = checkup_of(office)
    first = await checkup.health()

    office.clock.forward(minutes=30)

    assert await checkup.health() is first
