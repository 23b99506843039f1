"""When the clock looks at surveys: at once after each change, and then not before something may be due."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import surveys, waves
from storage.database.engine import Database
from storage.surveys import agenda, editing, ending
from storage.surveys.agenda import Appointment
from storage.tables import Survey
from storage.waves.closing import close_wave
from storage.words import Rhythm
from tests.builders import MANAGER, MONDAY, WORKSPACE, a_closed_wave, a_stored_survey
from tests.statements import sqlite_steps, statements

WEEK = timedelta(weeks=1)


async def settled(session: AsyncSession, name: str = "Acme", **columns: object) -> Survey:
    """Make a survey at which the clock need not look for a week."""
    survey = await a_stored_survey(session, name, rhythm=Rhythm.WEEKS, **columns)
    await agenda.set_openings(session, [Appointment(survey.id, survey.next_opening_at, MONDAY + WEEK)])
    await agenda.set_digests(session, [Appointment(survey.id, survey.next_digest_at, MONDAY + WEEK)])
    await session.refresh(survey)
    return survey


async def due(session: AsyncSession, after: timedelta = timedelta(0)) -> tuple[list[int], list[int]]:
    now = MONDAY + after
    return (
        await agenda.openings_due(session, WORKSPACE, now),
        await agenda.digests_due(session, WORKSPACE, now),
    )


async def test_a_new_survey_is_looked_at_and_then_when_something_may_be_due(database: Database) -> None:
    async with database.writing() as session:
        new = await a_stored_survey(session, "New")
        other = await settled(session, "Other")
        assert await due(session) == ([new.id], [new.id])
        assert await due(session, WEEK) == ([new.id, other.id], [new.id, other.id])

        await agenda.set_openings(session, [Appointment(new.id, new.next_opening_at, None)])
        assert await due(session, WEEK) == ([other.id], [new.id, other.id])
        assert await agenda.openings_due(session, "T0OTHER", MONDAY + WEEK) == []


async def test_what_is_paused_or_has_ended_is_not_looked_at(database: Database) -> None:
    async with database.writing() as session:
        survey = await settled(session)
        assert await due(session, WEEK) == ([survey.id], [survey.id])
        assert await surveys.pause_survey(session, survey.id, MONDAY)
        assert await due(session, WEEK) == ([], [])
        assert await surveys.resume_survey(session, survey.id)
        assert await due(session, WEEK) == ([survey.id], [survey.id])
        assert await ending.end_survey(session, survey.id, MONDAY)
        assert await due(session, WEEK) == ([], [])


async def test_a_changed_survey_is_looked_at_also_where_the_clock_had_read_it_before(
    database: Database,
) -> None:
    async with database.writing() as session:
        survey = await settled(session)
        read = survey.next_opening_at
        await editing.change_survey(session, survey, {"name": "Acme", "every_weeks": 2}, MONDAY)
        assert await due(session) == ([survey.id], [survey.id])

        await agenda.set_openings(session, [Appointment(survey.id, read, MONDAY + 2 * WEEK)])

        assert await agenda.openings_due(session, WORKSPACE, MONDAY) == [survey.id]


async def test_a_wave_that_opens_or_is_taken_back_lets_the_clock_look(database: Database) -> None:
    async with database.writing() as session:
        survey = await settled(session)
        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        assert await due(session) == ([survey.id], [survey.id])

        await session.refresh(survey)
        await agenda.set_openings(session, [Appointment(survey.id, survey.next_opening_at, MONDAY + WEEK)])
        assert await agenda.openings_due(session, WORKSPACE, MONDAY) == []
        assert await waves.discard_wave(session, wave.id)
        assert await agenda.openings_due(session, WORKSPACE, MONDAY) == [survey.id]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_due_is_found_by_an_index_of_its_own(database: Database) -> None:
    async with database.reading() as session:
        with statements() as asked:
            assert await due(session) == ([], [])
        plans = await sqlite_steps(session, asked)
    assert [plan for plan in plans if "surveys_by_opening" in plan]
    assert [plan for plan in plans if "surveys_by_digest" in plan]


async def test_it_reads_when_a_survey_asked_last_and_whether_a_wave_is_open(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        assert await agenda.openings(session, [survey.id]) == [(survey, None, False)]
        assert [one.has_asked for one in await agenda.digest_times(session, [survey.id])] == [False]

        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        assert await agenda.openings(session, [survey.id]) == [(survey, MONDAY, True)]
        await close_wave(session, wave.id, MONDAY + WEEK)
        assert await agenda.openings(session, [survey.id]) == [(survey, MONDAY, False)]
        assert [one.has_asked for one in await agenda.digest_times(session, [survey.id])] == [True]


async def test_an_imported_wave_was_not_asked_here(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        await a_closed_wave(session, survey, [9, 3], label="2024")
        assert await agenda.openings(session, [survey.id]) == [(survey, None, False)]
        assert [one.has_asked for one in await agenda.digest_times(session, [survey.id])] == [False]


@pytest.mark.parametrize("many", [agenda.AT_A_TIME + 1])
async def test_thousands_are_set_at_once(database: Database, many: int) -> None:
    async with database.writing() as session:
        made = [await a_stored_survey(session, f"Survey {number}") for number in range(many)]
        set_to = [Appointment(one.id, one.next_opening_at, MONDAY + WEEK) for one in made]
        await agenda.set_openings(session, set_to)
        assert await agenda.openings_due(session, WORKSPACE, MONDAY) == []
