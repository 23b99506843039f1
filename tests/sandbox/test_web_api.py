"""What all methods share: tokens, errors, faults and the log."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


def texts(sandbox: Sandbox) -> list[str]:
    return [message.text for message in sandbox.messages("general")]


async def test_the_token_says_who_the_app_is(sandbox: Sandbox, web: AsyncWebClient) -> None:
    reply = await web.auth_test()
    assert (reply["user_id"], reply["bot_id"], reply["team_id"]) == (
        sandbox.bot_user_id,
        sandbox.bot_id,
        sandbox.team_id,
    )
    assert "chat:write" in reply.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (None, "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-pretend", "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_opens_nothing(sandbox: Sandbox, token: str | None, error: str) -> None:
    client = AsyncWebClient(token, base_url=f"{sandbox.url}/api/")
    assert await error_of(client.auth_test()) == error


async def test_a_revoked_token_opens_nothing(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.revoked = True
    assert await error_of(web.auth_test()) == "token_revoked"


async def test_what_the_pretend_slack_does_not_know_is_no_method(web: AsyncWebClient) -> None:
    assert await error_of(web.api_call("chat.scheduleMessage")) == "unknown_method"


async def test_a_method_asks_for_what_it_needs(web: AsyncWebClient) -> None:
    assert await error_of(web.api_call("chat.postMessage", json={"text": "x"})) == "invalid_arguments"


async def test_a_form_with_its_token_inside_is_read_like_json(sandbox: Sandbox) -> None:
    form = {
        "token": sandbox.bot_token,
        "channel": "C0GENERAL",
        "text": "Hi",
        "blocks": '[{"type": "divider"}]',
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{sandbox.url}/api/chat.postMessage", data=form) as reply,
    ):
        assert (await reply.json())["ok"] is True
    [message] = sandbox.messages("general")
    assert message.blocks[0]["type"] == "divider"


async def test_the_log_keeps_every_request_without_its_token(sandbox: Sandbox, web: AsyncWebClient) -> None:
    await web.chat_postMessage(channel="C0GENERAL", text="Hi")
    await error_of(web.users_info(user="U0NOBODY"))
    assert [(call.method, call.error) for call in sandbox.requests] == [
        ("chat.postMessage", None),
        ("users.info", "user_not_found"),
    ]
    assert sandbox.requests[0].arguments == {"channel": "C0GENERAL", "text": "Hi"}


async def test_an_error_on_demand_strikes_as_often_as_asked(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.answer("chat.postMessage", "internal_error", times=2)
    outcomes = []
    for _ in range(3):
        try:
            outcomes.append(bool((await web.chat_postMessage(channel="C0GENERAL", text="x"))["ok"]))
        except SlackApiError:
            outcomes.append(False)
    assert outcomes == [False, False, True]


async def test_a_fault_may_be_meant_for_one_person(sandbox: Sandbox, web: AsyncWebClient) -> None:
    direct = (await web.conversations_open(users="U0BEN"))["channel"]["id"]
    sandbox.faults.answer("chat.postMessage", "fatal_error", to="U0BEN", times=2)
    await web.chat_postMessage(channel="U0CLEO", text="x")
    assert await error_of(web.chat_postMessage(channel="U0BEN", text="x")) == "fatal_error"
    assert await error_of(web.chat_postMessage(channel=direct, text="x")) == "fatal_error"


async def test_a_rate_limit_says_how_long_to_wait(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.rate_limit("chat.postMessage", seconds=7)
    with pytest.raises(SlackApiError) as caught:
        await web.chat_postMessage(channel="C0GENERAL", text="x")
    reply = caught.value.response
    assert (reply.status_code, reply["error"], reply.headers["Retry-After"]) == (429, "ratelimited", "7")


async def test_a_server_error_is_a_page_not_an_answer(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.server_error("chat.postMessage")
    with pytest.raises(SlackApiError) as caught:
        await web.chat_postMessage(channel="C0GENERAL", text="x")
    assert caught.value.response.status_code == 500
    assert texts(sandbox) == []


async def test_a_connection_dropped_before_takes_nothing(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.drop_before("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await web.chat_postMessage(channel="C0GENERAL", text="x")
    assert texts(sandbox) == []


async def test_a_reply_lost_after_the_message_was_taken_makes_a_retrying_client_post_twice(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    sandbox.faults.drop_after("chat.postMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await web.chat_postMessage(channel="C0GENERAL", text="once")
    assert texts(sandbox) == ["once"]

    sandbox.faults.drop_after("chat.postMessage")
    web.retry_handlers.append(AsyncConnectionErrorRetryHandler())
    await web.chat_postMessage(channel="C0GENERAL", text="twice")
    assert texts(sandbox) == ["once", "twice", "twice"]


async def test_a_delay_holds_the_answer_back(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.delay("auth.test", 0.05)
    slow = asyncio.ensure_future(web.auth_test())
    await web.api_test()
    assert not slow.done()
    assert (await slow)["ok"]
