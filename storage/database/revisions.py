"""Which migrations a database has, and which wait: told without Alembic, which takes long to load.

A file `versions/0002_imported_answers.py` is revision 0002, and its docstring says what it brings.
"""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, inspect, text

from storage.database.engine import take_over_begin, telling_when_away
from storage.database.poolers import prepare_nothing_behind_a_pooler
from storage.database.urls import PATIENCE, connect_args, read_url, sqlite_file, synchronous

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def current(url: str) -> str | None:
    """Return the revision the database stands at; None when it is empty, or SQLite's file is not there yet.

    Raises DatabaseAway.
    """
    if (file := sqlite_file(read_url(url))) and not file.exists():
        return None
    with transaction(url) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def pending(url: str) -> list[str]:
    """Return what an upgrade would apply, first thing first, each as "0001 The first tables.".

    A database of a later release has nothing pending: this release runs on, as the next one's migrations allow.
    Raises DatabaseAway.
    """
    steps = _steps()
    names = list(steps)
    stands_at = current(url)
    if stands_at is not None and stands_at not in names:
        return []
    applied = 0 if stands_at is None else names.index(stands_at) + 1
    return [f"{name} {_what_it_brings(steps[name])}" for name in names[applied:]]


def known() -> list[str]:
    """Return every revision that this release knows, first thing first."""
    return list(_steps())


def _steps() -> dict[str, Path]:
    """Return the file of each revision, in the order in which they apply."""
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    return {file.stem.partition("_")[0]: file for file in files}


def _what_it_brings(file: Path) -> str:
    described = ast.get_docstring(ast.parse(file.read_bytes())) or ""
    return described.partition("\n")[0]


@contextmanager
def transaction(url: str, begin: str = "BEGIN", patience: int = PATIENCE) -> Iterator[Connection]:
    """Give a connection inside a transaction, which the end of the block commits. Raises DatabaseAway.

    `patience` is how many seconds it waits for another that writes.
    """
    target = read_url(url)
    engine = create_engine(
        synchronous(target),
        connect_args=connect_args(target, patience),
        poolclass=NullPool,
        execution_options={"begin": begin},
    )
    if target.drivername == "sqlite":
        take_over_begin(engine)
    else:
        prepare_nothing_behind_a_pooler(engine)
    with telling_when_away(target), engine.begin() as connection:
        yield connection
