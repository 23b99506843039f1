"""What `nps-bot doctor` says of files that others may read, and of secrets that travel or stand where they are seen."""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from stat import S_IROTH
from urllib.parse import urlsplit

from bot.shell.doctor.findings import Finding, State
from storage.database.urls import read_url, sqlite_file

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
    for file in (settings_file, *beside):
        if _others_may_read(file):
            yield f"Every user of this machine may read {file}. Close it to them: chmod 600 {file}"


def _others_may_read(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & S_IROTH)
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
