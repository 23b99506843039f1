"""The first request after a start, while Slack itself is in trouble."""

import pytest

from tests.journeys.office import ALICE, Office, listeners_finish
from tests.journeys.stored import Said


@pytest.mark.parametrize("fault", ["rate_limit", "server_error"])
async def test_the_first_tap_is_stored_though_slack_answers_nothing_just_then(
    office: Office, fault: str
) -> None:
    await office.ask_everyone()
    async with office.another_app() as restarted:
        office.slack.request_url = restarted.web
        getattr(office.slack.faults, fault)("auth.test", times=9)

        reply = await office.tap(ALICE, 9)
        await listeners_finish()

    assert reply.status == 200
    assert await office.answers() == {ALICE: Said(9, None, ())}
