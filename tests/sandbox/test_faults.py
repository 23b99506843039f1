"""Faults that strike some calls only, that last until they are lifted, and that come late."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.failures.documented import OF_METHOD
from bot.sandbox.failures.faults import ANY, Faults
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


async def outcomes(web: AsyncWebClient, times: int) -> list[str]:
    found = []
    for _ in range(times):
        try:
            await web.chat_postMessage(channel="C0GENERAL", text="x")
            found.append("ok")
        except SlackApiError as error:
            found.append(str(error.response["error"]))
    return found


async def test_a_fault_may_strike_one_call_in_three(sandbox: Sandbox, web: AsyncWebClient) -> None:
    fault = sandbox.faults.answer("chat.postMessage", "fatal_error", every=3, times=None)
    assert await outcomes(web, 7) == ["ok", "ok", "fatal_error"] * 2 + ["ok"]
    assert (fault.met, fault.struck) == (7, 2)


async def test_a_fault_lasts_until_it_is_lifted(sandbox: Sandbox, web: AsyncWebClient) -> None:
    fault = sandbox.faults.answer("chat.postMessage", "fatal_error", times=None)
    other = sandbox.faults.answer("users.info", "fatal_error")
    assert await outcomes(web, 3) == ["fatal_error"] * 3
    sandbox.faults.lift(fault)
    assert await outcomes(web, 1) == ["ok"]
    assert sandbox.faults.pending == [other]


async def test_a_late_reply_comes_after_the_message_was_taken(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.late_reply("chat.postMessage", 0.1)
    posting = asyncio.ensure_future(web.chat_postMessage(channel="C0GENERAL", text="x"))
    await sandbox.until(lambda: len(sandbox.messages("general")) == 1)
    assert not posting.done()
    assert (await posting)["ok"]


async def test_a_caller_that_does_not_wait_for_a_late_reply_leaves_the_message_behind(
    sandbox: Sandbox,
) -> None:
    sandbox.faults.late_reply("chat.postMessage", 30)
    hasty = AsyncWebClient(sandbox.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[], timeout=1)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as session:
        hasty.session = session
        with pytest.raises(TimeoutError):
            await hasty.chat_postMessage(channel="C0GENERAL", text="x")
    assert len(sandbox.messages("general")) == 1


async def test_a_gateway_answers_every_call_with_a_page_of_its_own(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    away = sandbox.faults.gateway(ANY, 503, times=None)
    for call in (web.chat_postMessage(channel="C0GENERAL", text="x"), web.auth_test()):
        with pytest.raises(SlackApiError) as caught:
            await call
        assert caught.value.response.status_code == 503
    assert sandbox.messages("general") == []
    sandbox.faults.lift(away)
    assert (await web.auth_test())["ok"]


async def test_a_call_is_held_until_it_is_released(sandbox: Sandbox, web: AsyncWebClient) -> None:
    held = sandbox.faults.hold("chat.postMessage")
    call = asyncio.ensure_future(web.chat_postMessage(channel="C0GENERAL", text="x"))
    await sandbox.until(lambda: held.struck == 1)
    assert sandbox.messages("general") == []
    held.let_go.set()
    await call
    assert len(sandbox.messages("general")) == 1


async def test_a_gateway_that_hangs_takes_nothing_ever(sandbox: Sandbox) -> None:
    sandbox.faults.hang("chat.postMessage")
    hasty = AsyncWebClient(sandbox.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[])
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as session:
        hasty.session = session
        with pytest.raises(TimeoutError):
            await hasty.chat_postMessage(channel="C0GENERAL", text="x")
        assert sandbox.messages("general") == []
        assert (await hasty.auth_test())["ok"]


@pytest.mark.parametrize(
    ("method", "code"), [(method, code) for method, codes in OF_METHOD.items() for code in codes.split()]
)
def test_each_documented_error_of_each_method_can_be_asked_for(method: str, code: str) -> None:
    faults = Faults()
    asked = faults.answer(method, code)
    assert faults.take(method, {}, {}) is asked


async def test_a_token_is_taken_away_and_given_back(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.revoke()
    assert await outcomes(web, 1) == ["token_revoked"]
    sandbox.revoke(revoked=False)
    assert await outcomes(web, 1) == ["ok"]


async def test_a_channel_is_archived_half_way(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.traffic.after(2, "chat.postMessage", lambda: sandbox.archive("C0GENERAL"))
    assert await outcomes(web, 4) == ["ok", "ok", "is_archived", "is_archived"]
    sandbox.archive("C0GENERAL", archived=False)
    assert await outcomes(web, 3) == ["ok", "ok", "ok"]


async def test_a_token_is_revoked_in_the_middle(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.answer("chat.postMessage", "fatal_error")
    sandbox.traffic.after(1, "chat.postMessage", sandbox.revoke)
    assert await outcomes(web, 3) == ["fatal_error", "ok", "token_revoked"]
    assert await error_of(web.auth_test()) == "token_revoked"
