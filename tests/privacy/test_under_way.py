"""Somebody erases themselves while a message about them is on its way to Slack: it comes to say so all the same."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.kit.people import Who
from bot.privacy.erasing import erase, redraw_erased
from bot.sandbox.failures.faults import Fault
from storage.tables import ErasedMessage
from tests.cases.follow_up import CARE, TAKE, answer, ask, cards, press
from tests.journeys.hands import go_to
from tests.journeys.office import ALICE, CHEN, MAYA, MONDAY, Office, listeners_finish

pytestmark = pytest.mark.slow

POST, UPDATE = "chat.postMessage", "chat.update"
ERASED, ERASED_ELSEWHERE = "What stood here was erased, as you wished.", "What stood here was erased."


async def erase_during(office: Office, held: Fault, doing: Callable[[], Awaitable[object]]) -> None:
    """Erase Alice while Slack has yet to take this call, draw what can be drawn then, and let Slack take it."""
    under_way = asyncio.ensure_future(doing())
    await office.slack.until(lambda: held.struck == 1)
    services = office.app.services
    await erase(services, Who(services.workspace_id, ALICE))
    await redraw_erased(services)
    held.let_go.set()
    await under_way
    await listeners_finish()


async def minutes_pass(office: Office) -> None:
    for _ in range(2):
        office.clock.forward(minutes=6)
        await office.tick()
    assert await office.rows(ErasedMessage) == []


def read_by(office: Office, user: str) -> list[str]:
    return [one.text for one in office.slack.direct_messages(user)]


async def test_the_card_of_a_case_that_is_being_posted(office_on_each: Office) -> None:
    office = office_on_each
    await ask(office)
    await answer(office)
    await erase_during(office, office.slack.faults.hold(POST, to=CARE), office.tick)
    await minutes_pass(office)
    assert [one.text for one in cards(office)] == [ERASED_ELSEWHERE]


async def test_the_card_of_a_case_that_is_being_drawn_again(office_on_each: Office) -> None:
    office = office_on_each
    await ask(office)
    await answer(office)
    await office.tick()
    held = office.slack.faults.hold(UPDATE, to=CARE)
    await erase_during(office, held, lambda: press(office, CHEN, TAKE))
    await minutes_pass(office)
    assert [one.text for one in cards(office)] == [ERASED_ELSEWHERE]


async def test_the_message_that_says_who_will_write(office_on_each: Office) -> None:
    office = office_on_each
    await ask(office)
    await answer(office)
    await office.tick()
    held = office.slack.faults.hold(POST, to=ALICE)
    await erase_during(office, held, lambda: press(office, CHEN, TAKE))
    await minutes_pass(office)
    assert read_by(office, ALICE) == [ERASED, ERASED]


async def test_a_question_that_is_being_posted(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    await erase_during(office, office.slack.faults.hold(POST, to=ALICE), office.tick)
    await minutes_pass(office)
    assert read_by(office, ALICE) == [ERASED]


async def test_a_reminder_that_is_being_posted(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    held = office.slack.faults.hold(POST, to=ALICE)
    await erase_during(office, held, lambda: go_to(office, MONDAY + timedelta(days=8)))
    await minutes_pass(office)
    assert read_by(office, ALICE) == [ERASED, ERASED]


async def test_what_was_chosen_when_its_wave_closes(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close")
    await erase_during(office, office.slack.faults.hold(UPDATE, to=ALICE), office.tick)
    await minutes_pass(office)
    assert read_by(office, ALICE) == [ERASED]


async def test_what_was_chosen_just_now(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    held = office.slack.faults.hold("response_url", to=ALICE)
    await erase_during(office, held, lambda: office.tap(ALICE, 9))
    await minutes_pass(office)
    assert read_by(office, ALICE) == [ERASED]
