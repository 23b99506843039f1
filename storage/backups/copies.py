"""A database saved into one file while it is at work, and put back: each kind of database in its own way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, func, inspect, select

from storage.backups import holding, postgresql, sqlite
from storage.backups.errors import NotABackup, NotRestored, NotSaved
from storage.database import revisions
from storage.database.upsert import table_of
from storage.database.urls import read_url, sqlite_file
from storage.tables import Answer, Survey, Workspace

_HEADS = {sqlite.HEAD: "sqlite", postgresql.HEAD: "postgresql"}
_CALLED = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Backup(Protocol):
    """A backup that was looked over, and may be put in place."""

    @property
    def revision(self) -> str: ...

    def restore(self, now: datetime) -> None: ...


@dataclass(frozen=True)
class Holds:
    """What a database has in it."""

    surveys: int
    answers: int


def save(url: str, path: Path) -> str:
    """Copy the database into the empty file `path`, and return its revision. Raises NotSaved and DatabaseAway.

    Whatever was committed before is in it; others read and write meanwhile.
    """
    database = read_url(url)
    stands_at = None if _is_missing(database) else revisions.current(url)
    if stands_at is None:
        message = "There is nothing to save: the database holds nothing of nps-bot yet."
        raise NotSaved(message)
    if stands_at not in revisions.known():
        message = (
            f"The database is of a later release (revision {stands_at}), and this one does not know all that it holds. "
            "Use the later release's nps-bot backup."
        )
        raise NotSaved(message)
    (sqlite if database.drivername == "sqlite" else postgresql).save(database, path)
    return stands_at


@contextmanager
def opened(url: str, file: Path) -> Iterator[Backup]:
    """Look over a backup that is to go into this database; nothing is changed yet. Raises NotABackup, DatabaseAway."""
    database, kind = read_url(url), _kind(file)
    if kind != database.drivername:
        message = (
            f"{file} is a backup of {_CALLED[kind]}, and DATABASE_URL names {_CALLED[database.drivername]}. "
            "A backup goes back into the kind of database that it was taken of."
        )
        raise NotABackup(message)
    with (sqlite if kind == "sqlite" else postgresql).opened(database, file) as backup:
        if backup.revision not in revisions.known():
            message = (
                f"{file} is of a release that this one does not know (revision {backup.revision}). "
                "Install the release that wrote it, or a later one. Nothing was changed."
            )
            raise NotABackup(message)
        yield backup


def standing_in_the_way(url: str) -> Holds | None:
    """Return what a restore would take the place of; None when nothing would be lost.

    Raises NotRestored when the database is not one of ours, or not one that this release may empty.
    """
    database = read_url(url)
    if _is_missing(database):
        return None
    with revisions.transaction(url) as connection:
        names = set(inspect(connection).get_table_names())
        if "alembic_version" not in names or "workspaces" not in names:
            if names and database.drivername == "sqlite":
                message = (
                    f"{database.database} holds something else than nps-bot's tables. Nothing was changed."
                )
                raise NotRestored(message)
            return None
        stands_at = revisions.current(url) or ""
        if stands_at not in revisions.known() and database.drivername != "sqlite":
            message = (
                f"The database is of a later release (revision {stands_at}), whose tables this one does not know. "
                "Make an empty database, and let DATABASE_URL name that. Nothing was changed."
            )
            raise NotRestored(message)
        if connection.execute(select(table_of(Workspace).c.id).limit(1)).first() is None:
            return None
        surveys, answers = (
            connection.execute(select(func.count()).select_from(table_of(table))).scalar_one()
            for table in (Survey, Answer)
        )
        return Holds(surveys, answers)


def held(url: str, now: datetime) -> list[str]:
    """Return the names of the surveys that the restore of that moment paused."""
    with revisions.transaction(url) as connection:
        return holding.held(connection, now)


def _is_missing(url: URL) -> bool:
    # SQLite would make an empty database of it.
    file = sqlite_file(url)
    return file is not None and (not file.exists() or file.stat().st_size == 0)


def _kind(file: Path) -> str:
    try:
        with file.open("rb") as opened_file:
            head = opened_file.read(max(map(len, _HEADS)))
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}."
        raise NotABackup(message) from None
    for begins, kind in _HEADS.items():
        if head.startswith(begins):
            return kind
    message = (
        f"{file} is no backup of nps-bot: it is neither a SQLite file nor one of pg_dump's custom format."
    )
    raise NotABackup(message)
