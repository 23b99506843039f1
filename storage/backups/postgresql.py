"""PostgreSQL's own way: `pg_dump` in its custom format, and `pg_restore` into one transaction of `psql`."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryFile

from psycopg import sql
from sqlalchemy import URL, Connection, NullPool, create_engine, inspect

from storage import migrate
from storage.backups.errors import NotABackup, NotRestored, NotSaved
from storage.backups.holding import FIRST_THAT_PAUSES, hold, holding_script
from storage.backups.tools import TOO_OLD, Tools, first_line, tools_for
from storage.database import revisions
from storage.database.engine import telling_when_away
from storage.database.poolers import WHO_ANSWERS
from storage.database.upsert import table_of
from storage.database.urls import connect_args, synchronous
from storage.migrations import versions
from storage.tables import Workspace

HEAD = b"PGDMP"
OURS = frozenset({*table_of(Workspace).metadata.tables, "alembic_version"})
"""Every table of nps-bot: the database may hold others, which are nobody's business here."""

_LOOKS = 5
"""In a busy pool somebody else may just have the server that two connections would share."""

_KEEP_COUNTS = ("_kept_counts", "_kept_reasons")
"""The migrations that made functions for triggers."""

# A line of `pg_restore --list`: `217; 1259 16389 TABLE public answers nps`.
_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE (\S+) (\S+) ", re.MULTILINE)
_REVISION = re.compile(r"^COPY \S*alembic_version [^\n]*\n(\w+)\n\\\.$", re.MULTILINE)


@dataclass(frozen=True)
class _There:
    """What the database says of itself before anything is done to it."""

    schema: str
    server_version: int
    tables: frozenset[str]


@dataclass(frozen=True)
class PostgresqlBackup:
    """A backup that was looked over."""

    revision: str
    _file: Path
    _url: URL
    _there: _There
    _tools: Tools

    def restore(self, now: datetime) -> None:
        """Put the backup in place, held, all or nothing; then migrate. Raises NotRestored."""
        others = _others_at_work(self._url)
        if others:
            message = (
                f"Other programs have the database open ({others} connections). Stop nps-bot, then try again. "
                "Nothing was changed."
            )
            raise NotRestored(message)
        self._load(now)
        url = self._url.render_as_string(hide_password=False)
        migrate.upgrade(url)
        with revisions.transaction(url) as connection:
            hold(connection, now)

    def _load(self, now: datetime) -> None:
        with TemporaryFile() as said, TemporaryFile() as complained:
            words = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file=-")
            psql = self._tools.started("psql", *words, stdin=subprocess.PIPE, stderr=said)
            assert psql.stdin  # noqa: S101 - asked for above
            is_whole = False
            with suppress(BrokenPipeError), psql.stdin as script:  # broken where psql gave up, and says why
                script.write(self._before().encode())
                script.flush()
                reading = self._tools.started(
                    "pg_restore",
                    *("--no-owner", "--no-privileges", "--file=-", str(self._file)),
                    stdout=script,
                    stderr=complained,
                    connects=False,
                )
                is_whole = reading.wait() == 0
                # Without the last word psql undoes everything, so half a file changes nothing.
                script.write(self._after(now).encode() if is_whole else b"")
            if psql.wait() or not is_whole:
                why = first_line(said) or first_line(complained)
                message = f"The backup was not restored ({why}). The database is as it was."
                raise NotRestored(message)

    def _before(self) -> str:
        return "".join(
            f"{statement};\n"
            for statement in (
                "BEGIN",
                f"SELECT pg_advisory_xact_lock({migrate.ADVISORY_LOCK})",
                f"SET LOCAL search_path TO {_named(self._there.schema)}",
                *_functions(),
                *(
                    f"DROP TABLE IF EXISTS {_named(self._there.schema, table)} CASCADE"
                    for table in sorted(OURS)
                ),
            )
        )

    def _after(self, now: datetime) -> str:
        held = holding_script(now) if self.revision >= FIRST_THAT_PAUSES else ""
        return f"SET LOCAL search_path TO {_named(self._there.schema)};\n{held}COMMIT;\n"


