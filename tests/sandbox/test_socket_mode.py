"""Socket Mode: the same app, reached down its own wire."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


@pytest.fixture
async def app(sandbox: Sandbox, bolt: AsyncApp) -> AsyncIterator[AsyncApp]:
    handler = AsyncSocketModeHandler(bolt, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.until(lambda: len(sandbox.sockets) == 1)
    yield bolt
    await handler.close_async()  # type: ignore[no-untyped-call]


async def test_a_command_and_its_answer_travel_down_the_socket(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    @app.command("/nps")
    async def nps(ack: AsyncAck, command: Json) -> None:
        await ack(f"you said {command['text']}")

    reply = await driver.command("U0ADA", "general", "help")

    assert reply.ok
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["you said help"]


async def test_a_form_and_an_event_travel_down_the_socket(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, web: AsyncWebClient
) -> None:
    heard: list[str] = []

    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(response_action="clear")
        heard.append("form")

    @app.event("app_home_opened")
    async def opened_home(event: Json) -> None:
        heard.append(event["tab"])

    view = {"type": "modal", "callback_id": "why", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    await web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=view)
    shown = sandbox.modal("U0BEN")
    assert shown is not None
    await driver.submit("U0BEN", shown)
    await driver.open_home("U0BEN")

    assert sandbox.modal("U0BEN") is None
    assert heard == ["form", "home"]


async def test_without_an_acknowledgement_slack_loses_patience(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    sandbox.patience = 0.05
    held = asyncio.Event()

    @app.command("/nps")
    async def nps(ack: AsyncAck) -> None:
        await held.wait()
        await ack()

    reply = await driver.command("U0ADA", "general")
    held.set()

    assert (reply.status, reply.problem) == (None, "http_timeout")
    assert [notice.text for notice in sandbox.notices["U0ADA"]] == [
        '/nps failed with the error "operation_timeout"'
    ]


async def test_only_the_app_token_opens_a_socket(sandbox: Sandbox, web: AsyncWebClient) -> None:
    wrong = web.apps_connections_open(app_token=sandbox.bot_token)
    assert await error_of(wrong) == "not_allowed_token_type"
    right = await web.apps_connections_open(app_token=sandbox.app_token)
    assert right["url"].startswith("ws://127.0.0.1:")
