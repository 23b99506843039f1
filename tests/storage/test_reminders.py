from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import delivery, waves
from storage.answers import store_taps
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.kit import claims, preferences
from storage.tables import Invitation, Reminder
from storage.waves.closing import close_wave
from storage.words import InvitationState, ReminderState
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
SPACING = timedelta(hours=12)
DUE = MONDAY + 3 * DAY
Recording = Callable[[AsyncSession, int], Awaitable[None]]


async def an_asked_person(session: AsyncSession, *times: datetime) -> Invitation:
    """Ask U1, with reminders planned for these times."""
    wave = await a_wave(session, ["U1"])
    invitation = (await invitations_of(session, wave))["U1"]
    assert await claims.claim_invitation(session, invitation.id, MONDAY)
    await reminders.plan_reminders(session, invitation, times or [DUE])
    await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
    await session.refresh(invitation)
    return invitation


async def due(session: AsyncSession, now: datetime = DUE) -> list[Reminder]:
    return await reminders.due_reminders(session, WORKSPACE, now, 50)


async def a_claimed_reminder(session: AsyncSession, now: datetime = DUE) -> Reminder:
    (reminder,) = await due(session, now)
    assert await claims.claim_reminder(session, reminder, now, SPACING)
    return reminder


async def delivered(session: AsyncSession, reminder_id: int) -> None:
    await reminders.record_delivered(session, reminder_id, "D1", "2.2", DUE)


async def failed(session: AsyncSession, reminder_id: int) -> None:
    await delivery.record_failed(session, Reminder, reminder_id, "account_inactive")


async def uncertain(session: AsyncSession, reminder_id: int) -> None:
    await delivery.record_uncertain(session, Reminder, reminder_id)


async def put_back(session: AsyncSession, reminder_id: int) -> None:
    await delivery.put_back(session, Reminder, reminder_id)


async def test_a_reminder_is_due_at_its_time_once(database: Database) -> None:
    async with database.writing() as session:
        invitation = await an_asked_person(session)
        assert await due(session, DUE - TICK) == []
        (reminder,) = await due(session)
        assert (reminder.invitation_id, reminder.number) == (invitation.id, 1)
        assert not await claims.claim_reminder(session, reminder, DUE - TICK, SPACING)
        assert await claims.claim_reminder(session, reminder, DUE, SPACING)
        assert not await claims.claim_reminder(session, reminder, DUE, SPACING)
        assert await due(session) == []


async def test_two_reminders_come_one_after_the_other(database: Database) -> None:
    async with database.writing() as session:
        await an_asked_person(session, DUE, DUE + DAY)
        first = await a_claimed_reminder(session)
        await delivered(session, first.id)
        (second,) = await due(session, DUE + DAY)
    assert (first.number, second.number) == (1, 2)


async def test_a_clock_that_was_down_sends_one_reminder_not_two(database: Database) -> None:
    late = DUE + 2 * DAY
    async with database.writing() as session:
        await an_asked_person(session, DUE, DUE + DAY)
        reminder = await a_claimed_reminder(session, late)
        await delivered(session, reminder.id)
        assert reminder.number == 1
        assert await due(session, late + DAY) == []


async def test_the_second_is_dropped_when_the_first_was_put_off_until_just_before_it(
    database: Database,
) -> None:
    async with database.writing() as session:
        await an_asked_person(session, DUE, DUE + DAY)
        (first,) = await due(session)
        await delivery.postpone(session, Reminder, {first.id: DUE + DAY - SPACING + TICK})
        await a_claimed_reminder(session, DUE + DAY - SPACING + TICK)
        assert await due(session, DUE + 2 * DAY) == []


async def test_the_longest_due_go_first(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2", "U3"])
        for number, invitation in enumerate((await invitations_of(session, wave)).values()):
            await claims.claim_invitation(session, invitation.id, MONDAY)
            await reminders.plan_reminders(session, invitation, [DUE - number * DAY])
            await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        found = await reminders.due_reminders(session, WORKSPACE, DUE, 2)
        assert await reminders.due_reminders(session, "T0OTHER", DUE, 2) == []
    assert [one.send_after for one in found] == [DUE - 2 * DAY, DUE - DAY]


async def answer(session: AsyncSession, invitation: Invitation) -> None:
    await store_taps(session, [a_tap(invitation, 9)], MONDAY)


async def opt_out(session: AsyncSession, _: Invitation) -> None:
    await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)


async def snooze(session: AsyncSession, invitation: Invitation) -> None:
    await invitations.snooze(session, invitation.id, DUE + DAY, MONDAY)


async def close(session: AsyncSession, invitation: Invitation) -> None:
    await close_wave(session, invitation.wave_id, MONDAY)


async def pause(session: AsyncSession, invitation: Invitation) -> None:
    await waves.pause_wave(session, invitation.wave_id, MONDAY)


@pytest.mark.parametrize("stop", [answer, opt_out, snooze, close, pause])
async def test_somebody_not_to_be_reminded_is_not_though_an_older_list_still_names_them(
    database: Database, stop: Callable[[AsyncSession, Invitation], Awaitable[None]]
) -> None:
    async with database.writing() as session:
        invitation = await an_asked_person(session)
        (old,) = await due(session)
        await stop(session, invitation)
        assert await due(session) == []
        assert not await claims.claim_reminder(session, old, DUE, SPACING)


