"""An office for each test: on SQLite, on PostgreSQL, or on each of them where the database decides the outcome."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.engine import Database
from tests.conftest import new_database
from tests.journeys.office import Office, office_with


@pytest.fixture
def quarantine_days() -> int:
    """From one question of a person to the next. None, but in a file or test that says otherwise."""
    return 0


@pytest.fixture
async def office(sqlite_template: Path, tmp_path: Path, quarantine_days: int) -> AsyncIterator[Office]:
    copy = shutil.copy(sqlite_template, tmp_path / "nps.db")
    async with office_with(f"sqlite:///{copy}", quarantine_days) as made:
        yield made


@pytest.fixture
async def office_on_each(database_url: str, quarantine_days: int) -> AsyncIterator[Office]:
    async with office_with(database_url, quarantine_days) as made:
        yield made


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The database of an office that is yet to open."""
    opened = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'nps.db')}")
    yield opened
    await opened.close()


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    with new_database(postgres_server, make_url(postgres_template).database) as url:
        yield url
