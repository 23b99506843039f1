"""Who erased themselves while an anonymous wave is open has a ballot in it, and gets no second one."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import new_keys, seal
from bot.kit.people import Who
from bot.privacy import erasing
from storage import waves
from storage.ballots import opening
from storage.ballots.casting import Cast, cast_ballots
from storage.ballots.opening import Opened
from storage.database.engine import Database
from storage.delivery import invitations
from storage.privacy.erasing import erase_person
from storage.tables import Wave
from storage.waves.planning import plan_batch, plan_one
from tests.api.test_asking import a_program
from tests.attacks.polled import SECRET, open_and_close, read
from tests.ballots.staff import ask_anonymously, cast
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, invitations_of, planned
from tests.journeys.office import Office

VOTER, OTHER = "U0VOTER", "U0OTHER"


async def open_and_cast(session: AsyncSession) -> Wave:
    """Open a wave of which a batch is planned, and let one of them cast a ballot before the planning has ended."""
    survey = await a_stored_survey(session, is_anonymous=True)
    wave = await waves.open_wave(session, survey, OTHER, MONDAY, MONDAY + timedelta(days=7))
    keys = new_keys(SECRET)
    await opening.add_key(session, wave, keys.public, keys.locked)
    await plan_batch(session, wave, [planned(VOTER), planned(OTHER)], {}, "C1")
    asked = (await invitations_of(session, wave))[VOTER]
    ballot = Cast(asked.id, asked.wave_id, WORKSPACE, VOTER, seal(keys.public, Opened(9, None, ())))
    assert await cast_ballots(session, [ballot], MONDAY) == [None]
    return wave


@pytest.fixture
async def wave(database: Database) -> Wave:
    """A wave in which the voter has cast a ballot, and erased themselves."""
    async with database.writing() as session:
        wave = await open_and_cast(session)
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, VOTER, MONDAY)
    return wave


async def asked_in(session: AsyncSession, wave: Wave) -> set[str]:
    return {one for one in await invitations_of(session, wave) if one.startswith("U")}


async def test_planning_that_comes_again_asks_them_no_more(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        assert await plan_batch(session, wave, [planned(VOTER), planned("U0NEW")], {}, "C2")

    async with database.reading() as session:
        assert await asked_in(session, wave) == {OTHER, "U0NEW"}
        assert await waves.invited(session, wave) == 1


async def test_a_question_that_arrives_after_that_is_not_written_to_their_row(
    database: Database, wave: Wave
) -> None:
    async with database.writing() as session:
        row = next(one for name, one in (await invitations_of(session, wave)).items() if name != OTHER)
        assert not await invitations.record_delivered(session, row.id, "D1VOTER", "1.1", MONDAY)
        await session.refresh(row)
    assert (row.channel_id, row.message_ts, row.delivered_at) == (None, None, None)


async def test_nor_does_a_program(database: Database, wave: Wave) -> None:
    async with database.writing() as session:
        assert await plan_one(session, wave, planned(VOTER)) is None
        assert await plan_one(session, wave, planned("U0NEW")) is not None

    async with database.reading() as session:
        assert await asked_in(session, wave) == {OTHER, "U0NEW"}


@pytest.mark.usefixtures("wave")
async def test_another_wave_may_ask_them(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session, "Other", is_anonymous=True)
        other = await waves.open_wave(session, survey, OTHER, MONDAY, MONDAY + timedelta(days=7))
        keys = new_keys(SECRET)
        await opening.add_key(session, other, keys.public, keys.locked)
        await plan_batch(session, other, [planned(VOTER)], {})

        assert await asked_in(session, other) == {VOTER}


async def test_once_the_wave_is_closed_nothing_tells_who_it_was(database: Database, wave: Wave) -> None:
    """What stands in their place was made with the wave's key, which is destroyed then."""
    async with database.writing() as session:
        row = next(one for one in await invitations_of(session, wave) if not one.startswith("U"))
        key = (await opening.locked_keys(session))[wave.id]
    await open_and_close(database, wave, key)

    assert VOTER not in row
    assert await read(database, "SELECT * FROM ballot_keys") == []
    assert key.hex() not in str(await read(database, "SELECT * FROM invitations"))
    assert VOTER not in str(await read(database, "SELECT user_id FROM invitations"))


async def test_a_program_hears_the_same_before_and_after(office_on_each: Office) -> None:
    office = office_on_each
    [voter, *_] = await ask_anonymously(office)
    await cast(office, voter, 9)
    async with a_program(office) as program:
        before = await program.ask(voter, survey="Pulse")
        await erasing.erase(office.app.services, Who(office.slack.team_id, voter))
        after = await program.ask(voter, key="later", survey="Pulse")

    assert before == after
    assert after[0] == 409
    assert "already_asked" in str(after[1])