async def test_nobody_is_reminded_once_the_waves_time_is_over_though_nobody_has_closed_it(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave_end = MONDAY + 7 * DAY
        await an_asked_person(session, wave_end - TICK)
        (old,) = await due(session, wave_end - TICK)
        assert await due(session, wave_end) == []
        assert not await claims.claim_reminder(session, old, wave_end, SPACING)


@pytest.mark.parametrize("is_recorded", [True, False])
async def test_somebody_who_may_not_have_got_the_question_is_reached_by_the_reminder(
    database: Database, *, is_recorded: bool
) -> None:
    """A crash between claim and record leaves the same: the reminder was planned with the claim."""
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await reminders.plan_reminders(session, invitation, [DUE])
        if is_recorded:
            await delivery.record_uncertain(session, Invitation, invitation.id)
        else:
            assert await delivery.mark_abandoned(session, Invitation, MONDAY + TICK) == 1
        await delivered(session, (await a_claimed_reminder(session)).id)
    async with database.reading() as session:
        stored = await session.get_one(Invitation, invitation.id)
        assert await invitations.invited_count(session, wave.id) == 1
        assert await invitations.last_delivered(session, WORKSPACE, ["U1"]) == {"U1": DUE}
    assert (stored.state, stored.channel_id, stored.message_ts) == ("delivered", "D1", None)


async def test_a_reminder_does_not_move_the_time_of_the_question(database: Database) -> None:
    async with database.writing() as session:
        await an_asked_person(session)
        await delivered(session, (await a_claimed_reminder(session)).id)
        assert await invitations.last_delivered(session, WORKSPACE, ["U1"]) == {"U1": MONDAY}


async def test_somebody_slack_refused_is_not_reminded_until_they_are_asked_again(database: Database) -> None:
    again = MONDAY + DAY
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await reminders.plan_reminders(session, invitation, [DUE])
        await delivery.record_failed(session, Invitation, invitation.id, "channel_not_found")
        assert await due(session) == []
        await invitations.resend_failed(session, wave.id, again)
        await claims.claim_invitation(session, invitation.id, again)
        await reminders.plan_reminders(session, invitation, [DUE + DAY])
        await invitations.record_delivered(session, invitation.id, "D1", "1.1", again)
        assert await due(session) == []
        (reminder,) = await due(session, DUE + DAY)
    assert reminder.number == 1


async def test_a_reminder_that_went_out_does_not_come_back_when_the_question_is_asked_again(
    database: Database,
) -> None:
    async with database.writing() as session:
        invitation = await an_asked_person(session, DUE, DUE + DAY)
        await delivered(session, (await a_claimed_reminder(session)).id)
        await reminders.plan_reminders(session, invitation, [DUE + DAY, DUE + 2 * DAY])
        assert await due(session, DUE + DAY) == []
        (second,) = await due(session, DUE + 2 * DAY)
    assert second.number == 2


@pytest.mark.parametrize(
    ("recording", "state"),
    [
        (delivered, ReminderState.DELIVERED),
        (failed, ReminderState.FAILED),
        (uncertain, ReminderState.UNCERTAIN),
        (put_back, ReminderState.PLANNED),
    ],
)
async def test_what_slack_said_is_recorded_on_a_claimed_reminder(
    database: Database, recording: Recording, state: ReminderState
) -> None:
    async with database.writing() as session:
        await an_asked_person(session)
        reminder = await a_claimed_reminder(session)
        await recording(session, reminder.id)
        assert len(await due(session)) == (state is ReminderState.PLANNED)
    async with database.reading() as session:
        stored = await session.get_one(Reminder, reminder.id)
    assert stored.state is state
    assert stored.code == ("account_inactive" if state is ReminderState.FAILED else None)


async def test_a_reminder_of_which_nobody_knows_is_never_repeated_but_a_late_reply_settles_it(
    database: Database,
) -> None:
    async with database.writing() as session:
        await an_asked_person(session)
        reminder = await a_claimed_reminder(session)
        assert await delivery.mark_abandoned(session, Reminder, DUE) == 0
        assert await delivery.mark_abandoned(session, Reminder, DUE + TICK) == 1
        await put_back(session, reminder.id)
        assert await due(session) == []
        await delivered(session, reminder.id)
        await failed(session, reminder.id)
    async with database.reading() as session:
        stored = await session.get_one(Reminder, reminder.id)
    assert (stored.state, stored.message_ts) == (ReminderState.DELIVERED, "2.2")


async def test_needless_reminders_are_cleared_away_and_the_others_stay(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2", "U3"])
        invited = await invitations_of(session, wave)
        for invitation in invited.values():
            await claims.claim_invitation(session, invitation.id, MONDAY)
            await reminders.plan_reminders(session, invitation, [DUE, DUE + DAY])
            await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        await store_taps(session, [a_tap(invited["U1"], 9)], MONDAY)
        assert await reminders.drop_needless(session, DUE) == 1
        assert await reminders.drop_needless(session, DUE) == 0
        assert len(await due(session)) == 2
        await close_wave(session, wave.id, MONDAY)
        assert (await session.exec(select(Reminder))).all() == []


async def test_a_survey_that_reminds_nobody_plans_nothing(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"], survey=await a_stored_survey(session, reminders=0))
        await reminders.plan_reminders(session, (await invitations_of(session, wave))["U1"], [])
        await delivery.postpone(session, Reminder, {})
        assert (await session.exec(select(Reminder))).all() == []


async def test_the_state_of_the_invitation_decides_not_the_list(database: Database) -> None:
    """Delivered and uncertain are reminded; what is planned, claimed, answered, failed or expired is not."""
    async with database.writing() as session:
        invitation = await an_asked_person(session)
        reminded = set()
        for state in InvitationState:
            invitation.state = state
            await session.flush()
            if await due(session):
                reminded.add(state)
    assert reminded == {InvitationState.DELIVERED, InvitationState.UNCERTAIN}
