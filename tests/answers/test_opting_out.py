"""Don't ask me again: nothing more comes, and all of it does once somebody has thought better of it."""

from datetime import timedelta

import pytest

from storage.tables import Reminder, Wave
from storage.words import LeftOutBecause
from tests.journeys.hands import AGAIN, STOP, actions, click, go_to, home_of, posts_to, put_off
from tests.journeys.office import ALICE, BRUNO, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

NO_MORE = "I will not ask you again, in any survey."


async def test_people_who_want_no_more_questions_get_none_neither_reminders_nor_those_that_wait(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await ask_twice(office)
    await put_off(office, ALICE, "tomorrow")
    first, _ = office.slack.direct_messages(ALICE)

    await click(office, ALICE, first, STOP)

    message, _ = office.slack.direct_messages(ALICE)
    assert message.text == NO_MORE
    assert actions(message) == {AGAIN}
    for day in range(14):
        await go_to(office, MONDAY + timedelta(days=day))
    assert len(posts_to(office, ALICE)) == 2
    assert len(posts_to(office, BRUNO)) == 4


async def test_the_next_wave_leaves_out_who_wants_no_more_and_tells_the_manager_how_many(
    office: Office,
) -> None:
    await office.ask_everyone()
    await click(office, ALICE, await home_of(office, ALICE), STOP)
    await office.command(MAYA, "close")
    office.clock.forward(days=91)

    await office.command(MAYA, "open Acme")
    await office.tick()

    assert [wave.left_out.get(LeftOutBecause.OPTED_OUT) for wave in await office.rows(Wave)] == [None, 1]
    assert len(posts_to(office, ALICE)) == 1
    assert "1 who was asked lately or wants no questions" in "\n".join(
        one.text for one in office.read_by(MAYA)
    )


async def test_app_home_tells_of_the_wish_and_takes_it_back(office: Office) -> None:
    await office.open_wave()

    await click(office, ALICE, await home_of(office, ALICE), STOP)
    stopped = office.slack.home(ALICE)
    assert stopped is not None
    assert AGAIN in actions(stopped)
    assert STOP not in actions(stopped)
    await office.tick()
    assert posts_to(office, ALICE) == []

    await click(office, ALICE, stopped, AGAIN)
    asked_again = office.slack.home(ALICE)
    assert asked_again is not None
    assert STOP in actions(asked_again)
    await office.tick()
    assert len(posts_to(office, ALICE)) == 1


async def test_ask_me_again_in_the_message_brings_back_what_waited_and_its_reminders(office: Office) -> None:
    await ask_twice(office)
    await put_off(office, ALICE, "hour")
    first, _ = office.slack.direct_messages(ALICE)
    await click(office, ALICE, first, STOP)
    await go_to(office, MONDAY + timedelta(hours=2))
    assert len(posts_to(office, ALICE)) == 2

    stopped, _ = office.slack.direct_messages(ALICE)
    await click(office, ALICE, stopped, AGAIN)
    await office.tick()
    assert len(posts_to(office, ALICE)) == 3
    assert office.slack.direct_messages(ALICE)[0].text.startswith("Thank you, I will ask you again.")

    await go_to(office, MONDAY + timedelta(days=8))
    assert len(posts_to(office, ALICE)) == 5


async def test_a_question_put_off_and_then_unwanted_does_not_come_and_comes_when_wanted_again(
    office: Office,
) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "hour")
    await click(office, ALICE, await home_of(office, ALICE), STOP)

    await go_to(office, MONDAY + timedelta(hours=2))
    assert len(posts_to(office, ALICE)) == 1
    await click(office, ALICE, await home_of(office, ALICE), AGAIN)
    await office.tick()
    assert len(posts_to(office, ALICE)) == 2


async def test_a_wish_said_twice_is_one_wish(office: Office) -> None:
    await office.ask_everyone()
    old = office.question(ALICE)

    for _ in range(2):
        await click(office, ALICE, old, STOP)
    await click(office, ALICE, office.slack.direct_messages(ALICE)[0], AGAIN)

    assert STOP in actions(await home_of(office, ALICE))
    assert await office.rows(Reminder) != []


async def ask_twice(office: Office) -> None:
    """Ask everyone two questions at the same time, each with one reminder."""
    await office.open_wave("Acme")
    await office.open_wave("Beta")
    await office.tick()


async def test_a_wish_said_in_app_home_shows_in_the_open_messages_at_once_and_so_does_its_end(
    office: Office,
) -> None:
    await office.ask_everyone("First")
    await office.ask_everyone("Second")
    [first, second] = office.slack.direct_messages(ALICE)[-2:]

    def shown() -> list[set[str]]:
        now = {one.ts: actions(one) for one in office.slack.direct_messages(ALICE)}
        return [now[first.ts], now[second.ts]]

    await click(office, ALICE, await home_of(office, ALICE), STOP)
    assert shown() == [{AGAIN}, {AGAIN}]

    await click(office, ALICE, await home_of(office, ALICE), AGAIN)
    assert all("answer.score.9" in one for one in shown())
