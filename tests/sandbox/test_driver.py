"""A real Bolt app, driven by people in the pretend Slack: commands, clicks, events and strangers."""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.driving.post import signed
from bot.sandbox.records import Json, Message
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import BUTTONS


async def test_a_command_is_answered_only_to_the_one_who_typed_it(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    @app.command("/nps")
    async def nps(ack: AsyncAck, command: Json) -> None:
        await ack(text=f"{command['text']} in {command['channel_name']}")

    reply = await driver.command("U0ADA", "#general", "help")

    assert (reply.status, reply.ok) == (200, True)
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["help in general"]
    assert sandbox.messages("general") == []


async def test_a_command_nobody_answers_warns_the_one_who_typed_it(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    assert app.name
    reply = await driver.command("U0ADA", "#general", "help")

    assert (reply.status, reply.problem) == (404, "http_error")
    assert [notice.text for notice in sandbox.notices["U0ADA"]] == [
        '/nps failed with the error "dispatch_failed"'
    ]


async def test_an_answer_that_slack_would_refuse_is_not_shown(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    @app.command("/nps")
    async def nps(ack: AsyncAck) -> None:
        await ack(text="facts", blocks=[{"type": "chart"}])

    await driver.command("U0ADA", "#general")

    assert sandbox.ephemerals("U0ADA") == []
    assert [notice.text for notice in sandbox.notices["U0ADA"]] == [
        '/nps failed with the error "invalid_blocks"'
    ]


async def test_slack_stops_listening_after_its_patience_and_the_app_works_on(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, question: Message
) -> None:
    sandbox.patience = 0.05
    release, finished = asyncio.Event(), asyncio.Event()

    @app.action("score.9")
    async def scored(ack: AsyncAck) -> None:
        await release.wait()
        await ack()
        finished.set()

    reply = await driver.click("U0BEN", question, "score.9")
    release.set()

    assert (reply.status, reply.problem) == (None, "http_timeout")
    await asyncio.wait_for(finished.wait(), 2)
    assert len(sandbox.notices["U0BEN"]) == 1


async def test_a_click_tells_who_clicked_what_and_where(
    app: AsyncApp, driver: SlackDriver, question: Message, sandbox: Sandbox
) -> None:
    heard: list[Json] = []

    @app.action("score.9")
    async def scored(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    assert (await driver.press("U0BEN", question, "9")).status == 200

    [body] = heard
    assert body["user"]["id"] == "U0BEN"
    assert body["channel"] == {"id": question.channel, "name": "directmessage"}
    assert body["container"]["message_ts"] == body["message"]["ts"] == question.ts
    [action] = body["actions"]
    assert action.pop("action_ts")
    assert action == {
        "action_id": "score.9",
        "block_id": "scores",
        "type": "button",
        "value": "9",
        "text": {"type": "plain_text", "text": "9"},
    }
    assert body["response_url"].startswith(sandbox.url)


async def test_opening_home_is_an_event_answered_with_a_view(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver
) -> None:
    @app.event("app_home_opened")
    async def opened_home(event: Json, client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Hello"}}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    assert (await driver.open_home("U0CLEO")).ok
    await sandbox.until(lambda: sandbox.home("U0CLEO") is not None)


async def test_an_event_that_fails_is_told_three_times_more(sandbox: Sandbox, driver: SlackDriver) -> None:
    heard: list[tuple[str | None, str | None]] = []

    async def failing(request: Request) -> Response:
        heard.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        return Response(status_code=500)

    sandbox.request_url = Starlette(routes=[Route("/slack/events", failing, methods=["POST"])])
    reply = await driver.event({"type": "team_join", "user": {"id": "U0NEW"}})

    assert (reply.status, reply.attempts) == (500, 4)
    assert heard == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_a_click_on_a_message_only_one_person_sees_brings_no_message_along(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, web: AsyncWebClient
) -> None:
    heard: list[Json] = []

    @app.action("score.9")
    async def scored(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    await web.chat_postEphemeral(channel="C0GENERAL", user="U0ADA", text="?", blocks=BUTTONS)
    await driver.click("U0ADA", sandbox.ephemerals("U0ADA")[0], "score.9")

    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"] is True


async def test_a_forged_request_is_turned_away_by_bolt(app: AsyncApp, driver: SlackDriver) -> None:
    assert app.name
    body = "payload=%7B%7D"
    headers = {"Content-Type": "application/x-www-form-urlencoded", **signed("another secret", body)}

    assert (await driver.raw_post(body, headers)).status == 401


async def test_a_stale_request_is_turned_away_by_bolt(
    app: AsyncApp, driver: SlackDriver, sandbox: Sandbox
) -> None:
    assert app.name
    body = "payload=%7B%7D"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        **signed(sandbox.signing_secret, body, at=1_600_000_000),
    }

    assert (await driver.raw_post(body, headers)).status == 401
