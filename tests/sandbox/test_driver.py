"""A real Bolt app, driven by people in the pretend Slack."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.driving import post
from bot.sandbox.driving.driver import MODAL_FAILED, Driver
from bot.sandbox.driving.post import signed
from bot.sandbox.form import REQUIRED
from bot.sandbox.records import Json, Message, View
from bot.sandbox.serving import serve
from bot.sandbox.workspace import Sandbox
from tests.sandbox.hands import Hands

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


def modal(title: str = "Why?", **more: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "why",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "reason",
                "label": {"type": "plain_text", "text": "Reason"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            },
            {
                "type": "input",
                "block_id": "drivers",
                "optional": True,
                "label": {"type": "plain_text", "text": "About"},
                "element": {
                    "type": "checkboxes",
                    "action_id": "ticks",
                    "options": [
                        {"text": {"type": "plain_text", "text": word.title()}, "value": word}
                        for word in ("support", "price")
                    ],
                },
            },
        ],
        **more,
    }


@pytest.fixture(params=["in process", "over HTTP"])
async def app(request: pytest.FixtureRequest, sandbox: Sandbox, bolt: AsyncApp) -> AsyncIterator[AsyncApp]:
    handler = AsyncSlackRequestHandler(bolt)
    if request.param == "in process":
        sandbox.request_url = handler
        yield bolt
        return
    async with serve(handler) as url:
        sandbox.request_url = f"{url}/slack/events"
        yield bolt


@pytest.fixture
async def question(web: AsyncWebClient, sandbox: Sandbox) -> Message:
    """The message with two buttons that Ben was sent."""
    await web.chat_postMessage(channel="U0BEN", text="?", blocks=BUTTONS)
    return sandbox.direct_messages("U0BEN")[0]


@pytest.fixture
async def opened(web: AsyncWebClient, sandbox: Sandbox) -> View:
    """The modal that is open before Ben."""
    await web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=modal(notify_on_close=True))
    return shown(sandbox)


def shown(sandbox: Sandbox) -> View:
    view = sandbox.modal("U0BEN")
    assert view is not None
    return view


async def test_a_command_is_answered_only_to_the_one_who_typed_it(
    app: AsyncApp, sandbox: Sandbox, driver: Driver
) -> None:
    @app.command("/nps")
    async def nps(ack: AsyncAck, command: Json) -> None:
        await ack(text=f"{command['text']} in {command['channel_name']}")

    reply = await driver.command("U0ADA", "#general", "help")

    assert (reply.status, reply.ok) == (200, True)
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["help in general"]
    assert sandbox.messages("general") == []


async def test_a_command_nobody_answers_warns_the_one_who_typed_it(
    app: AsyncApp, sandbox: Sandbox, driver: Driver
) -> None:
    assert app.name
    reply = await driver.command("U0ADA", "#general", "help")

    assert (reply.status, reply.problem) == (404, "http_error")
    assert [notice.text for notice in sandbox.notices["U0ADA"]] == [
        '/nps failed with the error "dispatch_failed"'
    ]


async def test_an_answer_that_slack_would_refuse_is_not_shown(
    app: AsyncApp, sandbox: Sandbox, driver: Driver
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
    app: AsyncApp, sandbox: Sandbox, driver: Driver, question: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "PATIENCE", 0.05)
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
    app: AsyncApp, driver: Driver, question: Message, sandbox: Sandbox
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


async def test_a_click_opens_a_modal_whose_answers_come_back(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, question: Message
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
    app: AsyncApp, sandbox: Sandbox, driver: Driver, opened: View
) -> None:
    assert app.name
    assert await driver.submit("U0BEN", opened) is None
    assert shown(sandbox).errors == {"reason": REQUIRED}


async def test_a_choice_that_is_not_offered_cannot_be_made(driver: Driver, opened: View) -> None:
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
    app: AsyncApp, driver: Driver, opened: View, answer: Json, titles: list[str]
) -> None:
    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(**answer)

    await driver.submit("U0BEN", opened, {"text": "x"})

    stack = driver.sandbox.modals["U0BEN"]
    assert [view.definition["title"]["text"] for view in stack] == titles
    assert "U0BEN" not in driver.sandbox.notices


async def test_a_form_shows_the_errors_of_the_app(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, opened: View
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
    app: AsyncApp, sandbox: Sandbox, driver: Driver, opened: View, answer: Json
) -> None:
    @app.view("why")
    async def why(ack: AsyncAck) -> None:
        await ack(**answer)

    await driver.submit("U0BEN", opened, {"text": "x"})

    assert shown(sandbox).id == opened.id
    assert [notice.text for notice in sandbox.notices["U0BEN"]] == [MODAL_FAILED]


async def test_closing_a_form_is_told_to_an_app_that_asked(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, opened: View
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


async def test_opening_home_is_an_event_answered_with_a_view(
    app: AsyncApp, sandbox: Sandbox, driver: Driver
) -> None:
    @app.event("app_home_opened")
    async def opened_home(event: Json, client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Hello"}}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    assert (await driver.open_home("U0CLEO")).ok
    await sandbox.until(lambda: sandbox.home("U0CLEO") is not None)


async def test_an_event_that_fails_is_told_three_times_more(sandbox: Sandbox, driver: Driver) -> None:
    heard: list[tuple[str | None, str | None]] = []

    async def failing(request: Request) -> Response:
        heard.append((request.headers.get("x-slack-retry-num"), request.headers.get("x-slack-retry-reason")))
        return Response(status_code=500)

    sandbox.request_url = Starlette(routes=[Route("/slack/events", failing, methods=["POST"])])
    reply = await driver.event({"type": "team_join", "user": {"id": "U0NEW"}})

    assert (reply.status, reply.attempts) == (500, 4)
    assert heard == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_a_response_url_serves_five_times(app: AsyncApp, sandbox: Sandbox, driver: Driver) -> None:
    statuses: list[int] = []
    done = asyncio.Event()

    @app.command("/nps")
    async def nps(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        statuses.extend([(await respond(text=f"{number}")).status_code for number in range(6)])
        done.set()

    await driver.command("U0ADA", "#general")
    await asyncio.wait_for(done.wait(), 2)

    assert statuses == [200, 200, 200, 200, 200, 404]
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["0", "1", "2", "3", "4"]


async def test_a_response_url_grows_old(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, hands: Hands
) -> None:
    statuses: list[int] = []
    done = asyncio.Event()

    @app.command("/nps")
    async def nps(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        for _ in range(2):
            statuses.append((await respond(text="late")).status_code)
            hands.turn(30 * 60 + 1)
        done.set()

    await driver.command("U0ADA", "#general")
    await asyncio.wait_for(done.wait(), 2)

    assert statuses == [200, 404]
    assert len(sandbox.ephemerals("U0ADA")) == 1


async def test_a_response_url_replaces_and_deletes_what_was_clicked(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, question: Message
) -> None:
    @app.action("score.9")
    async def scored(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="You chose 9", blocks=BUTTONS, replace_original=True)

    @app.action("score.10")
    async def regretted(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    await driver.click("U0BEN", question, "score.9")
    await sandbox.until(lambda: [m.text for m in sandbox.direct_messages("U0BEN")] == ["You chose 9"])
    await driver.click("U0BEN", question, "score.10")
    await sandbox.until(lambda: sandbox.direct_messages("U0BEN") == [])


async def test_a_click_on_a_message_only_one_person_sees_brings_no_message_along(
    app: AsyncApp, sandbox: Sandbox, driver: Driver, web: AsyncWebClient
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


async def test_a_forged_request_is_turned_away_by_bolt(app: AsyncApp, driver: Driver) -> None:
    assert app.name
    body = "payload=%7B%7D"
    headers = {"Content-Type": "application/x-www-form-urlencoded", **signed("another secret", body)}

    assert (await driver.raw_post(body, headers)).status == 401


async def test_a_stale_request_is_turned_away_by_bolt(
    app: AsyncApp, driver: Driver, sandbox: Sandbox
) -> None:
    assert app.name
    body = "payload=%7B%7D"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        **signed(sandbox.signing_secret, body, at=1_600_000_000),
    }

    assert (await driver.raw_post(body, headers)).status == 401
