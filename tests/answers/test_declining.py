"""Ask me later: what it promises, and that it is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.words import InvitationState
from tests.journeys.hands import (
    AGAIN,
    LATER,
    NOW,
    STOP,
    actions,
    click,
    forged,
    go_to,
    home_of,
    posts_to,
    put_off,
    state_of,
)
from tests.journeys.office import ALICE, CHEN, MAYA, MONDAY, Office
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("later", "until", "told"),
    [
        ("hour", MONDAY + timedelta(hours=1), "Monday, November 23 at 11:00\u202fAM"),
        ("tomorrow", datetime(2026, 11, 24, 7, tzinfo=UTC), "Tuesday, November 24 at 9:00\u202fAM"),
        ("next_week", datetime(2026, 11, 30, 7, tzinfo=UTC), "Monday, November 30 at 9:00\u202fAM"),
    ],
)
async def test_a_question_put_off_says_until_when_and_comes_again_then_once_and_not_before(
    office_on_each: Office, later: str, until: datetime, told: str
) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=0)

    await put_off(office, ALICE, later)

    assert office.question(ALICE).text.endswith(f"I will ask you again on {told}.")
    await go_to(office, until - timedelta(seconds=1))
    assert len(posts_to(office, ALICE)) == 1
    await go_to(office, until)
    await go_to(office, until + timedelta(hours=1))
    assert len(posts_to(office, ALICE)) == 2
    assert "answer.score.9" in actions(office.question(ALICE))


async def test_an_hour_that_would_end_after_work_means_the_next_morning_and_is_offered_as_tomorrow(
    office: Office,
) -> None:
    office.clock.now = MONDAY + timedelta(minutes=30)  # half past four in Shanghai
    await office.ask_everyone(reminders=0)
    invitation = (await office.invitations())[CHEN].id

    with pytest.raises(LookupError):
        await put_off(office, CHEN, "hour")
    old = forged(office.question(CHEN), LATER, f"{invitation}:hour")
    await click(office, CHEN, old, LATER, f"{invitation}:hour")

    morning = datetime(2026, 11, 24, 1, tzinfo=UTC)
    await go_to(office, morning - timedelta(seconds=1))
    assert len(posts_to(office, CHEN)) == 1
    await go_to(office, morning)
    assert len(posts_to(office, CHEN)) == 2


async def test_answer_now_shows_the_buttons_at_once_and_a_tap_ends_the_asking(
    office: Office,
) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "tomorrow")

    await click(office, ALICE, office.question(ALICE), NOW)
    assert {"answer.score.0", "answer.score.10", LATER, STOP} <= actions(office.question(ALICE))
    await office.answer({ALICE: 9})

    await go_to(office, datetime(2026, 11, 24, 9, tzinfo=UTC))
    await go_to(office, datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert len(posts_to(office, ALICE)) == 1
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_somebody_who_looks_again_and_leaves_it_is_still_asked_at_the_promised_time(
    office: Office,
) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "hour")
    await click(office, ALICE, office.question(ALICE), NOW)

    await go_to(office, MONDAY + timedelta(hours=1))

    assert len(posts_to(office, ALICE)) == 2


async def test_a_tap_in_the_question_that_came_again_changes_both_messages_and_stores_once(
    office: Office,
) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "hour")
    await go_to(office, MONDAY + timedelta(hours=1))

    await click(office, ALICE, office.question(ALICE), "answer.score.8")

    assert await office.answers() == {ALICE: Said(8, None, ())}
    first, second = office.slack.direct_messages(ALICE)
    assert "You chose 8" in first.text
    assert "You chose 8" in second.text


async def test_a_question_can_be_put_off_again_and_again(office: Office) -> None:
    await office.ask_everyone()

    for hour in (1, 2, 3):
        await put_off(office, ALICE, "hour")
        await go_to(office, MONDAY + timedelta(hours=hour))

    assert len(posts_to(office, ALICE)) == 4
    *older, newest = office.slack.direct_messages(ALICE)
    assert [actions(one) for one in older] == [set()] * 3
    assert {one.text.splitlines()[-1] for one in older} == {
        "I have asked you again in a newer message, below."
    }
    assert "answer.score.9" in actions(newest)


async def test_once_answered_no_message_of_a_question_put_off_twice_can_be_used_but_to_change_it(
    office: Office,
) -> None:
    await office.ask_everyone(reminders=0)
    for hour in (1, 2):
        await put_off(office, ALICE, "hour")
        await go_to(office, MONDAY + timedelta(hours=hour))

    await office.answer({ALICE: 9})

    first, second, third = office.slack.direct_messages(ALICE)
    assert "You chose 9" in first.text
    assert "newer message" in second.text
    assert actions(second) == set()
    assert "You chose 9" in third.text


async def test_where_an_opt_out_is_taken_back_only_the_newest_message_asks(office: Office) -> None:
    await office.ask_everyone(reminders=0)
    await put_off(office, ALICE, "hour")
    await go_to(office, MONDAY + timedelta(hours=1))
    await click(office, ALICE, await home_of(office, ALICE), STOP)

    await click(office, ALICE, await home_of(office, ALICE), AGAIN)

    first, second = office.slack.direct_messages(ALICE)
    assert "newer message" in first.text
    assert "answer.score.9" in actions(second)


async def test_slack_refusing_to_retire_a_message_holds_up_nothing(office: Office) -> None:
    await office.ask_everyone(reminders=0)
    await put_off(office, ALICE, "hour")
    office.slack.faults.answer("chat.update", "message_not_found", times=9)

    await go_to(office, MONDAY + timedelta(hours=1))

    assert "answer.score.9" in actions(office.question(ALICE))
    assert await state_of(office, ALICE) is InvitationState.DELIVERED


async def test_only_what_ends_before_the_wave_does_is_offered(office: Office) -> None:
    await office.ask_everyone(wave_days=1)

    assert [option["text"]["text"] for option in later_menu(office, ALICE)] == [
        "In an hour",
        "Tomorrow, 9:00\u202fAM",
    ]
    # In Paris nine o'clock tomorrow is when the wave closes.
    assert [option["text"]["text"] for option in later_menu(office, MAYA)] == ["In an hour"]


async def test_a_question_put_off_from_app_home_waits_too(office: Office) -> None:
    await office.ask_everyone(reminders=0)
    invitation = (await office.invitations())[ALICE].id

    await click(office, ALICE, await home_of(office, ALICE), LATER, f"{invitation}:hour")

    assert await state_of(office, ALICE) is InvitationState.PLANNED
    await go_to(office, MONDAY + timedelta(hours=1))
    assert len(posts_to(office, ALICE)) == 2


async def test_a_question_put_off_in_app_home_before_it_was_sent_does_not_come_before_its_time(
    office: Office,
) -> None:
    await office.open_wave()
    invitation = (await office.invitations())[ALICE].id
    await click(office, ALICE, await home_of(office, ALICE), LATER, f"{invitation}:tomorrow")

    await office.tick()
    assert posts_to(office, ALICE) == []
    await go_to(office, datetime(2026, 11, 24, 7, tzinfo=UTC))
    assert len(posts_to(office, ALICE)) == 1


def later_menu(office: Office, user: str) -> list[dict[str, dict[str, str]]]:
    [menu] = [
        element
        for block in office.question(user).blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == LATER
    ]
    return list(menu["options"])
