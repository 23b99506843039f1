"""The database, opened and found in order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import NotReadyError
from bot.settings import DatabaseSettings
from storage.database import revisions
from storage.database.engine import Database
from storage.errors import DatabaseAway

_NAMED = 3


@asynccontextmanager
async def ready_database(settings: DatabaseSettings) -> AsyncIterator[Database]:
    """Open the database, all migrations applied: for what needs no Slack. Raises NotReadyError."""
    async with open_database(settings) as database:
        await require_migrated(settings.database_url)
        yield database


@asynccontextmanager
async def open_database(settings: DatabaseSettings) -> AsyncIterator[Database]:
    """Open the database, whatever its state. Raises NotReadyError."""
    try:
        database = Database(settings.database_url)
    except ValueError as error:
        raise NotReadyError(str(error)) from None
    try:
        yield database
    finally:
        await database.close()


async def require_migrated(url: str) -> None:
    """Raise NotReadyError when the database does not answer or a migration waits."""
    try:
        waiting = revisions.pending(url)
    except DatabaseAway as away:
        message = f"{away}. Check DATABASE_URL, and that the database is running."
        raise NotReadyError(message) from None
    if waiting:
        names = [revision.removesuffix(".") for revision in waiting]
        # In an empty database all of them wait: nobody reads so many names.
        told = f"{names[0][:4]} to {names[-1][:4]}" if len(names) > _NAMED else ", ".join(names)
        message = f"The database is not ready: migrations wait ({told}). Run nps-bot migrate."
        raise NotReadyError(message)
