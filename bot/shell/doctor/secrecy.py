"""What `nps-bot doctor` says of files that others may read, and of secrets that travel or stand where they are seen."""

from collections.abc import Iterator
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from stat import S_IRGRP, S_IROTH
from urllib.parse import urlsplit

from bot.shell.doctor.findings import Finding, State
from storage.database.urls import read_url, sqlite_file

_HEADS = (b"SQLite format 3\0", b"PGDMP")
_LONGEST_HEAD = max(map(len, _HEADS))
_LOOKED_AT = 1_000
"""Files in the database's folder: it may be anybody's home."""

_SIBLINGS = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a database, of the same content."""


def examine(database_url: str, slack_api_url: str, settings_file: Path) -> list[Finding]:
    """Name what is wrong; say nothing where all is well."""
    return [
        Finding("secrecy", State.WRONG, says)
        for says in (*_files(database_url, settings_file), *_addresses(database_url, slack_api_url))
    ]


def _files(database_url: str, settings_file: Path) -> Iterator[str]:
    try:
        database = sqlite_file(read_url(database_url))
    except ValueError:  # which the database's own line tells
        database = None
    beside = [database.with_name(database.name + end) for end in _SIBLINGS] if database else []
    copies = _backups(database.parent, known={database, *beside}) if database else []
    for file in (settings_file, *beside, *copies):
        if _may_read(file, S_IROTH):
            yield f"Every user of this machine may read {file}. Close it to them: chmod 600 {file}"
        elif _may_read(file, S_IRGRP):
            yield f"Every user of the group of {file} may read it. Close it to them: chmod 600 {file}"


def _backups(folder: Path, known: set[Path]) -> list[Path]:
    """Find copies of a database beside it, of either kind, by how they begin."""
    try:
        files = [file for file in islice(sorted(folder.iterdir()), _LOOKED_AT) if file not in known]
    except OSError:
        return []
    return [file for file in files if _begins_as_copy(file)]


def _begins_as_copy(file: Path) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            return opened.read(_LONGEST_HEAD).startswith(_HEADS)
    except OSError:
        return False


def _may_read(file: Path, who: int) -> bool:
    try:
        return bool(file.stat().st_mode & who)
    except OSError:
        return False


def _addresses(database_url: str, slack_api_url: str) -> Iterator[str]:
    try:
        in_query = read_url(database_url).has_secret_in_query
    except ValueError:
        in_query = False
    if in_query:
        yield (
            "DATABASE_URL has its password in the query, where other programs may show it: write "
            "postgresql://user:password@host/name."
        )
    where = urlsplit(slack_api_url)
    if where.scheme == "http" and not _is_this_machine(where.hostname or ""):
        yield "SLACK_API_URL begins with http://, so the token can be read on its way. Write https://."


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
