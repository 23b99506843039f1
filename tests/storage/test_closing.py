"""A wave closes in pieces: whatever comes in between, its result is what counting everything says."""

from datetime import timedelta
from random import Random

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.answers import AnswerRefusal, record_reason, store_taps
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.kit import preferences
from storage.privacy.erasing import erase_person
from storage.reports import results
from storage.surveys import editing
from storage.tables import CountedWave, Invitation, Publication, Reminder, Result, Survey, Wave
from storage.waves import closing, invited, wave
from storage.waves.closing import CountedTooEarly, close_wave
from storage.waves.planning import claim_planning, plan_batch, plan_one, unplanned_waves
from storage.words import InvitationState
from tests.builders import (
    MONDAY,
    WORKSPACE,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
    planned,
    states_of,
)

HOUR = timedelta(hours=1)
PEOPLE = [f"U{one}" for one in range(30)]


async def asked(session: AsyncSession, chance: Random, before: Wave | None = None) -> Wave:
    """Let many people stand anywhere in a wave, some with answers, reasons and reminders."""
    survey = await session.get_one(Survey, before.survey_id) if before else await a_stored_survey(session)
    wave = await a_wave(session, PEOPLE, survey=survey)
    for one in (await invitations_of(session, wave)).values():
        state = chance.choice(list(InvitationState))
        if state is InvitationState.ANSWERED:
            continue
        reached = {"delivered_at": MONDAY} if state is InvitationState.DELIVERED else {}
        await session.exec(
            update(Invitation).where(col(Invitation.id) == one.id).values(state=state, **reached)
        )
        if chance.random() < 0.5:
            await reminders.plan_reminders(session, one, [MONDAY + HOUR])
        if chance.random() < 0.6:
            await store_taps(session, [a_tap(one, chance.randrange(11))], MONDAY + HOUR)
            words, ticked = chance.choice([None, "Because."]), chance.sample(["quality", "support"], 1)
            await record_reason(session, one.id, WORKSPACE, one.user_id, words, ticked, MONDAY + HOUR)
    return wave


async def prepared(database: Database, wave: Wave) -> closing.CountedBefore:
    """Do all that comes before the last step, each in a transaction of its own."""
    now = MONDAY + 2 * HOUR
    async with database.writing() as session:
        await closing.stop_taking(session, wave.id, now)
    for letters in (Invitation, Reminder):
        async with database.reading() as session:
            left = await closing.page_left(session, letters, wave.id, 0)
        for start in range(0, len(left), 7):
            async with database.writing() as session:
                await closing.end_some(session, letters, wave, left[start : start + 7])
    async with database.reading() as session:
        return await closing.counted(session, wave, now)


async def counts_in(session: AsyncSession, wave: Wave) -> dict[str, object]:
    again = await results.count(session, wave, await invited(session, wave), MONDAY + 3 * HOUR)
    return {name: getattr(again, name) for name in CountedWave.model_fields}


@pytest.mark.parametrize("seed", range(5))
async def test_a_frozen_result_is_what_counting_says(database: Database, seed: int) -> None:
    async with database.writing() as session:
        first = await asked(session, Random(seed))  # noqa: S311 - chance, not secrecy
        await close_wave(session, first.id, MONDAY + HOUR)
        second = await asked(session, Random(seed + 100), before=first)  # noqa: S311 - likewise
    counted = await prepared(database, second)
    async with database.writing() as session:
        assert await close_wave(session, second.id, MONDAY + 3 * HOUR, counted=counted)
        assert await close_wave(session, second.id, MONDAY + 3 * HOUR, counted=counted) is None

    async with database.reading() as session:
        found = await session.get_one(Result, second.id)
        assert {name: getattr(found, name) for name in CountedWave.model_fields} == await counts_in(
            session, second
        )
        versions = await session.exec(select(Publication).where(Publication.wave_id == second.id))
        assert len(versions.all()) == 1
        stands = await states_of(session, second)
        assert set(stands) <= {InvitationState.ANSWERED, InvitationState.EXPIRED, InvitationState.FAILED}
        assert not (await session.exec(select(Reminder).where(Reminder.wave_id == second.id))).all()
        closed = await session.get_one(Wave, second.id)
    assert (closed.closes_at, closed.was_to_close_at) == (second.closes_at, None)
    assert closed.closed_at == MONDAY + 3 * HOUR


async def test_from_its_first_step_on_it_takes_nothing_and_tells_nothing(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        one, other = (await invitations_of(session, wave)).values()
        await store_taps(session, [a_tap(one, 9)], MONDAY)
        await closing.stop_taking(session, wave.id, MONDAY + HOUR)

    async with database.writing() as session:
        assert (
            await store_taps(session, [a_tap(other, 3), a_tap(one, 3)], MONDAY + HOUR)
            == [AnswerRefusal.WAVE_CLOSED] * 2
        )
        assert not await editing.close_later(session, wave.id, MONDAY + timedelta(days=60))
        assert not await invitations.snooze(session, other.id, MONDAY + 2 * HOUR, MONDAY + HOUR)
        assert await session.get(Result, wave.id) is None


async def test_its_planning_stops_with_it(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        await session.exec(update(Wave).where(col(Wave.id) == wave.id).values(planned_at=None))
        await closing.stop_taking(session, wave.id, MONDAY + HOUR)

        assert await unplanned_waves(session, WORKSPACE) == []
        assert not await claim_planning(session, wave.id, MONDAY + HOUR, HOUR)
        assert not await plan_batch(session, wave, [planned("U2")], {})
        assert await plan_one(session, wave, planned("U2")) is None


async def test_who_opted_out_while_it_was_planned_is_not_asked_when_it_reopens(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [])
        await session.exec(update(Wave).where(col(Wave.id) == wave.id).values(planned_at=None))
        await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
        await plan_batch(session, wave, [planned("U1"), planned("U2")], {})
    async with database.reading() as session:
        cut_short = await session.get_one(Wave, wave.id)
    await prepared(database, cut_short)

    async with database.reading() as session:
        stands = await invitations_of(session, wave)
    assert {user: (one.state, one.code) for user, one in stands.items()} == {
        "U1": (InvitationState.EXPIRED, preferences.OPTED_OUT),
        "U2": (InvitationState.EXPIRED, None),
    }


async def test_who_is_erased_after_the_count_is_not_counted(database: Database) -> None:
    async with database.writing() as session:
        asking = await a_wave(session, ["U1", "U2"])
        await store_taps(
            session, [a_tap(one, 9) for one in (await invitations_of(session, asking)).values()], MONDAY
        )
    early = await prepared(database, asking)
    async with database.writing() as session:
        await erase_person(session, WORKSPACE, "U1", MONDAY + 2 * HOUR)

    with pytest.raises(CountedTooEarly):
        async with database.writing() as session:
            await close_wave(session, asking.id, MONDAY + 3 * HOUR, counted=early)
    async with database.writing() as session:
        assert (stands := await wave(session, asking.id))
        assert stands.closed_at is None
        again = await closing.counted(session, asking, MONDAY + 3 * HOUR)
        result = await close_wave(session, asking.id, MONDAY + 3 * HOUR, counted=again)
    assert result
    assert (result.promoters, result.invited) == (1, 1)
