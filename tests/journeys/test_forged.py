"""What Slack did not sign, freshly and for the first time, changes nothing."""

import asyncio
import json
import time
from urllib.parse import urlencode

import pytest

from bot.sandbox.driving.payloads import block_actions
from bot.sandbox.driving.post import signed
from bot.sandbox.records import Json
from tests.journeys.office import ALICE, Office
from tests.journeys.stored import Said

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def a_tap(office: Office, score: int = 9) -> str:
    """Return the body of a tap that would count, were it signed."""
    await office.ask_everyone()
    button: Json = {
        "type": "button",
        "action_id": f"answer.score.{score}",
        "block_id": "b",
        "value": f"{(await office.invitations())[ALICE].id}:{score}",
    }
    payload = block_actions(office.slack, ALICE, office.question(ALICE), button, {})
    return urlencode({"payload": json.dumps(payload)})


async def test_a_signed_tap_counts(office: Office) -> None:
    body = await a_tap(office)

    reply = await office.driver.raw_post(body, FORM | signed(office.slack.signing_secret, body))

    assert reply.status == 200
    assert await office.answers() == {ALICE: Said(9, None, ())}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=é", "X-Slack-Request-Timestamp": str(int(time.time()))},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Signature": "v0=" + "0" * 64, "X-Slack-Request-Timestamp": "9" * 5000},
    ],
    ids=["unsigned", "no time", "no ascii", "no number", "a huge number", "too huge a number"],
)
async def test_an_unsigned_tap_is_turned_away(office: Office, headers: dict[str, str]) -> None:
    body = await a_tap(office)

    reply = await office.driver.raw_post(body, FORM | headers)

    assert reply.status == 401
    assert await office.answers() == {}


async def test_a_tap_signed_with_another_secret_is_turned_away(office: Office) -> None:
    body = await a_tap(office)

    reply = await office.driver.raw_post(body, FORM | signed("somebody else's secret", body))

    assert reply.status == 401
    assert await office.answers() == {}


async def test_a_tap_that_was_changed_on_its_way_is_turned_away(office: Office) -> None:
    body = await a_tap(office, 9)
    headers = FORM | signed(office.slack.signing_secret, body)

    reply = await office.driver.raw_post(body.replace("score.9", "score.1").replace("%3A9", "%3A1"), headers)

    assert reply.status == 401
    assert await office.answers() == {}


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_tap_signed_at_another_time_is_turned_away(office: Office, minutes: int) -> None:
    body = await a_tap(office)

    at = time.time() + minutes * 60
    reply = await office.driver.raw_post(body, FORM | signed(office.slack.signing_secret, body, at))

    assert reply.status == 401
    assert await office.answers() == {}


async def test_a_replay_does_not_undo_what_came_after_it(office: Office) -> None:
    body = await a_tap(office, 2)
    headers = FORM | signed(office.slack.signing_secret, body)
    assert (await office.driver.raw_post(body, headers)).status == 200
    await office.slack.until(lambda: "You chose 2" in office.question(ALICE).text)
    await office.driver.click(ALICE, office.question(ALICE), "answer.change")
    await office.slack.until(lambda: "Tap another number" in office.question(ALICE).text)
    await office.tap(ALICE, 9)

    replay = await office.driver.raw_post(body, headers)

    assert replay.status == 401
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_a_replay_is_turned_away_while_the_first_is_still_on_its_way(office: Office) -> None:
    body = await a_tap(office)
    headers = FORM | signed(office.slack.signing_secret, body)

    replies = await asyncio.gather(*(office.driver.raw_post(body, headers) for _ in range(5)))

    assert sorted(reply.status or 0 for reply in replies) == [200, 401, 401, 401, 401]


async def test_slacks_first_question_is_answered_when_it_is_signed(office: Office) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "c0ffee"})
    json_body = {"Content-Type": "application/json"}

    right = await office.driver.raw_post(body, json_body | signed(office.slack.signing_secret, body))
    wrong = await office.driver.raw_post(body, json_body | signed("another", body))

    assert (right.status, "c0ffee" in right.body) == (200, True)
    assert (wrong.status, "c0ffee" in wrong.body) == (401, False)
