"""An office for each test: on SQLite, on PostgreSQL, or on each of them where the database decides the outcome."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.office import Office, office_with


@pytest.fixture
async def office(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    copy = shutil.copy(sqlite_template, tmp_path / "nps.db")
    async with office_with(f"sqlite:///{copy}") as made:
        yield made


@pytest.fixture
async def office_on_each(database_url: str) -> AsyncIterator[Office]:
    async with office_with(database_url) as made:
        yield made