def save(url: URL, path: Path) -> None:
    """Write the database as it is now into the empty file `path`. Raises NotSaved."""
    there = _look(url, NotSaved)
    named = [f"--table={_named(there.schema, table)}" for table in sorted(there.tables & OURS)]
    with tools_for(url, there.server_version, NotSaved) as tools, TemporaryFile() as said:
        words = ("--format=custom", "--no-owner", "--no-privileges", f"--file={path}", *named)
        if tools.started("pg_dump", *words, stderr=said).wait():
            message = f"The backup was not made ({first_line(said)}). Nothing was kept of it."
            raise NotSaved(message)


@contextmanager
def opened(url: URL, file: Path) -> Iterator[PostgresqlBackup]:
    """Look over a backup. Raises NotABackup."""
    there = _look(url, NotRestored)
    with tools_for(url, there.server_version, NotRestored) as tools:
        listed = _told_of(tools, file, "--list")
        found = {table: schema for schema, table in _TABLE.findall(listed)}
        revision = _REVISION.search(
            _told_of(tools, file, "--data-only", "--table=alembic_version", "--file=-")
        )
        if "workspaces" not in found or revision is None:
            message = (
                f"{file} is a backup of PostgreSQL, but holds no database of nps-bot. Nothing was changed."
            )
            raise NotABackup(message)
        if found["workspaces"] != there.schema:
            message = (
                f"{file} belongs into the schema {found['workspaces']}, and DATABASE_URL leads to {there.schema}. "
                "Nothing was changed."
            )
            raise NotABackup(message)
        yield PostgresqlBackup(revision[1], file, url, there, tools)


def _told_of(tools: Tools, file: Path, *words: str) -> str:
    with TemporaryFile() as said, TemporaryFile() as told:
        if tools.started("pg_restore", *words, str(file), stdout=told, stderr=said, connects=False).wait():
            why = first_line(said)
            does = TOO_OLD if "unsupported version" in why else "It is damaged"
            message = f"{file} cannot be read ({why}). {does}. Nothing was changed."
            raise NotABackup(message)
        told.seek(0)
        return told.read().decode(errors="replace")


def _look(url: URL, refusal: type[NotSaved | NotRestored]) -> _There:
    if _lends_its_servers(url):
        message = (
            "DATABASE_URL leads to a pooler, where pg_dump and psql would leave their settings behind for everybody: "
            "let it name the server itself, for this command. Nothing was done."
        )
        raise refusal(message)
    with revisions.transaction(url.render_as_string(hide_password=False)) as connection:
        schema = inspect(connection).default_schema_name or "public"
        version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()  # 150018 is 15.18
        return _There(schema, int(version) // 10_000, frozenset(inspect(connection).get_table_names()))


def _lends_its_servers(url: URL) -> bool:
    """Whether a pooler gives what one program leaves behind to the next: one server answers two connections at once."""
    engine = create_engine(
        synchronous(url), connect_args=connect_args(url), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with telling_when_away(url), engine.connect() as one, engine.connect() as other:
        return any(_server(one) == _server(other) for _ in range(_LOOKS))


def _server(connection: Connection) -> int:
    return int(connection.exec_driver_sql(WHO_ANSWERS).scalar_one())


def _others_at_work(url: URL) -> int:
    asked = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
    """
    with revisions.transaction(url.render_as_string(hide_password=False)) as connection:
        return int(connection.exec_driver_sql(asked).scalar_one())


def _functions() -> list[str]:
    """Make what triggers call: `pg_dump` saves the triggers of a table with it, and not these."""
    names = (one.name for one in iter_modules(versions.__path__) if one.name.endswith(_KEEP_COUNTS))
    made: list[str] = []
    for name in sorted(names):
        made += import_module(f"{versions.__name__}.{name}").functions()
    return made


def _named(*parts: str) -> str:
    return sql.Identifier(*parts).as_string()
