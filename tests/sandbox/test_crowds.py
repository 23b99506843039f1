"""A hundred thousand people, and nothing of them is kept."""

import tracemalloc
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.directory import Crowd, People
from bot.sandbox.records import Channel, User
from bot.sandbox.screens.page_state import page_state
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of

pytestmark = pytest.mark.slow

SIZE = 100_000
LAST = "U9CROWD099999"


@pytest.fixture
def crowd(sandbox: Sandbox) -> Crowd:
    everyone = sandbox.add_crowd(Crowd(SIZE))
    sandbox.add_channel(Channel("C0ALL", "all", members=everyone))
    return everyone


def test_a_crowd_knows_its_own() -> None:
    crowd = Crowd(3, prefix="U9X")
    assert list(crowd) == ["U9X000000", "U9X000001", "U9X000002"]
    assert (crowd[-1], crowd[1:]) == ("U9X000002", ["U9X000001", "U9X000002"])
    for stranger in ("U9X000003", "U9X1", "U9X00000\N{ARABIC-INDIC DIGIT ONE}", "U9X", "U0ADA", "000001", 1):
        assert stranger not in crowd
    with pytest.raises(IndexError):
        crowd[3]


def test_a_person_of_a_crowd_is_the_same_each_time() -> None:
    directory = People([])
    directory.add_crowd(Crowd(SIZE))
    assert directory[LAST] == directory[LAST] == User(LAST, "person99999", "Person 99999", tz="Asia/Kolkata")
    assert "U9CROWD100000" not in directory
    assert len(directory) == len(list(directory)) == SIZE


def test_a_crowd_may_be_of_any_kind() -> None:
    directory = People([])
    directory.add_crowd(
        Crowd(2, person=lambda id_, number: User(id_, f"n{number}", is_restricted=number == 1))
    )
    assert [user.is_guest for user in directory.values()] == [False, True]


async def read(sandbox: Sandbox, method: str, **asked: object) -> list[Any]:
    """Read all members, page by page. Slack's own client takes ten times longer: it words each page for its log."""
    members: list[Any] = []
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        cursor = None
        while cursor != "":
            async with session.post(f"{sandbox.url}/api/{method}", json={**asked, "cursor": cursor}) as reply:
                page = await reply.json()
            members += page["members"]
            cursor = page["response_metadata"]["next_cursor"]
    return members


async def test_everyone_is_read_in_pages_of_a_thousand_and_the_channel_of_999(
    sandbox: Sandbox, crowd: Crowd
) -> None:
    listed = await read(sandbox, "users.list", limit=1000)
    assert [member["id"] for member in listed] == list(sandbox.users)
    assert await read(sandbox, "conversations.members", channel="C0ALL", limit=999) == list(crowd)
    assert sandbox.traffic.count("users.list") == SIZE // 1000 + 1
    assert sandbox.traffic.count("conversations.members") == SIZE // 999 + 1


async def test_a_large_workspace_is_not_listed_in_one_go(
    sandbox: Sandbox, web: AsyncWebClient, crowd: Crowd
) -> None:
    assert await error_of(web.users_list()) == "limit_required"
    assert await error_of(web.users_list(limit=1001)) == "invalid_limit"
    assert len(crowd) < len(sandbox.users)


async def test_one_of_a_crowd_is_written_to_and_may_leave(
    sandbox: Sandbox, web: AsyncWebClient, crowd: Crowd
) -> None:
    assert LAST in crowd
    await web.chat_postMessage(channel=LAST, text="Hello")
    sandbox.add_user(replace(sandbox.users[LAST], deleted=True))
    assert (await web.users_info(user=LAST))["user"]["deleted"]
    assert (await web.chat_postMessage(channel=LAST, text="Hello"))["ok"]
    people, total = sandbox.users.part(0, 2 * SIZE, sandbox.team_id)
    assert [user.deleted for user in people if user.id == LAST] == [True]
    assert len(people) == total == len(sandbox.users)


def test_the_page_shows_one_of_a_crowd_only_to_themselves(sandbox: Sandbox, crowd: Crowd) -> None:
    assert crowd[0] not in {person["id"] for person in page_state(sandbox, "U0ADA")["people"]}
    assert LAST in {person["id"] for person in page_state(sandbox, LAST)["people"]}


def test_a_crowd_costs_nothing() -> None:
    tracemalloc.start()
    sandbox = Sandbox()
    sandbox.add_channel(Channel("C0ALL", "all", members=sandbox.add_crowd(Crowd(SIZE))))
    assert sandbox.bot_user_id not in sandbox.channels["C0ALL"].members
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 100_000
