"""PostgreSQL's own programs: found in a version that fits the server, told of the database without showing a password."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from psycopg.pq import Conninfo
from sqlalchemy import URL
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from storage.backups.errors import NotRestored, NotSaved
from storage.database.urls import PATIENCE, connect_args

NAMES = ("pg_dump", "pg_restore", "psql")
FOLDERS = Path("/usr/lib/postgresql")
"""Where Debian keeps one folder for each version."""
TOO_OLD = "It was made by a later version of PostgreSQL's programs: install that"

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True)
class Tools:
    """`pg_dump`, `pg_restore` and `psql` of one folder, and a file that tells them where the database is."""

    folder: Path
    service_file: Path

    def started(
        self,
        name: str,
        *words: str,
        connects: bool = True,
        **streams: Any,  # noqa: ANN401 - as Popen takes
    ) -> subprocess.Popen[bytes]:
        """Start a program; one that connects does so to the database, and asks nobody for a password."""
        database = ("--no-password", "--dbname=service=nps") if connects else ()
        where = {"PGSERVICEFILE": str(self.service_file), "LC_ALL": "C"}
        return subprocess.Popen(  # noqa: S603 - the programs are PostgreSQL's, the words ours
            [self.folder / name, *database, *words], env=os.environ | where, **streams
        )


@contextmanager
def tools_for(url: URL, server_version: int, refusal: type[NotSaved | NotRestored]) -> Iterator[Tools]:
    """Find programs that speak to this server, ready to reach the database. Raises `refusal`."""
    folder = _folder(server_version, refusal)
    # Not as words or in the environment, which others on the machine may read.
    with TemporaryDirectory(prefix="nps-") as private:
        file = Path(private) / "service"
        file.touch(mode=0o600)
        file.write_text(
            "".join(["[nps]\n", *(f"{name}={value}\n" for name, value in _connection(url).items())])
        )
        yield Tools(folder, file)


def first_line(said: IO[bytes]) -> str:
    """Return what a program complained of first, without its own name."""
    said.seek(0)
    line = next(iter(said.read(10_000).decode(errors="replace").splitlines()), "")
    return re.sub(r"^\w+(:<stdin>:\d+)?: (error|fatal|ERROR|FATAL): +", "", line)


def _folder(server_version: int, refusal: type[NotSaved | NotRestored]) -> Path:
    install = (
        f"Install PostgreSQL's client programs of version {server_version} or later "
        f"(Debian: apt-get install postgresql-client-{server_version})."
    )
    found = {version: folder for folder in _folders() if (version := _version(folder))}
    if not found:
        message = f"pg_dump, pg_restore and psql are not installed here. {install}"
        raise refusal(message)
    fitting = [version for version in found if version >= server_version]
    if not fitting:
        message = (
            f"pg_dump here is of version {max(found)}, and the server of version {server_version}. {install}"
        )
        raise refusal(message)
    return found[min(fitting)]


def _folders() -> list[Path]:
    on_path = [Path(program).parent for program in [shutil.which("pg_dump")] if program]
    return [*FOLDERS.glob("*/bin"), *on_path]


def _version(folder: Path) -> int | None:
    """Return the version of the programs in a folder; None where one of them is missing."""
    if not all(os.access(folder / name, os.X_OK) for name in NAMES):
        return None
    asked = subprocess.run([folder / NAMES[0], "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    told = _VERSION.search(asked.stdout)
    return int(told[1]) if told else None


def _connection(url: URL) -> dict[str, str]:
    """Return what libpq needs to connect as we do, by its own names."""
    _, options = PGDialect_psycopg().create_connect_args(url)  # type: ignore[no-untyped-call]
    own = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = {"connect_timeout": PATIENCE, **connect_args(url), **options}
    return {name: str(value) for name, value in given.items() if name in own}
