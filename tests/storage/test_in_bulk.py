"""Answers by the million: what SQLite makes at the end is there as it was, whatever came between."""

import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.database.engine import Database
from storage.importing import storing
from storage.importing.imported_answers import Said, in_columns
from storage.importing.in_bulk import taking_many
from storage.tables import Answer, Import
from tests.builders import MONDAY, WORKSPACE, a_stored_survey

MANY = 1_000_000
LATER = {"answers_by_wave_and_score", "answers_by_person", "comments_by_wave_and_time"}


async def made(session: AsyncSession) -> dict[str, str]:
    """Return what the database is made of: each statement by its name."""
    connection = await session.connection()
    found = await connection.execute(text("SELECT name, sql FROM sqlite_master"))
    return {one.name: one.sql for one in found}


async def imported(session: AsyncSession, rows: int) -> set[str]:
    """Import two answers as one of so many rows; return the indexes that were away meanwhile."""
    survey = await a_stored_survey(session)
    brought = Import(workspace_id=WORKSPACE, survey_id=survey.id, file_name="a.csv", imported_at=MONDAY)
    session.add(brought)
    await session.flush()
    wave, _ = await storing.imported_wave(session, survey, "2025-Q4", MONDAY)
    said = [Said(bytes([score]) * 16, None, score, "Kind", None, ("support",), "ann") for score in (3, 9)]
    before = await made(session)
    async with taking_many(session, rows):
        await storing.add_answers(session, brought, {wave.id: in_columns(said)}, MONDAY)
        return {name for name in before.keys() - await made(session) if not name.startswith("count_")}


async def test_the_indexes_are_made_of_all_answers_at_the_end(sqlite: Database) -> None:
    async with sqlite.writing() as session:
        before = await made(session)
        assert await imported(session, MANY) == LATER
    async with sqlite.reading() as session:
        assert await made(session) == before
        connection = await session.connection()
        assert (await connection.execute(text("PRAGMA integrity_check"))).scalars().all() == ["ok"]
        assert await counts.wrong(session, closed=True) == []


async def test_an_import_that_fails_leaves_the_indexes(sqlite: Database) -> None:
    async with sqlite.reading() as session:
        before = await made(session)
    with pytest.raises(InterruptedError):
        async with sqlite.writing() as session, taking_many(session, MANY):
            raise InterruptedError
    async with sqlite.reading() as session:
        assert await made(session) == before


async def test_few_answers_go_into_the_indexes_one_by_one(sqlite: Database) -> None:
    async with sqlite.writing() as session:
        assert await imported(session, 1_000) == set()


async def test_the_indexes_of_many_answers_are_not_made_again_for_fewer(sqlite: Database) -> None:
    async with sqlite.writing() as session:
        survey = await a_stored_survey(session, "Another")
        wave, _ = await storing.imported_wave(session, survey, "2024", MONDAY)
        session.add(
            Answer(
                id=MANY + 1,
                import_key=b"key",
                workspace_id=WORKSPACE,
                wave_id=wave.id,
                score=9,
                answered_at=MONDAY,
                changed_at=MONDAY,
            )
        )
        await session.flush()
        assert await imported(session, MANY) == set()
