"""Real databases for every test that asks: one file or one PostgreSQL database each, migrated, and gone afterwards."""

import gc
import shutil
import sqlite3
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from storage import migrate
from storage.database.engine import Database
from tests import postgres
from tests.compiled_once import share_compiled_sql
from tests.journeys.office import Office, office_with

KINDS = ["sqlite", "postgresql"]
STORAGE = Path(__file__).parent / "storage"

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

share_compiled_sql()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect no garbage while tests are collected: nearly all that is made then stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave PostgreSQL to the slow tests, but for what speaks to a database itself."""
    for item in items:
        if _is_on_postgresql(item) and STORAGE not in item.path.parents:
            item.add_marker(pytest.mark.slow)


def _is_on_postgresql(item: pytest.Item) -> bool:
    params = (
        item.callspec.params.values()
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else ()
    )
    return "postgresql" in params or "postgres_server" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate.upgrade(f"sqlite:///{template}")
    return template


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if not postgres.is_available():
        pytest.skip(postgres.NOT_FOUND)
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    with new_database(postgres_server) as url:
        migrate.upgrade(url)
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of this test's own; run the test on each kind."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "nps.db")
        yield f"sqlite:///{copy}"
        assert_whole(copy)
    else:
        template = make_url(request.getfixturevalue("postgres_template")).database
        with new_database(request.getfixturevalue("postgres_server"), template) as url:
            yield url


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    one = Database(database_url)
    yield one
    await one.close()


def assert_whole(file: Path | str) -> None:
    """Fail when a row refers to one that is not there; the database is closed."""
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@contextmanager
def new_database(server_url: str, template: str | None = None) -> Iterator[str]:
    name = f"nps_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}".encode())
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def quarantine_days() -> int:
    """From one question of a person to the next. None, but in a file or test that says otherwise."""
    return 0


@pytest.fixture
async def office(sqlite_template: Path, tmp_path: Path, quarantine_days: int) -> AsyncIterator[Office]:
    copy = shutil.copy(sqlite_template, tmp_path / "nps.db")
    async with office_with(f"sqlite:///{copy}", quarantine_days) as made:
        yield made
    assert_whole(copy)


@pytest.fixture
async def office_on_each(database_url: str, quarantine_days: int) -> AsyncIterator[Office]:
    async with office_with(database_url, quarantine_days) as made:
        yield made


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The database of an office that is yet to open."""
    copy = shutil.copy(sqlite_template, tmp_path / "nps.db")
    opened = Database(f"sqlite:///{copy}")
    yield opened
    await opened.close()
    assert_whole(copy)


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    with new_database(postgres_server, make_url(postgres_template).database) as url:
        yield url
