"""The log of what went over the wire."""

from datetime import UTC, datetime

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Message, UserGroup
from bot.sandbox.wire.traffic import Exchange, Traffic
from bot.sandbox.workspace import Sandbox
from tests.sandbox.hands import Hands
from tests.sandbox.refusals import error_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def told(sandbox: Sandbox) -> list[tuple[str, str, str, str]]:
    return [(each.toward, each.what, each.about, each.outcome) for each in sandbox.traffic.exchanges]


async def test_what_the_app_asked_is_told_with_its_end(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.add_user_group(UserGroup("S0DEV", "Developers", "devs"))
    await web.chat_postMessage(channel="#general", text="Hi")
    await web.chat_postMessage(channel="U0ADA", text="Hi")
    await web.usergroups_users_list(usergroup="S0DEV")
    await error_of(web.users_info(user="U0NOBODY"))
    assert told(sandbox) == [
        ("slack", "chat.postMessage", "#general", "ok"),
        ("slack", "chat.postMessage", "Ada Byron", "ok"),
        ("slack", "usergroups.users.list", "@devs", "ok"),
        ("slack", "users.info", "", "user_not_found"),
    ]


async def test_what_people_did_is_told_with_the_apps_answer(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, question: Message
) -> None:
    @app.command("/nps")
    async def nps(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("facts")

    await driver.command("U0ADA", "general", "team secrets")
    await sandbox.until(lambda: bool(sandbox.ephemerals("U0ADA")))
    await driver.click("U0BEN", question, "score.9")
    await driver.open_home("U0CLEO")

    heard = [each for each in told(sandbox) if each[1] not in {"chat.postMessage", "auth.test"}]
    assert sorted(heard[:2]) == [
        ("app", "/nps", "Ada Byron", "ok"),
        ("slack", "response_url", "Ada Byron", "ok"),
    ]
    assert heard[2] == ("app", "block_actions", "Ben Ode", "http_error")
    assert {each[:3] for each in heard[3:]} == {("app", "app_home_opened", "cleo")}


async def test_an_event_told_again_says_so(sandbox: Sandbox, driver: SlackDriver) -> None:
    async def failing(_request: Request) -> Response:
        return Response(status_code=500)

    sandbox.request_url = Starlette(routes=[Route("/slack/events", failing, methods=["POST"])])
    await driver.open_home("U0CLEO")
    assert [each.detail for each in sandbox.traffic.exchanges] == [
        "HTTP 500",
        "HTTP 500, retry 1",
        "HTTP 500, retry 2",
        "HTTP 500, retry 3",
    ]


async def test_no_token_no_text_and_no_score_is_ever_kept(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, question: Message, web: AsyncWebClient
) -> None:
    @app.action("score.9")
    async def scored(ack: AsyncAck) -> None:
        await ack()

    await driver.click("U0BEN", question, "score.9")
    await driver.command("U0BEN", "general", "team secrets")
    await web.chat_postMessage(
        channel="C0GENERAL", text="secrets", metadata={"event_type": "secrets", "event_payload": {}}
    )
    kept = repr(list(sandbox.traffic.exchanges))
    assert "block_actions" in kept
    for secret in (sandbox.bot_token, "secrets", "score"):
        assert secret not in kept


@pytest.mark.parametrize(
    ("fault", "outcome", "detail"),
    [
        ("rate_limit", "ratelimited", "wait 1 s"),
        ("server_error", "http 500", ""),
        ("drop_before", "connection dropped", ""),
        ("drop_after", "reply lost", ""),
    ],
)
async def test_a_fault_is_told_as_what_it_was(
    sandbox: Sandbox, web: AsyncWebClient, fault: str, outcome: str, detail: str
) -> None:
    getattr(sandbox.faults, fault)("api.test")
    with pytest.raises(Exception):  # noqa: B017, PT011 - each fault has its own
        await web.api_test()
    [exchange] = sandbox.traffic.exchanges
    assert (exchange.outcome, exchange.detail) == (outcome, detail)


async def test_what_was_no_request_of_slacks_is_told_too(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/api/chat.postMessage", data="[", headers=headers) as reply,
        session.post(f"{sandbox.url}/response/none", json={"text": "x"}) as other,
    ):
        assert (await reply.json())["error"] == "invalid_json"
        assert other.status == 404
    assert [(each[1], each[3]) for each in told(sandbox)] == [
        ("chat.postMessage", "invalid_json"),
        ("response_url", "expired_url"),
    ]


async def test_an_exchange_lasts_as_long_as_the_answer_took(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    sandbox.traffic.after(1, "api.test", lambda: hands.turn(2))
    sandbox.faults.delay("users.list", 0)
    await web.api_test()
    await web.users_list()
    assert [(each.at.minute, each.at.second, each.seconds) for each in sandbox.traffic.exchanges] == [
        (0, 0, 0),
        (0, 2, 0),
    ]


def test_the_log_keeps_the_newest_and_counts_them_all() -> None:
    traffic = Traffic(lambda: NOON, keep=2)
    for outcome in ("ok", "ratelimited", "ok"):
        traffic.note("slack", "chat.postMessage", outcome=outcome)
    traffic.note("app", "/nps")
    assert [each.number for each in traffic.exchanges] == [3, 4]
    assert traffic.since(3) == [Exchange(4, NOON, "app", "/nps", "", "ok", "", 0.0)]
    assert traffic.count("chat.postMessage") == 3
    assert traffic.count("chat.postMessage", "ratelimited") == 1
    assert traffic.count("chat.update") == 0


def test_what_was_to_be_done_after_so_many_is_done_once() -> None:
    done: list[int] = []
    traffic = Traffic(lambda: NOON)
    traffic.after(2, "chat.postMessage", lambda: done.append(traffic.exchanges[-1].number))
    for outcome in ("ratelimited", "ok", "ok", "ok", "ok"):
        traffic.note("slack", "chat.postMessage", outcome=outcome)
    assert done == [3]
