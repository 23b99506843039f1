"""DATABASE_URL, read once: which database, and which driver speaks to it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.util import immutabledict

WHAT_TO_DO = "give sqlite:///nps.db or postgresql://user:password@host:5432/name"
PATIENCE = 5
"""Seconds: a tap has three in all, so a database that is slower than this is away."""

_SECRETS = frozenset({"password", "passwd", "sslpassword"})
"""What in a query is as secret as the password before the host."""
_MASK = "***"
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite"}


class DatabaseUrl(URL):
    """A URL that shows no password, in whichever part it stands."""

    def render_as_string(self, hide_password: bool = True) -> str:  # noqa: FBT001, FBT002 - SQLAlchemy's signature
        if not hide_password:
            return super().render_as_string(hide_password=False)
        masked = {name: _MASK if name.lower() in _SECRETS else value for name, value in self.query.items()}
        shown = URL.render_as_string(self._replace(query=immutabledict(masked)))
        return shown.replace(quote_plus(_MASK), _MASK)

    @property
    def has_secret_in_query(self) -> bool:
        return any(name.lower() in _SECRETS for name in self.query)


def masked(url: str) -> str:
    """Return an address as it may be shown, of a database or any other.

    >>> masked("postgresql://nps:keep-me@db/nps?sslpassword=keep-me")
    'postgresql://nps:***@db/nps?sslpassword=***'
    >>> masked("https://slack.com/api/")
    'https://slack.com/api/'
    """
    try:
        read = DatabaseUrl._make(make_url(url))
    except (ArgumentError, ValueError):  # the second for a port that is no number
        return _MASK
    return read.render_as_string() if read.password or read.has_secret_in_query else url


def read_url(url: str | URL) -> DatabaseUrl:
    """Return a URL with the plain driver name "sqlite" or "postgresql".

    Raises ValueError saying what to do; a password is never part of the message.
    """
    try:
        parsed = DatabaseUrl._make(make_url(url))
    except (ArgumentError, ValueError):  # the second for a port that is no number
        message = f"the database URL cannot be read: {WHAT_TO_DO}"
        raise ValueError(message) from None
    if parsed.drivername in _POSTGRESQL:
        return parsed._replace(drivername="postgresql")
    if parsed.drivername not in _SQLITE:
        message = f"{parsed.drivername!r} is not a database we know: {WHAT_TO_DO}"
        raise ValueError(message)
    # Each connection to a database in memory would see a database of its own.
    if parsed.database in {None, "", ":memory:"} or parsed.query.get("mode") == "memory":
        message = (
            f"a SQLite database needs a file, since one in memory is lost at every restart: {WHAT_TO_DO}"
        )
        raise ValueError(message)
    return parsed._replace(drivername="sqlite")


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite database; None for PostgreSQL, and where the URL names a file in SQLite's own way."""
    return Path(str(url.database)) if url.drivername == "sqlite" and "uri" not in url.query else None


def asynchronous(url: URL) -> URL:
    """Return the URL with the driver that serves requests."""
    return url.set(drivername="sqlite+aiosqlite" if url.drivername == "sqlite" else "postgresql+psycopg")


def synchronous(url: URL) -> URL:
    """Return the URL with the driver that migrates."""
    return url.set(drivername="sqlite" if url.drivername == "sqlite" else "postgresql+psycopg")


def connect_args(url: URL, patience: int = PATIENCE) -> dict[str, Any]:
    """Return what the driver is told at each connection, as far as the URL does not say otherwise.

    `patience` is in seconds: for SQLite's lock, and for a network that says nothing.
    """
    if url.drivername == "sqlite":
        # `timeout` is the busy timeout; without an isolation level, sqlite3 begins nothing of itself.
        told: dict[str, Any] = {"timeout": patience, "isolation_level": None}
    else:
        # The second is for a network that swallows packets: the system's own limit is a quarter of an hour.
        told = {"connect_timeout": patience, "tcp_user_timeout": patience * 1000}
    return {name: value for name, value in told.items() if name not in url.query}
