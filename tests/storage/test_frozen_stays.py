"""A frozen result keeps what it counted: no later step counts its wave again without those who were erased."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import waves
from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.database.engine import Database
from storage.kit import people
from storage.privacy.erasing import erase_person
from storage.privacy.purging import purge_piece
from storage.tables import Result, Wave
from storage.waves import open_question, reopening
from storage.waves.closing import close_wave
from storage.waves.planning import finish_planning
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_person,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
)

END = MONDAY + timedelta(days=3)
LATER = END + timedelta(days=2)


async def frozen(session: AsyncSession, wave: Wave) -> Result:
    return await session.get_one(Result, wave.id)


@pytest.fixture
async def closed(database: Database) -> Wave:
    """A wave that was closed early; two of three have answered."""
    async with database.writing() as session:
        wave = await a_wave(session)
        asked = await invitations_of(session, wave)
        await store_taps(session, [a_tap(asked["U1"], 9), a_tap(asked["U2"], 2)], MONDAY)
        await close_wave(session, wave.id, END)
        return await session.get_one(Wave, wave.id)


async def test_a_wave_is_reopened_while_its_answers_are_there(database: Database, closed: Wave) -> None:
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, "U3", LATER)  # had not answered
        assert await reopening.reopen_wave(session, closed, closed.closes_at)


async def test_a_wave_of_which_an_answer_was_erased_stays_closed(database: Database, closed: Wave) -> None:
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, "U2", LATER)
        assert not await reopening.reopen_wave(session, closed, closed.closes_at)
        assert (await session.get_one(Wave, closed.id)).closed_at == END
        result = await frozen(session, closed)
    assert (result.promoters, result.passives, result.detractors) == (1, 0, 1)


async def test_so_does_one_whose_answers_were_purged(database: Database, closed: Wave) -> None:
    async with database.writing() as session:
        assert await purge_piece(session, closed, LATER)
        assert not await reopening.reopen_wave(session, closed, closed.closes_at)
        result = await frozen(session, closed)
    assert (result.promoters, result.passives, result.detractors) == (1, 0, 1)


async def test_an_answer_that_is_taken_back_takes_nobody_else_along(database: Database) -> None:
    scores = {"U1": 9, "U2": 8, "U3": 2, "UNOBODY": 9}
    async with database.writing() as session:
        survey = await a_stored_survey(session, audience=Audience(open_channel="C0GENERAL"))
        await people.remember_many(session, [a_person(one) for one in ("U1", "U2", "U3")])
        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + timedelta(days=7))
        await finish_planning(session, wave.id, MONDAY)
        for user, score in scores.items():
            await open_question.join(session, WORKSPACE, wave.id, user, MONDAY)
            asked = (await invitations_of(session, wave))[user]
            await store_taps(session, [a_tap(asked, score)], MONDAY)
            await record_reason(session, asked.id, WORKSPACE, user, "Words", ["quality"], MONDAY)
        await close_wave(session, wave.id, END)
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, "U1", LATER)
        await erase_person(session, WORKSPACE, "U3", LATER)
    async with database.writing() as session:
        assert await open_question.take_back(session, WORKSPACE, "UNOBODY", LATER) == 1

    async with database.reading() as session:
        result = await frozen(session, wave)
    assert (result.promoters, result.passives, result.detractors) == (1, 1, 1)
    assert result.scores == [0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0]
    assert result.comments == 3
    assert result.reasons == [[2, ["quality"], 1], [8, ["quality"], 1], [9, ["quality"], 1]]
