"""The other way in: the app calls Slack, and what people do travels down that wire."""

from collections.abc import AsyncIterator

import pytest

from tests.journeys.office import ALICE, BRUNO, MAYA, Office, listeners_finish
from tests.journeys.stored import Said


@pytest.fixture
async def wired_office(office: Office) -> AsyncIterator[Office]:
    """An office that Slack cannot reach over HTTP."""
    office.slack.request_url = None
    handler = office.app.socket(office.slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await office.slack.until(lambda: bool(office.slack.sockets))
    yield office
    await listeners_finish()
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_a_tap_and_its_reason_travel_down_the_wire(wired_office: Office) -> None:
    office = wired_office
    await office.ask_everyone()

    reply = await office.tap(BRUNO, 9)
    assert reply.status == 200
    assert await office.answers() == {BRUNO: Said(9, None, ())}

    await office.slack.until(lambda: office.slack.modal(BRUNO) is not None)
    await office.driver.submit(BRUNO, office.modal(BRUNO), {"comment": "Vite", "drivers": ["support"]})
    assert await office.answers() == {BRUNO: Said(9, "Vite", ("support",))}
    assert office.slack.modal(BRUNO) is None


async def test_a_form_with_an_error_and_a_command_travel_down_the_wire(wired_office: Office) -> None:
    office = wired_office

    await office.fill_in(name="help")

    assert set(office.modal(MAYA).errors) == {"name"}
    assert "/nps list" in await office.command(ALICE, "help")


async def test_app_home_is_published_down_the_wire(wired_office: Office) -> None:
    await wired_office.driver.open_home(ALICE)
    await listeners_finish()

    assert wired_office.slack.home(ALICE) is not None
