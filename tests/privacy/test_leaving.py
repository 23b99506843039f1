"""The app is removed from Slack, or its token revoked: nothing more is sent, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.sandbox.driving import payloads
from bot.sandbox.driving.deliver import deliver_event
from storage.tables import Outage, Survey
from tests.journeys.office import ALICE, Office, listeners_finish

REMOVED: list[dict[str, object]] = [
    {"type": "app_uninstalled"},
    {"type": "tokens_revoked", "tokens": {"bot": ["U0NPSBOT"]}},
]


@pytest.mark.parametrize("event", REMOVED, ids=["app_uninstalled", "tokens_revoked"])
async def test_from_that_moment_on_nothing_is_sent(office_on_each: Office, event: dict[str, object]) -> None:
    office = office_on_each
    await office.open_wave()

    await office.driver.event(event)
    await listeners_finish()
    await office.tick()

    assert office.asked(ALICE) == 0
    [outage] = await office.rows(Outage)
    assert (outage.code, outage.stopped_at) == ("token_revoked", office.clock.now)
    assert len(await office.rows(Survey)) == 1


async def test_where_the_token_works_all_the_same_it_goes_on(office: Office) -> None:
    await office.open_wave()
    await office.driver.event(REMOVED[0])
    await listeners_finish()
    await office.live_until(office.clock.now + timedelta(minutes=3), minutes=1)
    assert office.asked(ALICE) == 1


async def test_a_person_s_token_is_none_of_ours(office: Office) -> None:
    await office.driver.event({"type": "tokens_revoked", "tokens": {"oauth": [ALICE], "bot": []}})
    await listeners_finish()
    assert await office.rows(Outage) == []


async def test_another_company_s_removal_stops_nothing_here(office: Office) -> None:
    body = payloads.event_callback(office.slack, REMOVED[0])
    body["team_id"] = "T0OTHER"
    body["authorizations"] = [{"team_id": "T0OTHER", "user_id": "U0NPSBOT", "is_bot": True}]
    await deliver_event(office.slack, body)
    await listeners_finish()
    assert await office.rows(Outage) == []


@pytest.mark.parametrize("tokens", [None, "all", {"bot": "U1"}, {}])
async def test_an_event_that_names_no_token_stops_nothing(office: Office, tokens: object) -> None:
    await office.driver.event({"type": "tokens_revoked", "tokens": tokens})
    await listeners_finish()
    assert await office.rows(Outage) == []
