"""Waves that are open when somebody erases themselves ask them no more, named ones too."""

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.people import Who
from bot.privacy.erasing import erase
from storage import waves
from storage.answers import store_taps
from storage.database.engine import Database
from storage.privacy.erasing import erase_person
from storage.tables import ErasedMark, Wave
from storage.waves.closing import close_wave
from storage.waves.planning import finish_planning, plan_batch, plan_one
from tests.api.test_asking import a_program
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_stored_survey,
    a_tap,
    invitations_of,
    planned,
)
from tests.journeys.office import BRUNO, Office

ANSWERED, NOT_PLANNED, OTHER = "U0ANSWERED", "U0NOTPLANNED", "U0OTHER"


@pytest.fixture
async def wave(database: Database) -> Wave:
    """A named wave that is planned half way: one who answered and one who was not planned yet erase themselves."""
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        opened = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY.replace(day=9))
        await plan_batch(session, opened, [planned(ANSWERED), planned(OTHER)], {})
        asked = (await invitations_of(session, opened))[ANSWERED]
        await store_taps(session, [a_tap(asked, 2)], MONDAY)
    for user in (ANSWERED, NOT_PLANNED, ANSWERED):
        async with database.writing() as session:
            await erase_person(session, WORKSPACE, user, MONDAY)
    return opened


async def marks(session: AsyncSession) -> list[ErasedMark]:
    return list((await session.exec(select(ErasedMark))).all())


async def test_planning_that_goes_on_asks_them_no_more(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        everyone = [planned(one) for one in (ANSWERED, NOT_PLANNED, OTHER, "U0NEW")]
        assert await plan_batch(session, wave, everyone, {}, "C1")
        await finish_planning(session, wave.id, MONDAY)

        assert set(await invitations_of(session, wave)) == {OTHER, "U0NEW"}


async def test_nor_does_a_program(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        assert await plan_one(session, wave, planned(ANSWERED)) is None
        assert await plan_one(session, wave, planned("U0NEW")) is not None


async def test_the_marks_name_nobody_and_go_when_the_wave_closes(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        left = await marks(session)
        assert len(left) == 2
        assert len({one.salt for one in left}) == 2
        assert not [one for one in left if ANSWERED in str(one) or NOT_PLANNED in str(one)]

        await close_wave(session, wave.id, MONDAY)

        assert await marks(session) == []


async def test_a_wave_that_opens_later_may_ask_them(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session, "Other")
        later = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY.replace(day=9))
        assert later.id != wave.id
        await plan_batch(session, later, [planned(ANSWERED)], {})
        assert set(await invitations_of(session, later)) == {ANSWERED}


async def test_a_wave_that_is_deleted_takes_them_along(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, OTHER, MONDAY)
        assert await waves.discard_wave(session, wave.id)
        assert await marks(session) == []


@pytest.mark.slow
async def test_a_program_hears_the_same_before_and_after(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({BRUNO: 2})
    async with a_program(office) as program:
        before = await program.ask(BRUNO, survey="Acme")
        await erase(office.app.services, Who(office.slack.team_id, BRUNO))
        after = await program.ask(BRUNO, key="later", survey="Acme")

    assert before == after
    assert after[0] == 409
    assert "already_asked" in str(after[1])
    assert office.asked(BRUNO) == 1
