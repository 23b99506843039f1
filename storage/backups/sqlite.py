"""SQLite's own way: its backup API copies a database while others write to it, and sees one moment."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from storage import migrate
from storage.backups.errors import NotABackup, NotRestored, NotSaved
from storage.backups.holding import hold
from storage.database import revisions
from storage.database.urls import PATIENCE, sqlite_file

HEAD = b"SQLite format 3\0"
ALWAYS_THERE = frozenset({"workspaces", "surveys", "waves", "invitations", "answers"})
"""Tables that every revision has."""


@dataclass(frozen=True)
class SqliteBackup:
    """A backup that was looked over: a copy of the file, so that the file itself is never touched."""

    revision: str
    _copy: Path
    _url: URL

    def restore(self, now: datetime) -> None:
        """Migrate and hold the copy, then put its pages in place, all or nothing. Raises NotRestored."""
        made_ready = _url_of(self._copy)
        migrate.upgrade(made_ready)
        with revisions.transaction(made_ready, begin="BEGIN IMMEDIATE") as connection:
            hold(connection, now)
        target = _file(self._url)
        is_new = not target.exists()
        try:
            with suppress(FileExistsError):
                os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _put_in_place(self._copy, self._url)
        except BaseException as error:
            if is_new:
                target.unlink(missing_ok=True)
            if isinstance(error, sqlite3.Error | OSError):
                message = f"{target} cannot be written ({error}). It is as it was."
                raise NotRestored(message) from None
            raise


def save(url: URL, path: Path) -> None:
    """Copy the database as it is now into the empty file `path`. Raises NotSaved."""
    try:
        with closing(_connect(url)) as source, closing(sqlite3.connect(path)) as copy:
            _copy_pages(source, copy)
            # One file and no other: the copy would else ask for the two that stand beside a database at work.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        message = f"The backup was not made ({error}). Nothing was kept of it."
        raise NotSaved(message) from None


@contextmanager
def opened(url: URL, file: Path) -> Iterator[SqliteBackup]:
    """Look over a backup beside where it is to go. Raises NotABackup."""
    # There it needs no other disk, and only its owner may look into the folder.
    with TemporaryDirectory(prefix=".nps-restore-", dir=_file(url).absolute().parent) as folder:
        copy = Path(folder) / "restored.db"
        for sibling in ("", "-wal"):  # the second only where somebody copied a database's files by hand
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{file}{sibling}", f"{copy}{sibling}")
        yield SqliteBackup(_revision(copy, file), copy, url)


def _revision(copy: Path, file: Path) -> str:
    """Return the revision the copy stands at; say of `file` what is wrong with it."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            [(first,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            if first == "ok" and names >= ALWAYS_THERE | {"alembic_version"}:
                [(revision,)] = connection.execute("SELECT version_num FROM alembic_version").fetchall()
                return str(revision)
    except sqlite3.DatabaseError as error:
        first = str(error)
    except ValueError:  # no revision, or several
        first = "ok"
    said = "is a SQLite file, but holds no database of nps-bot" if first == "ok" else f"is damaged ({first})"
    message = f"{file} {said}. Nothing was changed."
    raise NotABackup(message)


def _put_in_place(copy: Path, url: URL) -> None:
    with closing(sqlite3.connect(copy)) as source, closing(_connect(url)) as target:
        try:
            # A process that has the database open in WAL mode holds it in that mode.
            [(mode,)] = target.execute("PRAGMA journal_mode = DELETE").fetchall()
        except sqlite3.OperationalError:
            mode = "in use"
        if mode != "delete":
            message = (
                f"Another program has {_file(url)} open. Stop nps-bot, then try again. Nothing was changed."
            )
            raise NotRestored(message)
        _copy_pages(source, target)


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    began = time.monotonic()

    def look(status: int, _remaining: int, _total: int) -> None:
        # Python tries a locked database again for ever.
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() - began > PATIENCE:
            message = "database is locked"
            raise sqlite3.OperationalError(message)

    source.backup(target, progress=look)  # all pages in one step: of one moment


def _connect(url: URL) -> sqlite3.Connection:
    words, options = SQLiteDialect_pysqlite().create_connect_args(url)
    patience = float(options.get("timeout", PATIENCE))
    return sqlite3.connect(words[0], timeout=patience, uri=bool(options.get("uri")))


def _file(url: URL) -> Path:
    file = sqlite_file(url)
    if file is None:
        message = "DATABASE_URL names a file in SQLite's own way: write sqlite:///nps.db to restore."
        raise NotRestored(message)
    return file


def _url_of(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)
