"""Modals, filled in and sent to a real Bolt app."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import MODAL_FAILED, SlackDriver
from bot.sandbox.form import REQUIRED
from bot.sandbox.records import Json, Message, View
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import modal


def shown(sandbox: Sandbox) -> View:
    view = sandbox.modal("U0BEN")
    assert view is not None
    return view


async def test_a_click_opens_a_modal_and_its_answers_come_back(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, question: Message
) -> None:
    heard: list[Json] = []

    @app.action("score.9")
    async def scored(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("why")
    async def why(ack: AsyncAck, view: Json) -> None:
        heard.append(view["state"]["values"])
        await ack()

    await driver.click("U0BEN", question, "score.9")
    await sandbox.until(lambda: sandbox.modal("U0BEN") is not None)
    await driver.submit("U0BEN", shown(sandbox), {"text": "Kind people", "ticks": ["price"]})

    assert sandbox.modal("U0BEN") is None
    assert heard == [
        {
            "reason": {"text": {"type": "plain_text_input", "value": "Kind people"}},
            "drivers": {
                "ticks": {
                    "type": "checkboxes",
                    "selected_options": [{"text": {"type": "plain_text", "text": "Price"}, "value": "price"}],
                }
            },
        }
    ]


async def test_slack_itself_asks_for_a_required_answer(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, opened: View
) -> None:
    assert app.name
    assert await driver.submit("U0BEN", opened) is None
    assert shown(sandbox).errors == {"reason": REQUIRED}


async def test_a_choice_that_is_not_offered_cannot_be_made(driver: SlackDriver, opened: View) -> None:
    with pytest.raises(LookupError, match="'luck' is none of"):
        await driver.submit("U0BEN", opened, {"text": "x", "ticks": ["luck"]})


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, []),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": modal("Thanks")}, ["Thanks"]),
        ({"response_action": "push", "view": modal("More")}, ["Why?", "More"]),
    ],
    ids=["nothing", "clear", "update", "push"],
)
async def test_a_form_follows_the_answer_of_the_app(
    app: AsyncApp, driver: SlackDriver, opened: View, answer: Json, titles: list[str]
) -> None:
    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(**answer)

    await driver.submit("U0BEN", opened, {"text": "x"})

    stack = driver.sandbox.modals["U0BEN"]
    assert [view.definition["title"]["text"] for view in stack] == titles
    assert "U0BEN" not in driver.sandbox.notices


async def test_a_form_shows_the_errors_of_the_app(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, opened: View
) -> None:
    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(response_action="errors", errors={"reason": "Shorter, please."})

    await driver.submit("U0BEN", opened, {"text": "x"})

    assert shown(sandbox).errors == {"reason": "Shorter, please."}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "Wrong."}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
    ],
    ids=["an error beside no input", "a view without a title"],
)
async def test_a_form_answered_wrongly_stays_open_with_a_warning(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, opened: View, answer: Json
) -> None:
    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(**answer)

    await driver.submit("U0BEN", opened, {"text": "x"})

    assert shown(sandbox).id == opened.id
    assert [notice.text for notice in sandbox.notices["U0BEN"]] == [MODAL_FAILED]


async def test_closing_a_form_is_told_to_an_app_that_asked(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, opened: View
) -> None:
    heard: list[str] = []

    @app.view_closed("why")
    async def closed(ack: AsyncAck, view: Json) -> None:
        heard.append(view["id"])
        await ack()

    reply = await driver.close("U0BEN", opened)

    assert reply is not None
    assert reply.ok
    assert heard == [opened.id]
    assert sandbox.modal("U0BEN") is None
