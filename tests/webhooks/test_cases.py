"""Programs elsewhere hear that a case opens, is taken and closes, and nothing of the person or what they said."""

from collections.abc import AsyncIterator

import jsonschema
import pytest

from bot.webhooks import subscribing
from bot.webhooks.views import payload
from storage.tables import WebhookTelling
from storage.words import Event, Kind
from tests.cases.follow_up import CARE, REOPEN, TAKE, WITHDRAW, WORDS, a_case, answer, ask, close, press
from tests.journeys.hands import click, home_of
from tests.journeys.office import ALICE, CHEN, MAYA, Office
from tests.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.slow

OF_CASES = (Event.CASE_OPENED, Event.CASE_TAKEN, Event.CASE_CLOSED)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening(Receiver()) as one:
        yield one


async def subscribe(office: Office, receiver: Receiver) -> None:
    await subscribing.add(office.app.services, receiver.url, OF_CASES, may_be_private=True)


async def test_a_case_is_told_from_opening_to_closing_and_opening_again(
    office_on_each: Office, receiver: Receiver
) -> None:
    office = office_on_each
    await subscribe(office, receiver)

    await a_case(office)
    await press(office, CHEN, TAKE)
    await close(office, CHEN, note="Called back.", cause="slow")
    await office.tick()
    await press(office, CHEN, REOPEN)
    await office.tick()

    assert receiver.types == ["case.opened", "case.taken", "case.closed", "case.opened"]
    last = receiver.heard[2]["data"]
    assert (last["survey"], last["wave"], last["case"]) == ("Acme", 1, 1)
    assert (last["state"], last["cause"]) == ("closed", "slow")
    assert receiver.heard[3]["data"]["state"] == "taken"
    for event in receiver.heard:
        jsonschema.validate(event["data"], payload.schemas()[event["type"]])
    told = b"".join(receiver.bodies).decode()
    hidden = (ALICE, "alice", CHEN, WORDS, "Called back", CARE, '"score"')
    assert [one for one in hidden if one in told] == []


async def test_of_employees_no_cause_is_told(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    await ask(office)
    async with office.books.writing() as session:
        for wave in [await office.newest_wave()]:
            wave.kind = Kind.EMPLOYEES
            await session.merge(wave)
    await answer(office)
    await office.tick()
    await close(office, MAYA, cause="slow")
    await office.tick()

    assert receiver.types == ["case.opened", "case.closed"]
    assert [one["data"]["cause"] for one in receiver.heard] == [None, None]


async def test_a_consent_that_was_taken_back_before_it_was_told_is_told_as_closed_alone(
    office: Office, receiver: Receiver
) -> None:
    await ask(office)
    await subscribe(office, receiver)
    await answer(office)
    await click(office, ALICE, await home_of(office, ALICE), WITHDRAW)

    await office.tick()

    assert receiver.types == ["case.closed"]
    assert [one.event for one in await office.rows(WebhookTelling)] == [Event.CASE_CLOSED]


async def test_two_takers_make_one_event(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    await a_case(office)
    await press(office, CHEN, TAKE)
    await press(office, MAYA, "case.contacted")
    await office.tick()

    assert receiver.types == ["case.opened", "case.taken"]
