"""Reminders that Slack refuses, loses or is too busy for, and reminders of a paused wave."""

import pytest

from storage.tables import Reminder
from storage.words import InvitationState, ReminderState
from tests.delivery.test_reminding import HALF_TIME, LAST_HOUR, reminders, replies
from tests.journeys.hands import POST, go_to, state_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("code", ["account_inactive", "user_not_found", "cannot_reply_to_message"])
async def test_a_reminder_that_slack_refuses_is_recorded_and_the_others_go_out(
    office: Office, code: str
) -> None:
    await office.ask_everyone()
    office.slack.faults.answer(POST, code, to=ALICE)

    await go_to(office, HALF_TIME)
    await go_to(office, LAST_HOUR)

    people = {row.id: user for user, row in (await office.invitations()).items()}
    refused = [
        (people[one.invitation_id], one.code)
        for one in await office.rows(Reminder)
        if one.state is ReminderState.FAILED
    ]
    assert refused == [(ALICE, code)]
    assert await state_of(office, ALICE) is InvitationState.DELIVERED
    assert [len(replies(office, user)) for user in (ALICE, BRUNO, CHEN)] == [0, 1, 1]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
async def test_a_reminder_is_never_repeated_when_its_reply_is_lost(office: Office, fault: str) -> None:
    await office.ask_everyone()
    getattr(office.slack.faults, fault)(POST, to=CHEN)

    await go_to(office, HALF_TIME)
    await go_to(office, LAST_HOUR)

    assert len(reminders(office, CHEN)) == (1 if fault == "drop_after" else 0)
    assert [one.state for one in await office.rows(Reminder)].count(ReminderState.UNCERTAIN) == 1


async def test_a_reminder_that_slack_was_too_busy_for_goes_out_at_the_next_look(office: Office) -> None:
    await office.ask_everyone()
    office.slack.faults.answer(POST, "service_unavailable", to=CHEN)

    await go_to(office, HALF_TIME)
    await office.tick()

    assert len(reminders(office, CHEN)) == 1
    assert len(reminders(office, ALICE)) == 1


async def test_a_paused_wave_reminds_nobody_until_it_goes_on(office: Office) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "pause Acme")

    await go_to(office, HALF_TIME)
    assert reminders(office, ALICE) == []
    await office.command(MAYA, "resume Acme")
    await office.tick()
    assert len(reminders(office, ALICE)) == 1
