"""Reminders: to people who have not answered, below the same message, in their hours, and never one too many."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.records import Message
from storage.tables import Reminder
from storage.words import InvitationState, ReminderState
from tests.journeys.hands import POST, STOP, actions, click, go_to, posts_to, put_off, state_of
from tests.journeys.office import ALICE, ASKED, CHEN, MAYA, MONDAY, Office
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow

HALF_TIME = MONDAY + timedelta(days=7)
LAST_HOUR = MONDAY + timedelta(days=14, hours=-1)
ONLY = "This is the only reminder."
LAST = "This is the last reminder."


def reminders(office: Office, user: str) -> list[Message]:
    """Return the messages that remind this person, oldest first."""
    return [one for one in office.slack.direct_messages(user) if "You have not answered yet" in one.text]


def replies(office: Office, user: str) -> list[Message]:
    """Return what was said to this person below another message, in whatever language."""
    return [one for one in office.slack.direct_messages(user) if one.thread_ts]


async def test_one_reminder_comes_at_half_time_below_the_same_message(office: Office) -> None:
    await office.ask_everyone()
    asked = {user: office.question(user) for user in (ALICE, CHEN)}

    await go_to(office, HALF_TIME - timedelta(seconds=1))
    assert reminders(office, ALICE) == []
    await go_to(office, HALF_TIME)

    for user, question in asked.items():
        [reminder] = reminders(office, user)
        assert (reminder.channel, reminder.thread_ts) == (question.channel, question.ts)
        assert ONLY in reminder.text
        assert {"answer.score.0", "answer.score.10", STOP} <= actions(reminder)


async def test_two_reminders_come_at_a_third_and_two_thirds_each_in_working_hours(office: Office) -> None:
    await office.ask_everyone(reminders=2)

    # A third is Saturday at two in Johannesburg, two thirds a Wednesday at six in the evening.
    for due, told in (
        (datetime(2026, 11, 30, 7, tzinfo=UTC), 1),
        (datetime(2026, 12, 3, 7, tzinfo=UTC), 2),
    ):
        await go_to(office, due - timedelta(seconds=1))
        assert len(reminders(office, ALICE)) == told - 1
        await go_to(office, due)
        assert len(reminders(office, ALICE)) == told

    first, second = reminders(office, ALICE)
    assert LAST not in first.text
    assert LAST in second.text
    assert first.thread_ts == second.thread_ts == office.slack.direct_messages(ALICE)[0].ts


async def test_a_reminder_due_at_night_waits_for_each_persons_own_morning(office: Office) -> None:
    await office.ask_everyone(wave_days=3)  # half time is Tuesday, 20:00 in London
    mornings = {
        CHEN: datetime(2026, 11, 25, 1, tzinfo=UTC),
        ALICE: datetime(2026, 11, 25, 7, tzinfo=UTC),
        MAYA: datetime(2026, 11, 25, 8, tzinfo=UTC),
    }

    for user, morning in mornings.items():
        await go_to(office, morning - timedelta(seconds=1))
        assert len(replies(office, user)) == 0
        await go_to(office, morning)
        assert len(replies(office, user)) == 1


async def test_somebody_who_has_answered_is_not_reminded(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})

    await go_to(office, HALF_TIME)

    assert reminders(office, ALICE) == []
    assert len(reminders(office, CHEN)) == 1


async def test_without_reminders_nobody_is_reminded(office: Office) -> None:
    await office.ask_everyone(reminders=0)

    for day in range(1, 14):
        await go_to(office, MONDAY + timedelta(days=day))

    assert len(posts_to(office, ALICE)) == 1


async def test_a_clock_that_was_down_until_the_wave_had_closed_reminds_nobody(office: Office) -> None:
    await office.ask_everyone(reminders=2)

    await go_to(office, MONDAY + timedelta(days=14))

    assert len(posts_to(office, ALICE)) == 1


async def test_a_clock_that_was_down_over_both_reminders_sends_one(office: Office) -> None:
    await office.ask_everyone(reminders=2)

    await go_to(office, MONDAY + timedelta(days=11))
    await go_to(office, LAST_HOUR)

    assert len(reminders(office, ALICE)) == 1


async def test_a_wave_closed_early_reminds_nobody(office: Office) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "close")

    await go_to(office, HALF_TIME)

    assert len(posts_to(office, ALICE)) == 1


async def test_two_clocks_remind_each_person_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    office.clock.now = HALF_TIME

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
    await go_to(office, LAST_HOUR)

    assert {user: len(reminders(office, user)) for user in (ALICE, CHEN)} == {ALICE: 1, CHEN: 1}
    assert [one.state for one in await office.rows(Reminder)] == [ReminderState.DELIVERED] * len(ASKED)


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "server_error"])
async def test_after_an_uncertain_question_the_reminder_is_a_message_of_its_own(
    office_on_each: Office, fault: str
) -> None:
    office = office_on_each
    await office.open_wave()
    getattr(office.slack.faults, fault)(POST, to=ALICE)
    await office.tick()
    assert await state_of(office, ALICE) is InvitationState.UNCERTAIN

    await go_to(office, HALF_TIME)

    [reminder] = reminders(office, ALICE)
    assert reminder.thread_ts is None
    assert await state_of(office, ALICE) is InvitationState.DELIVERED
    await click(office, ALICE, reminder, "answer.score.4")
    assert await office.answers() == {ALICE: Said(4, None, ())}
    assert "You chose 4" in office.question(ALICE).text


async def test_waves_tells_how_many_of_the_uncertain_a_reminder_has_reached(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.drop_before(POST, to=ALICE)
    await office.tick()
    assert "For 1 person Slack never confirmed the message." in await office.command(MAYA, "waves")

    await go_to(office, HALF_TIME)

    told = await office.command(MAYA, "waves")
    assert "never confirmed" not in told
    assert "Sent to all 4 people." in told


async def test_a_tap_in_the_reminder_changes_both_messages_and_stores_once(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, HALF_TIME)

    await click(office, ALICE, office.question(ALICE), "answer.score.9")

    question, reminder = office.slack.direct_messages(ALICE)
    assert "You chose 9" in question.text
    assert "You chose 9" in reminder.text
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_a_tap_in_the_first_message_after_the_reminder_is_stored_too(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, HALF_TIME)
    question, _ = office.slack.direct_messages(ALICE)

    await click(office, ALICE, question, "answer.score.9")

    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert "You chose 9" in office.slack.direct_messages(ALICE)[0].text


async def test_an_answer_in_the_first_message_takes_the_buttons_of_the_reminder_away(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, HALF_TIME)

    await office.tap(ALICE, 9)
    await office.slack.until(lambda: "answer.score.0" not in actions(replies(office, ALICE)[0]))

    assert replies(office, ALICE)[0].text == office.question(ALICE).text


async def test_somebody_who_put_the_question_off_is_asked_again_before_they_are_reminded(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    await put_off(office, ALICE, "next_week")

    await go_to(office, datetime(2026, 11, 30, 7, tzinfo=UTC))
    await go_to(office, HALF_TIME)
    assert len(posts_to(office, ALICE)) == 2
    assert reminders(office, ALICE) == []

    # Half of what is left from then on is Thursday evening.
    friday = datetime(2026, 12, 4, 7, tzinfo=UTC)
    await go_to(office, friday - timedelta(seconds=1))
    assert reminders(office, ALICE) == []
    await go_to(office, friday)
    assert len(reminders(office, ALICE)) == 1


async def test_a_reminder_can_be_put_off_and_the_question_comes_again_without_another(
    office: Office,
) -> None:
    await office.ask_everyone()
    await go_to(office, HALF_TIME)

    await put_off(office, ALICE, "hour")
    for hours in (1, 24, 48, 72):
        await go_to(office, HALF_TIME + timedelta(hours=hours))

    assert len(posts_to(office, ALICE)) == 3


async def test_a_wave_of_one_day_reminds_once_and_only_where_morning_comes_before_it_closes(
    office: Office,
) -> None:
    await office.ask_everyone(wave_days=1, reminders=2)

    for hours in range(1, 24):
        await go_to(office, MONDAY + timedelta(hours=hours))

    assert [len(replies(office, user)) for user in (CHEN, ALICE, MAYA)] == [1, 1, 0]
