"""An import is taken back: what it added goes, what it changed is as it was, and the results are frozen again."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.problems import ChangedLater, NoImport
from storage.database.engine import Database
from storage.importing import storing
from storage.importing.changes import changed_later, imports_of, take_back
from storage.tables import Import


@dataclass(frozen=True)
class Brought:
    """One import that can be taken back."""

    number: int
    survey: str
    file_name: str
    at: datetime
    added: int
    updated: int


async def brought_in(database: Database) -> list[Brought]:
    """Return the imports that were not taken back, the newest first."""
    async with database.reading() as session:
        return [_brought(one, survey) for one, survey in await imports_of(session)]


async def to_take_back(database: Database, named: str) -> Brought:
    """Return the import that is named by its number or its file's name, or the last one. Raises NoImport."""
    for one in await brought_in(database):
        if not named or named in {str(one.number), one.file_name}:
            return one
    raise NoImport(named)


async def undo(database: Database, number: int, now: datetime) -> list[str]:
    """Take the import back in one transaction; return what its waves are called. Raises ChangedLater and NoImport."""
    async with database.writing() as session:
        found = next((one for one, _ in await imports_of(session) if one.id == number), None)
        if found is None:
            raise NoImport(str(number))
        await storing.lock_survey(session, found.survey_id)
        if later := await changed_later(session, found.id):
            raise ChangedLater(later)
        return await _undo(session, found, now)


async def _undo(session: AsyncSession, brought: Import, now: datetime) -> list[str]:
    waves = await take_back(session, brought, now)
    for wave in waves:
        await storing.freeze(session, wave, (wave.opens_at, wave.closes_at), None, now)
    return sorted(wave.label or str(wave.number) for wave in waves)


def _brought(one: Import, survey: str) -> Brought:
    return Brought(one.id, survey, one.file_name, one.imported_at, one.added, one.updated)
