"""Signed requests that hold not what they should: a sentence where there is a person, one line in the log, no harm."""

import copy
import json
from collections.abc import Iterator
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from bot.ids import WorkflowStep
from bot.sandbox import form
from bot.sandbox.driving import payloads
from bot.sandbox.driving.post import Reply, signed
from bot.sandbox.records import Json, StepRun
from bot.shell.doing.manifest import STEP
from storage.tables import Preference, Survey, Wave
from tests.journeys.office import ALICE, GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

TYPES = {"form": "application/x-www-form-urlencoded", "json": "application/json"}
NUMBERS = count()  # no two requests are the same: a second one would be a replay
GONE: Final = object()
INSTEAD: tuple[object, ...] = (GONE, None, 7, "x", [None])
# Nothing that we read stands there: what Slack draws, and what it tells of itself.
UNREAD = {
    *(
        "blocks",
        "message",
        "title",
        "submit",
        "close",
        "text",
        "style",
        "domain",
        "name",
        "username",
        "token",
        "hash",
    ),
    *(
        "authorizations",
        "enterprise",
        "is_enterprise_install",
        "api_app_id",
        "app_id",
        "bot_id",
        "external_id",
    ),
    *(
        "root_view_id",
        "previous_view_id",
        "clear_on_close",
        "notify_on_close",
        "response_urls",
        "is_ephemeral",
    ),
    *("action_ts", "message_ts", "event_ts", "event_id", "event_time"),
}


async def send(office: Office, body: str | bytes, kind: str = "form") -> Reply:
    text = body if isinstance(body, str) else body.decode("latin-1")
    headers = {"Content-Type": TYPES[kind]} | signed(office.slack.signing_secret, text)
    reply = await office.driver.raw_post(text, headers)
    await listeners_finish()
    return reply


