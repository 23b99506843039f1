"""Who is asked, put off or reminded, by two at once: whatever their order, one outcome."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, delivery, waves
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.kit import claims, preferences
from storage.tables import Invitation
from storage.waves import planning
from storage.waves.closing import close_wave
from storage.words import InvitationState, LeftOutBecause
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
    planned,
    states_of,
)
from tests.storage.test_races import AT_ONCE, race

WEEK = timedelta(days=7)


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
