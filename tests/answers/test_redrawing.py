"""Closed questions look closed: their messages lose their buttons, a few at a time, when nothing else is to be sent."""

import asyncio
from datetime import timedelta

import pytest

from bot.answers.redrawing import AT_ONCE, SPACING, redraw_questions
from storage.audience import Audience
from storage.tables import Wave
from tests.journeys.hands import AGAIN, NOW, STOP, actions, click, colleagues, go_to, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

UPDATE = "chat.update"


async def test_when_a_wave_closes_its_messages_lose_their_buttons_and_answers_say_they_stand(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.command(MAYA, "close")
    await office.tick()

    alice, bruno, chen = (office.question(user) for user in (ALICE, BRUNO, CHEN))
    assert actions(alice) | actions(bruno) | actions(chen) == set()
    assert "The question closed on Monday, November 23" in alice.text
    assert "La question s’est fermée" in bruno.text
    assert chen.text.endswith("This question is closed.")
    assert [wave.redraw_after for wave in await office.rows(Wave)] == [None]


async def test_who_wants_no_more_questions_keeps_the_button_that_undoes_it(office: Office) -> None:
    await office.ask_everyone()
    await click(office, ALICE, await home_of(office, ALICE), STOP)
    await office.command(MAYA, "close")
    await office.tick()

    assert actions(office.question(ALICE)) == {AGAIN}
    assert "I will not ask you again, in any survey." in office.question(ALICE).text


async def test_reminders_look_closed_too(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, MONDAY + timedelta(days=8))
    await go_to(office, MONDAY + timedelta(days=14))

    texts = [one.text for one in office.slack.direct_messages(CHEN)]
    assert len(texts) == 2
    assert all(text.endswith("This question is closed.") for text in texts)


async def test_it_goes_a_few_at_a_time_and_waves_tells_how_many_are_left(office: Office) -> None:
    crowd = colleagues(office, 20)
    await office.ask_everyone(audience=Audience(people=tuple(crowd)))
    await office.command(MAYA, "close")
    await office.tick()

    assert "The questions of 12 people still have their buttons" in await office.typed(MAYA, "waves")
    await office.tick()  # at the same moment
    assert len(changed(office, crowd)) == AT_ONCE
    for _ in range(3):
        office.clock.now += SPACING
        await office.tick()
    assert changed(office, crowd) == set(crowd)
    assert "buttons" not in await office.typed(MAYA, "waves")


async def test_whatever_clocks_run_each_message_is_changed_once(office_on_each: Office) -> None:
    office = office_on_each
    crowd = colleagues(office, 20)
    await office.ask_everyone(audience=Audience(people=tuple(crowd)))
    await office.command(MAYA, "close")

    async with office.another_app() as other:
        for _ in range(4):
            await asyncio.gather(redraw_questions(office.app.services), redraw_questions(other.services))
            office.clock.now += SPACING

    asked = {office.question(user).ts for user in crowd}
    changes = [one.arguments["ts"] for one in office.calls(UPDATE) if one.arguments["ts"] in asked]
    assert sorted(changes) == sorted(asked)


async def test_where_slack_takes_nothing_it_goes_on_later_and_what_is_gone_is_passed_over(
    office: Office,
) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "close")
    office.slack.forget(office.question(ALICE))
    office.slack.faults.answer(UPDATE, "service_unavailable")
    await redraw_questions(office.app.services)
    assert [wave.redraw_after for wave in await office.rows(Wave)] != [None]

    for _ in range(2):
        office.clock.now += SPACING
        await redraw_questions(office.app.services)
    assert [wave.redraw_after for wave in await office.rows(Wave)] == [None]
    assert actions(office.question(CHEN)) == set()


async def test_it_waits_while_anything_is_to_be_sent(office: Office) -> None:
    await office.ask_everyone("Acme")
    await office.command(MAYA, "close Acme")
    await office.open_wave("Beta", audience=Audience(people=(CHEN,)))

    await redraw_questions(office.app.services)

    assert actions(office.question(ALICE)) != set()


async def test_a_reopened_wave_gives_the_buttons_back(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close")
    await office.tick()

    await office.command(MAYA, "reopen")
    office.clock.now += SPACING
    await office.tick()

    assert "answer.score.9" in actions(office.question(CHEN))
    assert "answer.change" in actions(office.question(ALICE))


@pytest.mark.parametrize("again", ["hour", "tomorrow"])
async def test_put_off_in_app_home_the_message_says_so_too(office: Office, again: str) -> None:
    await office.ask_everyone()
    value = f"{(await office.invitations())[ALICE].id}:{again}"

    await click(office, ALICE, await home_of(office, ALICE), "invitation.later", value)

    assert "I will ask you again on" in office.question(ALICE).text
    assert actions(office.question(ALICE)) == {NOW}


def changed(office: Office, people: list[str]) -> set[str]:
    return {user for user in people if not actions(office.question(user))}