def places(thing: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Walk through every place of a payload."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for key, value in inside:
        if key not in UNREAD:
            yield (*path, key)
            yield from places(value, (*path, key))


def spoilt(payload: Json) -> Iterator[tuple[tuple[Any, ...], Json]]:
    """Return the payload with each of its places missing, empty or of another kind."""
    for path in places(payload):
        for instead in INSTEAD:
            changed = copy.deepcopy(payload) | {"number": next(NUMBERS)}
            inside = changed
            for key in path[:-1]:
                inside = inside[key]
            if instead is GONE:
                del inside[path[-1]]
            else:
                inside[path[-1]] = instead
            yield path, changed


@pytest.mark.parametrize(
    "body",
    [
        "payload=",
        "payload=nonsense",
        "payload=[]",
        "payload=null",
        "payload=7",
        'payload="text"',
        "{",
        "",
        "x",
    ],
)
async def test_a_form_that_holds_no_interaction_is_no_fault_of_ours(office: Office, body: str) -> None:
    with capture_logs() as lines:
        reply = await send(office, body)

    assert reply.status in {200, 400}
    assert len(lines) == 1


@pytest.mark.parametrize(
    "body", ["nonsense", "[]", "null", "7", "{}", '{"type": "event_callback"}', "[" * 100_000]
)
async def test_a_body_that_holds_no_event_is_no_fault_of_ours(office: Office, body: str) -> None:
    with capture_logs() as lines:
        reply = await send(office, body, "json")

    assert reply.status in {200, 400}
    assert len(lines) == 1


async def test_a_tap_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    await office.ask_everyone()
    invitation = (await office.invitations())[ALICE].id
    button = {"type": "button", "action_id": "answer.score.9", "block_id": "b", "value": f"{invitation}:9"}
    payload = payloads.block_actions(office.slack, ALICE, office.question(ALICE), button, {})

    for path, changed in spoilt(payload):
        reply = await send(office, urlencode({"payload": json.dumps(changed)}))
        assert reply.status in {200, 400}, path
    assert set(await office.answers()) <= {ALICE}


async def test_a_reason_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    view = office.modal(ALICE)
    values = {
        "comment": {"comment": {"type": "plain_text_input", "value": "Fine"}},
        "drivers": {"drivers": {"type": "checkboxes", "selected_options": [{"value": "support"}]}},
    }
    payload = payloads.view_submission(office.slack, ALICE, view, values)

    for path, changed in spoilt(payload):
        reply = await send(office, urlencode({"payload": json.dumps(changed)}))
        assert reply.status in {200, 400}, path
    assert {said.score for said in (await office.answers()).values()} == {9}


async def test_a_survey_form_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    view = await office.open_form()
    typed = {"name": "Acme", "subject": "Acme"}
    await office.driver.submit(MAYA, view, typed | {"name": "help"})
    state = form.state_of(view.blocks, form.filled_in(view.blocks, typed))
    payload = payloads.view_submission(office.slack, MAYA, view, state)

    for path, changed in spoilt(payload):
        if "state" in path and path[-1] != "type":
            reply = await send(office, urlencode({"payload": json.dumps(changed)}))
            assert reply.status in {200, 400}, path
    assert await office.rows(Survey) == []
    assert await office.rows(Wave) == []


async def test_a_command_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    payload = payloads.slash_command(office.slack, ALICE, GENERAL, "/nps", "help")

    for key in payload:
        for instead in (GONE, "", "x" * 9000):
            changed = {name: value for name, value in payload.items() if name != key} | {
                "number": next(NUMBERS)
            }
            reply = await send(office, urlencode(changed if instead is GONE else changed | {key: instead}))
            assert reply.status == 200, key


async def test_a_visit_to_app_home_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    event = {"type": "app_home_opened", "user": ALICE, "channel": "D1", "tab": "home"}
    payload = payloads.event_callback(office.slack, event)

    for path, changed in spoilt(payload):
        reply = await send(office, json.dumps(changed), "json")
        assert reply.status in {200, 400}, path


async def test_a_workflows_step_with_anything_missing_or_wrong_harms_nothing(office: Office) -> None:
    inputs: Json = {"person": ALICE, "survey": "Acme"}
    run = StepRun("Fx1", WorkflowStep.ASK, STEP, inputs, token="xwfp-1")
    event = payloads.function_executed(office.slack, run)
    event["function"] = {"callback_id": run.callback_id}
    payload = payloads.event_callback(office.slack, event)

    for path, changed in spoilt(payload):
        reply = await send(office, json.dumps(changed), "json")
        assert reply.status in {200, 400}, path


@pytest.mark.parametrize("user", ["", "\0", "U2\0ALICE", "\ud800", "x y", "x" * 300])
async def test_who_has_no_id_as_slack_gives_them_does_nothing(office_on_each: Office, user: str) -> None:
    office = office_on_each
    await office.ask_everyone()
    question = office.question(ALICE)
    invitation = (await office.invitations())[ALICE].id
    stop = {"type": "button", "action_id": "preference.stop", "block_id": "b", "value": str(invitation)}
    payload = payloads.block_actions(office.slack, ALICE, question, stop, {})

    with capture_logs() as lines:
        reply = await send(office, urlencode({"payload": json.dumps(payload | {"user": {"id": user}})}))

    assert reply.status == 200
    assert [(line["event"], line.get("word")) for line in lines] == [("request.refused", "malformed")]
    assert await office.rows(Preference) == []


@pytest.mark.parametrize(
    "blocks", [7, "x", {"a": 1}, [None], ["x"], [{"type": "input"}], [{"type": "input", "block_id": 7}]]
)
async def test_a_refused_modal_with_blocks_of_any_kind_is_no_fault_of_ours(
    office: Office, blocks: object
) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    payload = payloads.view_submission(office.slack, ALICE, office.modal(ALICE), {})
    payload["view"] |= {"blocks": blocks, "private_metadata": "nonsense"}

    with capture_logs() as lines:
        reply = await send(office, urlencode({"payload": json.dumps(payload)}))

    assert reply.status == 200
    assert [line["event"] for line in lines] == ["request.refused"]


@pytest.mark.parametrize("actions", [7, "x", {"a": 1}, [None], ["x"], [[]], [{"action_id": 7}]])
async def test_a_click_with_actions_of_any_kind_is_no_fault_of_ours(office: Office, actions: object) -> None:
    await office.ask_everyone()
    button = {"type": "button", "action_id": "answer.score.9", "block_id": "b", "value": "1:9"}
    payload = payloads.block_actions(office.slack, ALICE, office.question(ALICE), button, {})

    with capture_logs() as lines:
        reply = await send(office, urlencode({"payload": json.dumps(payload | {"actions": actions})}))

    assert reply.status in {200, 400}
    assert {line["event"] for line in lines} <= {"request.refused", "request.malformed"}
