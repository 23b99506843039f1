"""An import is taken back: what it added goes, what it changed is as it was, and the results are frozen again."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.problems import ChangedLater, NoImport
from storage.database.engine import Database
from storage.importing import storing
from storage.importing.changes import changed_later, imports_of, take_back
from storage.surveys import survey_key
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


async def brought_in(database: Database, survey: str) -> list[Brought]:
    """Return the imports that were not taken back, into the survey of this name or into all, the newest first."""
    key = survey_key(survey)
    async with database.reading() as session:
        found = await imports_of(session)
    return [_brought(one, name) for one, name in found if not key or survey_key(name) == key]


async def to_take_back(database: Database, named: str, survey: str) -> Brought:
    """Return the import that is named by its number or its file, or the last one. Raises NoImport."""
    names = {named, PurePath(named).name}
    for one in await brought_in(database, survey):
        if not named or names & {str(one.number), one.file_name}:
            return one
    raise NoImport(named, survey)


async def undo(database: Database, number: int, now: datetime) -> list[str]:
    """Take the import back in one transaction; return what its waves are called. Raises ChangedLater and NoImport."""
    async with database.writing() as session:
        found = next((one for one, _ in await imports_of(session) if one.id == number), None)
        if found is None:
            raise NoImport(str(number), "")
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
