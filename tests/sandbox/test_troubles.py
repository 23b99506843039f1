"""Slack's bad days, switched on and off on the page."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Json, User
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


async def ask(sandbox: Sandbox, session: aiohttp.ClientSession, deed: str, **said: object) -> Json:
    async with session.post(f"{sandbox.url}/page/{deed}", json={"as": "U0ADA", **said}) as reply:
        return dict(await reply.json())


async def read(sandbox: Sandbox, session: aiohttp.ClientSession, path: str) -> Any:  # noqa: ANN401 - any JSON
    async with session.get(f"{sandbox.url}/page/{path}") as reply:
        return await reply.json()


async def troubles(sandbox: Sandbox, session: aiohttp.ClientSession) -> dict[str, tuple[bool, int]]:
    state = await read(sandbox, session, "state?as=U0ADA")
    return {each["id"]: (each["on"], each["struck"]) for each in state["troubles"]}


async def outcome(web: AsyncWebClient, person: str) -> str:
    try:
        await web.chat_postMessage(channel=person, text="x")
    except SlackApiError as error:
        return str(error.response.status_code)
    except aiohttp.ServerDisconnectedError:
        return "hung up"
    return "ok"


async def test_nothing_is_wrong_to_begin_with(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    assert await troubles(sandbox, session) == dict.fromkeys(
        ("rate_limit", "server_errors", "lost_messages", "lost_replies", "slow_replies", "revoked"),
        (False, 0),
    )


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ("server_errors", (["ok", "ok", "500"], 2)),
        ("lost_messages", (["ok", "ok", "hung up"], 2)),
        ("lost_replies", (["ok", "ok", "hung up"], 3)),
        ("rate_limit", (["ok", "429", "429"], 1)),
        ("revoked", (["200", "200", "200"], 0)),
    ],
)
async def test_a_trouble_strikes_while_it_is_on(
    sandbox: Sandbox,
    web: AsyncWebClient,
    session: aiohttp.ClientSession,
    trouble: str,
    expected: tuple[list[str], int],
) -> None:
    outcomes, taken = expected
    crowd = [sandbox.add_user(User(f"U1{n}", f"n{n}")).id for n in range(3)]
    assert await ask(sandbox, session, "trouble", id=trouble, on=True) == {"ok": True}
    assert await ask(sandbox, session, "trouble", id=trouble, on=True) == {"ok": True}
    assert [await outcome(web, person) for person in crowd] == outcomes
    assert sum(len(sandbox.direct_messages(person)) for person in crowd) == taken
    struck = 0 if trouble == "revoked" else sum(end != "ok" for end in outcomes)
    assert (await troubles(sandbox, session))[trouble] == (True, struck)

    assert await ask(sandbox, session, "trouble", id=trouble, on=False) == {"ok": True}
    assert [await outcome(web, person) for person in crowd * 2] == ["ok"] * 6
    assert (await troubles(sandbox, session))[trouble] == (False, 0)


async def test_slow_replies_are_half_a_minute_late(sandbox: Sandbox) -> None:
    sandbox.troubles.switch("slow_replies", on=True)
    [fault] = sandbox.faults.pending
    assert (fault.kind.name, fault.seconds, fault.every, fault.times) == ("LATE_REPLY", 30, 3, None)


async def test_a_channel_is_archived_and_brought_back(
    sandbox: Sandbox, web: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    assert await ask(sandbox, session, "archive", channel="C0GENERAL", on=True) == {"ok": True}
    assert await error_of(web.chat_postMessage(channel="C0GENERAL", text="x")) == "is_archived"
    assert await ask(sandbox, session, "archive", channel="C0GENERAL", on=False) == {"ok": True}
    assert (await web.chat_postMessage(channel="C0GENERAL", text="x"))["ok"]


@pytest.mark.parametrize(
    ("deed", "said", "error"),
    [
        ("trouble", {"id": "earthquake", "on": True}, "There is no such trouble."),
        ("archive", {"channel": "C0NONE", "on": True}, "There is no such channel."),
    ],
)
async def test_what_is_not_there_cannot_be_troubled(
    sandbox: Sandbox, session: aiohttp.ClientSession, deed: str, said: Json, error: str
) -> None:
    assert await ask(sandbox, session, deed, **said) == {"ok": False, "error": error}


async def test_the_page_reads_the_log_from_where_it_was(
    sandbox: Sandbox, web: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    await web.chat_postMessage(channel="C0GENERAL", text="secret")
    await error_of(web.users_info(user="U0NOBODY"))
    log = await read(sandbox, session, "traffic")
    assert (log["all"], log["failed"], len(log["exchanges"])) == (2, 1, 2)
    assert log["exchanges"][0] == {
        "number": 1,
        "at": sandbox.clock().isoformat(),
        "toward": "slack",
        "what": "chat.postMessage",
        "about": "#general",
        "outcome": "ok",
        "detail": "",
        "seconds": 0.0,
    }
    later = await read(sandbox, session, "traffic?after=1")
    assert [each["outcome"] for each in later["exchanges"]] == ["user_not_found"]
