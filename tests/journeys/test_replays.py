"""A request is accepted once, also by a process that was started after it, or beside the one that took it."""

from urllib.parse import urlencode

from bot.kit.request.admitting import forget_stale_requests
from bot.sandbox.driving import payloads
from bot.sandbox.driving.post import signed
from storage.tables import SeenRequest
from tests.journeys.office import ALICE, GENERAL, MAYA, Office, listeners_finish
from tests.journeys.stored import Said
from tests.journeys.test_forged import FORM, a_tap


def headers_of(office: Office, body: str) -> dict[str, str]:
    return FORM | signed(office.slack.signing_secret, body)


async def test_a_restarted_process_accepts_no_tap_of_before(office_on_each: Office) -> None:
    office = office_on_each
    body = await a_tap(office, 2)
    headers = headers_of(office, body)
    assert (await office.driver.raw_post(body, headers)).status == 200
    await office.slack.until(lambda: "You chose 2" in office.question(ALICE).text)
    await office.driver.click(ALICE, office.question(ALICE), "answer.change")
    await office.slack.until(lambda: "Tap another number" in office.question(ALICE).text)
    await office.tap(ALICE, 9)

    async with office.another_app() as restarted:
        office.slack.request_url = restarted.web
        replay = await office.driver.raw_post(body, headers)

    assert replay.status == 401
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_another_process_accepts_no_command_again(office: Office) -> None:
    await office.ask_everyone()
    fields = payloads.slash_command(office.slack, MAYA, GENERAL, "/nps", "close Acme")
    body = urlencode(fields)
    headers = headers_of(office, body)
    assert (await office.driver.raw_post(body, headers)).status == 200
    await listeners_finish()
    seen = await office.rows(SeenRequest)

    async with office.another_app() as other:
        office.slack.request_url = other.web
        replay = await office.driver.raw_post(body, headers)
        await listeners_finish()

    assert replay.status == 401
    assert await office.rows(SeenRequest) == seen != []


async def test_signatures_are_forgotten_when_they_are_stale(office: Office) -> None:
    await a_tap(office, 2)
    await office.tap(ALICE, 3)
    await forget_stale_requests(office.app.services)
    assert len(await office.rows(SeenRequest)) > 0

    office.clock.forward(days=400)
    await forget_stale_requests(office.app.services)

    assert await office.rows(SeenRequest) == []
