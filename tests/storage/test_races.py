"""Two at once, on connections of their own: whatever their order, one outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, delivery, surveys, waves
from storage.answers import AnswerRefusal, StoredTap, counting
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.errors import NameTaken, WaveAlreadyOpen
from storage.kit import claims, people, preferences
from storage.tables import Answer, Invitation, Result
from storage.waves import planning
from storage.waves.closing import close_wave
from storage.words import InvitationState, LeftOutBecause
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_person,
    a_stored_survey,
    a_survey,
    a_tap,
    a_wave,
    invitations_of,
    planned,
    states_of,
)

WEEK = timedelta(days=7)
AT_ONCE = 8
Outcome = TypeVar("Outcome")


async def race(database: Database, ask: Callable[[AsyncSession, int], Awaitable[Outcome]]) -> list[Outcome]:
    """Do the same in many transactions, all begun before the first asks."""
    barrier = asyncio.Barrier(AT_ONCE)

    async def runner(number: int) -> Outcome:
        await barrier.wait()
        async with database.writing() as session:
            return await ask(session, number)

    return await asyncio.gather(*(runner(number) for number in range(AT_ONCE)))


async def test_taps_from_several_devices_leave_one_answer(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
    outcomes = await race(
        database, lambda session, score: answers.store_taps(session, [a_tap(invitation, score)], MONDAY)
    )
    async with database.reading() as session:
        stored = (await session.exec(select(Answer))).all()
    assert len(stored) == 1
    assert all(isinstance(outcome, StoredTap) for (outcome,) in outcomes)


async def test_batches_that_share_people_in_another_order_do_not_wait_in_a_ring(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(20)])
        invited = list((await invitations_of(session, wave)).values())

    async def tap_all(session: AsyncSession, number: int) -> None:
        order = invited if number % 2 else invited[::-1]
        await answers.store_taps(session, [a_tap(one, number) for one in order], MONDAY)

    await race(database, tap_all)
    async with database.reading() as session:
        assert sum((await counting.score_counts(session, wave.id)).values()) == 20


async def test_an_invitation_has_one_winner(database: Database) -> None:
    async with database.writing() as session:
        invitation = (await invitations_of(session, await a_wave(session, ["U1"])))["U1"]
    won = await race(database, lambda session, _: claims.claim_invitation(session, invitation.id, MONDAY))
    assert sorted(won) == [False] * (AT_ONCE - 1) + [True]


async def test_a_survey_opens_one_wave(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)

    async def open_it(session: AsyncSession, _: int) -> bool:
        try:
            await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        except WaveAlreadyOpen:
            return False
        return True

    assert sorted(await race(database, open_it)) == [False] * (AT_ONCE - 1) + [True]
    async with database.reading() as session:
        assert len(await waves.newest_waves(session, survey.id, limit=10)) == 1


async def test_a_name_is_taken_once(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")

    async def add(session: AsyncSession, _: int) -> bool:
        try:
            await surveys.add_survey(session, a_survey())
        except NameTaken:
            return False
        return True

    assert sorted(await race(database, add)) == [False] * (AT_ONCE - 1) + [True]


async def test_a_wave_closes_with_one_result(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
    results = await race(database, lambda session, _: close_wave(session, wave.id, MONDAY))
    assert [type(one) for one in results if one is not None] == [Result]


async def test_every_answer_acknowledged_while_a_wave_closes_is_in_its_result(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(AT_ONCE)])
        invited = list((await invitations_of(session, wave)).values())

    async def tap_or_close(session: AsyncSession, number: int) -> int:
        if number == AT_ONCE // 2:
            await close_wave(session, wave.id, MONDAY)
            return 0
        (outcome,) = await answers.store_taps(session, [a_tap(invited[number], 9)], MONDAY)
        return outcome is not AnswerRefusal.WAVE_CLOSED

    acknowledged = sum(await race(database, tap_or_close))
    async with database.reading() as session:
        frozen = await waves.result(session, wave.id)
        counts = await states_of(session, wave)
    assert frozen is not None
    assert frozen.promoters == acknowledged == counts[InvitationState.ANSWERED]


async def test_closing_waits_for_a_tap_that_is_being_stored(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]

    async def close() -> Result | None:
        async with database.writing() as session:
            return await close_wave(session, wave.id, MONDAY)

    async with database.writing() as session:
        await answers.store_taps(session, [a_tap(invitation, 9)], MONDAY)
        closing = asyncio.create_task(close())
        finished, _ = await asyncio.wait({closing}, timeout=0.3)
    frozen = await closing
    assert not finished
    assert frozen is not None
    assert frozen.promoters == 1


async def test_a_run_has_one_winner_and_one_speaker(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
    lease = timedelta(minutes=5)

    async def claim(session: AsyncSession, _: int) -> bool:
        run = await claims.claim_run(session, WORKSPACE, "weekly_digest", 1, MONDAY, MONDAY, lease)
        return run is not None

    async def claim_again(session: AsyncSession, _: int) -> bool:
        later = MONDAY + lease
        run = await claims.claim_run(session, WORKSPACE, "weekly_digest", 1, MONDAY, later, lease)
        return run is not None

    one = [False] * (AT_ONCE - 1) + [True]
    assert sorted(await race(database, claim)) == one
    assert sorted(await race(database, claim_again)) == one
    assert sorted(await race(database, lambda session, _: claims.mark_speaking(session, 1, MONDAY))) == one


async def test_people_described_at_once_are_one_person(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
    crowd = [a_person(f"U{number}") for number in range(20)]

    async def remember(session: AsyncSession, number: int) -> None:
        await people.remember_many(session, crowd if number % 2 else crowd[::-1])

    await race(database, remember)
    async with database.reading() as session:
        assert len(await people.people_of(session, WORKSPACE, [one.user_id for one in crowd])) == 20


async def test_a_reminder_has_one_winner_and_the_next_one_due_none(database: Database) -> None:
    async with database.writing() as session:
        invitation = (await invitations_of(session, await a_wave(session, ["U1"])))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await reminders.plan_reminders(session, invitation, [MONDAY, MONDAY])
        await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)

    async def claim(session: AsyncSession, _: int) -> int:
        due = await reminders.due_reminders(session, WORKSPACE, MONDAY, 10)
        return sum([await claims.claim_reminder(session, one, MONDAY, WEEK) for one in due])

    assert sum(await race(database, claim)) == 1


async def test_batches_planned_by_several_processes_ask_and_count_everyone_once(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
    everyone = [planned(f"U{number}") for number in range(300)]
    left_out = {f"X{number}": LeftOutBecause.BOT for number in range(300)}

    async def plan(session: AsyncSession, number: int) -> bool:
        order = everyone if number % 2 else everyone[::-1]
        return await planning.plan_batch(
            session, wave, order, dict(sorted(left_out.items())[:: number % 2 or -1])
        )

    assert await race(database, plan) == [True] * AT_ONCE
    told = await race(database, lambda session, _: planning.finish_planning(session, wave.id, MONDAY))
    assert [one for one in told if one is not None] == [{"bot": 300}]
    async with database.reading() as session:
        assert sum((await states_of(session, wave)).values()) == 300


async def test_a_batch_planned_while_the_wave_closes_is_in_its_counts_or_refused(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)

    async def plan_or_close(session: AsyncSession, number: int) -> int:
        if number == AT_ONCE // 2:
            await close_wave(session, wave.id, MONDAY)
            return 0
        return await planning.plan_batch(
            session, wave, [planned(f"U{number}")], {f"X{number}": LeftOutBecause.BOT}
        )

    taken = sum(await race(database, plan_or_close))
    async with database.reading() as session:
        counts = await states_of(session, wave)
        closed = await waves.wave(session, wave.id)
    assert closed is not None
    assert (
        counts[InvitationState.EXPIRED]
        == sum(counts.values())
        == closed.left_out.get(LeftOutBecause.BOT, 0)
        == taken
    )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_planning_does_not_keep_taps_waiting(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        await planning.plan_batch(session, wave, [planned("U1")], {})
        invitation = (await invitations_of(session, wave))["U1"]

    async def tap() -> None:
        async with database.writing() as session:
            await answers.store_taps(session, [a_tap(invitation, 9)], MONDAY)

    async with database.writing() as session:
        await planning.plan_batch(session, wave, [planned("U2")], {"U3": LeftOutBecause.BOT})
        await asyncio.wait_for(tap(), timeout=5)


async def test_a_pause_an_opt_out_or_a_snooze_while_others_claim_is_heard(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(AT_ONCE)])
        invited = list((await invitations_of(session, wave)).values())

    async def claim_or_stop(session: AsyncSession, number: int) -> bool:
        match number:
            case 0:
                return not await waves.pause_wave(session, wave.id, MONDAY)
            case 1:
                await preferences.opt_out(session, WORKSPACE, invited[2].user_id, MONDAY)
                return False
            case 2 | 3:
                return await claims.claim_invitation(session, invited[2].id, MONDAY)
            case 4:
                return not await invitations.snooze(session, invited[5].id, MONDAY + WEEK / 2, MONDAY)
            case _:
                return await claims.claim_invitation(session, invited[number].id, MONDAY)

    claimed = sum(await race(database, claim_or_stop))
    async with database.reading() as session:
        counts = await states_of(session, wave)
        assert await invitations.waiting(session, WORKSPACE, MONDAY, 10) == []
        snoozed = await session.get_one(Invitation, invited[5].id)
    assert snoozed.state is InvitationState.PLANNED
    assert counts[InvitationState.CLAIMED] <= claimed
    assert sum(counts.values()) == AT_ONCE


async def test_a_batch_of_put_off_invitations_and_a_claim_agree(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]

    async def claim_or_postpone(session: AsyncSession, number: int) -> bool:
        if number % 2:
            await delivery.postpone(session, Invitation, {invitation.id: MONDAY + WEEK / 2})
            return False
        return await claims.claim_invitation(session, invitation.id, MONDAY)

    won = sum(await race(database, claim_or_postpone))
    async with database.reading() as session:
        stored = await session.get_one(Invitation, invitation.id)
    claimed = stored.state is InvitationState.CLAIMED
    assert won == claimed
    assert stored.send_after == (MONDAY if claimed else MONDAY + WEEK / 2)
