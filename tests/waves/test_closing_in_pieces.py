"""A wave of many people closes once, whoever closes it, and nobody hears of a part."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.waves.closing import close_due_waves, in_pieces
from storage import waves
from storage.answers import store_taps
from storage.privacy.erasing import erase_person
from storage.tables import Invitation, Publication, Result
from storage.waves.closing import PIECE, CountedBefore, close_wave, counted, stop_taking
from storage.waves.planning import Planned, finish_planning, plan_batch
from storage.words import InvitationState
from tests.builders import a_tap
from tests.journeys.hands import state_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office

pytestmark = pytest.mark.slow

MANY = 2 * PIECE + 10


async def ask_many(office: Office) -> None:
    """Open a wave of more people than one piece takes, of whom ten have answered."""
    survey, now = await office.a_survey(), office.clock.now
    people = [Planned(f"U{one:05}", "UTC", now) for one in range(MANY)]
    async with office.books.writing() as session:
        wave = await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=14))
        await plan_batch(session, wave, people, {})
        await finish_planning(session, wave.id, now)
    some = list((await office.invitations()).values())[:10]
    async with office.books.writing() as session:
        await store_taps(session, [a_tap(one, 9) for one in some], now)


async def test_two_processes_close_it_once(office_on_each: Office) -> None:
    office = office_on_each
    await ask_many(office)
    office.clock.forward(days=15)

    async with office.another_app() as other:
        await asyncio.gather(close_due_waves(office.app.services), close_due_waves(other.services))

    [result] = await office.rows(Result)
    assert (result.promoters, result.invited) == (10, 10)
    assert len(await office.rows(Publication)) == 1
    states = [one.state for one in await office.rows(Invitation)]
    assert states.count(InvitationState.EXPIRED) == MANY - 10
    assert (await office.newest_wave()).closed_at == office.clock.now


async def test_a_closing_that_was_cut_off_tells_nothing_and_is_gone_on_with(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    wave = await office.newest_wave()
    async with office.books.writing() as session:  # and here the process died
        await stop_taking(session, wave.id, office.clock.now)

    await office.tap(CHEN, 3)
    assert "closed" in office.read_by(CHEN)[-1].text
    assert await office.rows(Result) == []
    assert "NPS +100 so far" in await office.command(ALICE, "")  # no final number yet
    await office.tick()

    [result] = await office.rows(Result)
    assert (result.promoters, result.detractors, result.invited) == (1, 0, 4)
    closed = await office.newest_wave()
    assert (closed.closes_at, closed.was_to_close_at) == (wave.closes_at, None)
    assert await state_of(office, CHEN) is InvitationState.EXPIRED
    assert "Reopen wave 1" in await office.typed(MAYA, "reopen")


async def test_a_count_that_is_never_in_time_is_made_while_others_wait(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 9})
    wave, tries = await office.newest_wave(), 0
    async with office.books.reading() as session:
        early = await counted(session, wave, office.clock.now)
    async with office.books.writing() as session:
        await erase_person(session, wave.workspace_id, BRUNO, office.clock.now)

    async def close(session: AsyncSession, in_time: CountedBefore | None) -> Result | None:
        nonlocal tries
        tries += 1
        return await close_wave(session, wave.id, office.clock.now, early if in_time else None)

    result = await in_pieces(office.app.services, wave, close)
    assert result
    assert (tries, result.promoters, result.invited) == (4, 1, 3)
