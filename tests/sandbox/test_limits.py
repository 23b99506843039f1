"""Slack's rate limits, switched on."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.failures.limits import Limits
from bot.sandbox.records import User
from bot.sandbox.workspace import Sandbox
from tests.sandbox.hands import Hands


async def wait_for(web: AsyncWebClient, channel: str) -> int | None:
    """Post, and return how long Slack asks to wait, None when it takes the message."""
    try:
        await web.chat_postMessage(channel=channel, text="x")
    except SlackApiError as error:
        return int(error.response.headers["Retry-After"])
    return None


async def test_nothing_is_limited_until_somebody_asks(web: AsyncWebClient) -> None:
    assert [await wait_for(web, "C0GENERAL") for _ in range(5)] == [None] * 5


async def test_one_message_a_second_goes_to_one_place(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    sandbox.limits.enforce()
    direct = (await web.conversations_open(users="U0BEN"))["channel"]["id"]
    assert await wait_for(web, "U0BEN") is None
    assert await wait_for(web, direct) == 1
    assert await wait_for(web, "U0ADA") is None
    assert await wait_for(web, "#general") is None
    assert await wait_for(web, "C0GENERAL") == 1
    hands.turn(1)
    assert await wait_for(web, direct) is None


async def test_a_workspace_takes_so_many_messages_a_minute(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    for number in range(30):
        sandbox.add_user(User(f"U1{number}", f"n{number}"))
    sandbox.limits.enforce(posts_per_minute=30, burst=3)
    assert [await wait_for(web, f"U1{number}") for number in range(5)] == [None, None, None, 2, 2]
    hands.turn(1.9)
    assert await wait_for(web, "U15") == 1
    hands.turn(0.1)
    assert await wait_for(web, "U15") is None
    assert sandbox.traffic.count("chat.postMessage") == 7
    assert sandbox.traffic.count("chat.postMessage", "ratelimited") == 3


async def test_a_list_is_read_twenty_times_a_minute(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    sandbox.limits.enforce()
    for _ in range(20):
        await web.users_list()
    with pytest.raises(SlackApiError) as caught:
        await web.users_list()
    assert caught.value.response.headers["Retry-After"] == "3"
    assert (await web.users_info(user="U0ADA"))["ok"]
    hands.turn(3)
    assert (await web.users_list())["ok"]


async def test_limits_are_lifted(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.limits.enforce()
    await wait_for(web, "C0GENERAL")
    sandbox.limits.lift()
    assert await wait_for(web, "C0GENERAL") is None


def test_a_caller_that_keeps_the_pace_is_never_refused_and_takes_the_least_time() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    limits.enforce(posts_per_minute=600, burst=10)
    for number in range(1000):
        while wait := limits.refused_for("chat.postMessage", f"U{number}"):
            assert wait == 1
            now += 0.1
    assert now == pytest.approx(limits.least_seconds(1000))
    assert limits.least_seconds(1000) == pytest.approx(99)
    assert limits.least_seconds(5) == 0
