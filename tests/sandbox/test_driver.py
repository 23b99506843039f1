from typing import Any

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import Driver
from bot.sandbox.form import REQUIRED
from bot.sandbox.serving import serve
from bot.sandbox.workspace import Sandbox

MODAL = {
    "type": "modal",
    "callback_id": "why",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
BUTTONS = [
    {
        "type": "actions",
        "block_id": "scores",
        "elements": [
            {
                "type": "button",
                "action_id": f"score.{n}",
                "value": str(n),
                "text": {"type": "plain_text", "text": str(n)},
            }
            for n in (9, 10)
        ],
    }
]


@pytest.fixture(params=["in process", "over HTTP"])
async def app(request: pytest.FixtureRequest, sandbox: Sandbox, bolt: AsyncApp) -> Any:
    handler = AsyncSlackRequestHandler(bolt)
    if request.param == "in process":
        sandbox.request_url = handler
        yield bolt
        return
    async with serve(handler) as url:
        sandbox.request_url = f"{url}/slack/events"
        yield bolt


async def test_a_command_is_answered_to_the_one_who_typed_it(
    app: AsyncApp, sandbox: Sandbox, driver: Driver
) -> None:
    @app.command("/nps")
    async def nps(ack: Any, command: Any) -> None:
        await ack(text=f"{command['text']} in {command['channel_name']}")

    reply = await driver.command("U0ADA", "#general", "help")

    assert (reply.status, reply.ok) == (200, True)
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["help in general"]
    assert sandbox.messages("general") == []


async def test_a_click_opens_a_modal_whose_answers_come_back(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, web: AsyncWebClient
) -> None:
    heard: list[Any] = []

    @app.action("score.9")
    async def scored(ack: Any, body: Any, client: Any) -> None:
        await ack()
        heard.append((body["actions"][0]["value"], body["channel"]["id"], body["message"]["ts"]))
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("why")
    async def why(ack: Any, view: Any) -> None:
        heard.append(view["state"]["values"]["reason"]["text"]["value"])
        await ack()

    posted = await web.chat_postMessage(channel="U0BEN", text="?", blocks=BUTTONS)
    [message] = sandbox.direct_messages("U0BEN")
    assert (await driver.click("U0BEN", message, "score.9")).status == 200
    await sandbox.until(lambda: sandbox.modal("U0BEN") is not None)
    modal = sandbox.modal("U0BEN")
    assert modal is not None
    assert await driver.submit("U0BEN", modal) is None
    shown = sandbox.modal("U0BEN")
    assert shown is not None
    assert shown.errors == {"reason": REQUIRED}
    assert (await driver.submit("U0BEN", shown, {"text": "Kind people"})) is not None
    assert heard == [("9", posted["channel"], posted["ts"]), "Kind people"]
    assert sandbox.modal("U0BEN") is None
