"""DATABASE_URL, read once: which database, and which driver speaks to it."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

WHAT_TO_DO = "give sqlite:///nps.db or postgresql://user:password@host:5432/name"
PATIENCE = 5
"""Seconds: a tap has three in all, so a database that is slower than this is away."""

_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite"}


def read_url(url: str) -> URL:
    """Return a URL with the plain driver name "sqlite" or "postgresql".

    Raises ValueError saying what to do; a password is never part of the message.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the second for a port that is no number
        message = f"the database URL cannot be read: {WHAT_TO_DO}"
        raise ValueError(message) from None
    if parsed.drivername in _POSTGRESQL:
        return parsed.set(drivername="postgresql")
    if parsed.drivername not in _SQLITE:
        message = f"{parsed.drivername!r} is not a database we know: {WHAT_TO_DO}"
        raise ValueError(message)
    # Each connection to a database in memory would see a database of its own.
    if parsed.database in {None, "", ":memory:"} or parsed.query.get("mode") == "memory":
        message = (
            f"a SQLite database needs a file, since one in memory is lost at every restart: {WHAT_TO_DO}"
        )
        raise ValueError(message)
    return parsed.set(drivername="sqlite")


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
