"""Two workspaces in one process know nothing of each other."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel, User, UserGroup
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


@pytest.fixture
async def globex() -> AsyncIterator[Sandbox]:
    slack = Sandbox(name="Globex", team_id="T0GLOBEX", bot_token="xoxb-globex")
    async with running(slack):
        yield slack


def client(slack: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=f"{slack.url}/api/", retry_handlers=[])


async def test_people_messages_and_the_log_stay_at_home(sandbox: Sandbox, globex: Sandbox) -> None:
    globex.add_user(User("U0ADA", "adele"))
    globex.add_crowd(Crowd(3))
    globex.add_user_group(UserGroup("S0DEV", "Developers", "devs"))
    globex.add_channel(Channel("C0GENERAL", "general"))
    await client(globex).chat_postMessage(channel="C0GENERAL", text="Hello, Globex")
    await client(globex).chat_postMessage(channel="U0ADA", text="Hello, Adele")

    assert sandbox.messages("general") == sandbox.direct_messages("U0ADA") == []
    assert sandbox.users["U0ADA"].name == "ada"
    assert "U9CROWD000000" not in sandbox.users
    assert sandbox.user_groups == {}
    assert sandbox.traffic.count("chat.postMessage") == len(sandbox.requests) == 0
    assert globex.traffic.count("chat.postMessage") == 2
    assert (await client(globex).auth_test())["team_id"] == "T0GLOBEX"


async def test_a_token_opens_only_its_own_workspace(sandbox: Sandbox, globex: Sandbox) -> None:
    stray = AsyncWebClient(sandbox.bot_token, base_url=f"{globex.url}/api/", retry_handlers=[])
    assert await error_of(stray.auth_test()) == "invalid_auth"


async def test_trouble_in_one_is_no_trouble_in_the_other(sandbox: Sandbox, globex: Sandbox) -> None:
    globex.add_channel(Channel("C0GENERAL", "general"))
    globex.faults.answer("chat.postMessage", "fatal_error", times=None)
    globex.limits.enforce()
    globex.traffic.after(1, "api.test", globex.revoke)
    web = client(sandbox)
    for _ in range(3):
        assert (await web.chat_postMessage(channel="C0GENERAL", text="x"))["ok"]
    assert (await web.api_test())["ok"]
    assert (await web.auth_test())["ok"]
    assert await error_of(client(globex).chat_postMessage(channel="C0GENERAL", text="x")) == "fatal_error"
