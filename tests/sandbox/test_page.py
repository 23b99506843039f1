"""The page's API: what one person sees, does, and hears of."""

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Channel, Done, Json
from bot.sandbox.workspace import Sandbox

BLOCKS = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {
                "type": "button",
                "action_id": "open",
                "value": "7",
                "text": {"type": "plain_text", "text": "Open"},
            }
        ],
    }
]
MODAL = {
    "type": "modal",
    "callback_id": "why",
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "reason",
            "label": {"type": "plain_text", "text": "Reason"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


class Page:
    """The browser's side of the page, for one person."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, me: str) -> None:
        self.sandbox, self.session, self.me = sandbox, session, me

    async def state(self) -> Json:
        async with self.session.get(f"{self.sandbox.url}/page/state", params={"as": self.me}) as reply:
            return dict(await reply.json())

    async def do(self, deed: str, **said: object) -> Json:
        async with self.session.post(
            f"{self.sandbox.url}/page/{deed}", json={"as": self.me, **said}
        ) as reply:
            assert reply.status == 200
            return dict(await reply.json())


@pytest.fixture
def app(sandbox: Sandbox, bolt: AsyncApp) -> AsyncApp:
    sandbox.request_url = AsyncSlackRequestHandler(bolt)
    return bolt


@pytest.fixture
def ben(sandbox: Sandbox, session: aiohttp.ClientSession) -> Page:
    return Page(sandbox, session, "U0BEN")


async def test_the_state_is_what_that_person_sees(
    sandbox: Sandbox, web: AsyncWebClient, ben: Page, session: aiohttp.ClientSession
) -> None:
    await web.chat_postMessage(channel="C0GENERAL", text="for all", blocks=BLOCKS)
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0BEN", text="for Ben")
    await web.chat_postMessage(channel="U0ADA", text="for Ada")
    await web.views_publish(user_id="U0BEN", view={"type": "home", "blocks": []})
    sandbox.notify("U0BEN", "Something failed")

    state = await ben.state()
    assert state["me"] == "U0BEN"
    assert state["workspace"] == {"name": "Acme"}
    assert state["now"] == sandbox.clock().isoformat()
    assert state["app"] == {
        "name": "NPS",
        "bot_user_id": "U0NPSBOT",
        "commands": [{"command": "/nps", "usage": "[help]", "description": "The score"}],
    }
    places = {each["name"]: each for each in state["conversations"]}
    assert {name: (each["kind"], each["member"], each["archived"]) for name, each in places.items()} == {
        "general": ("channel", True, False),
        "random": ("channel", True, False),
        "old": ("channel", True, True),
        "NPS": ("im", True, False),
    }
    [first, second] = places["general"]["messages"]
    assert (first["text"], first["ephemeral"], first["blocks"]) == ("for all", False, BLOCKS)
    assert (second["text"], second["ephemeral"]) == ("for Ben", True)
    assert places["NPS"]["messages"] == []
    assert state["home"]["type"] == "home"
    assert [notice["text"] for notice in state["notices"]] == ["Something failed"]

    ada = await Page(sandbox, session, "U0ADA").state()
    seen = {each["name"]: [message["text"] for message in each["messages"]] for each in ada["conversations"]}
    assert seen == {"general": ["for all"], "random": [], "secret": [], "old": [], "NPS": ["for Ada"]}


async def test_people_are_listed_without_slackbot(ben: Page) -> None:
    people = {person["id"]: person for person in (await ben.state())["people"]}
    assert people.keys() == {"U0NPSBOT", "U0ADA", "U0BEN", "U0CLEO", "U0DOT", "U0EVE"}
    assert people["U0ADA"] == {
        "id": "U0ADA",
        "name": "ada",
        "real_name": "Ada Byron",
        "title": "",
        "tz": "Europe/London",
        "locale": "en-GB",
        "is_bot": False,
        "deleted": False,
        "is_admin": True,
        "is_guest": False,
        "is_foreign": False,
    }


async def test_a_newcomer_begins_as_the_first_person(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{sandbox.url}/page/state") as reply:
        assert (await reply.json())["me"] == "U0ADA"


async def test_a_stranger_has_no_state(ben: Page) -> None:
    ben.me = "U0NOBODY"
    assert await ben.state() == {"ok": False, "error": "Nobody here has the id 'U0NOBODY'."}


async def test_a_person_types_clicks_fills_in_and_sends(app: AsyncApp, sandbox: Sandbox, ben: Page) -> None:
    heard: list[object] = []

    @app.command("/nps")
    async def nps(ack: AsyncAck, command: Json) -> None:
        heard.append(command["text"])
        await ack(text="facts", blocks=BLOCKS)

    @app.action("open")
    async def clicked(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        heard.append(body["actions"][0]["value"])
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("why")
    async def why(ack: AsyncAck, view: Json) -> None:
        heard.append(view["state"]["values"]["reason"]["text"]["value"])
        await ack()

    assert await ben.do("command", channel="C0RANDOM", text="/nps  help ") == {"ok": True}
    [message] = sandbox.ephemerals("U0BEN")
    container = {"channel": message.channel, "ts": message.ts}
    action = {"block_id": "row", "action_id": "open", "type": "button", "value": "7"}
    assert await ben.do("action", container=container, action=action, values={}) == {"ok": True}
    await sandbox.until(lambda: sandbox.modal("U0BEN") is not None)
    [modal] = (await ben.state())["modals"]
    assert (modal["title"]["text"], modal["callback_id"]) == ("Why?", "why")

    assert await ben.do("submit", view_id=modal["id"], values={}) == {"ok": True}
    [modal] = (await ben.state())["modals"]
    assert modal["errors"] == {"reason": "Please complete this required field."}
    values = {"reason": {"text": {"type": "plain_text_input", "value": "Kind people"}}}
    assert await ben.do("submit", view_id=modal["id"], values=values) == {"ok": True}
    assert (await ben.state())["modals"] == []
    assert heard == ["help", "7", "Kind people"]


async def test_a_modal_closes_and_a_notice_goes_away(
    app: AsyncApp, sandbox: Sandbox, web: AsyncWebClient, ben: Page
) -> None:
    assert app.name
    await web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=MODAL)
    [modal] = (await ben.state())["modals"]
    assert await ben.do("close", view_id=modal["id"]) == {"ok": True}
    assert (await ben.state())["modals"] == []

    sandbox.notify("U0BEN", "Something failed")
    [notice] = (await ben.state())["notices"]
    assert await ben.do("dismiss", notice=notice["id"]) == {"ok": True}
    assert (await ben.state())["notices"] == []


async def test_opening_home_is_told_to_the_app(app: AsyncApp, ben: Page) -> None:
    heard: list[str] = []

    @app.event("app_home_opened")
    async def opened_home(event: Json) -> None:
        heard.append(event["user"])

    assert await ben.do("home") == {"ok": True}
    assert heard == ["U0BEN"]


async def test_an_app_that_is_away_leaves_a_notice(ben: Page) -> None:
    assert await ben.do("command", channel="C0GENERAL", text="/nps") == {"ok": True}
    [notice] = (await ben.state())["notices"]
    assert notice["text"] == '/nps failed with the error "dispatch_failed"'


async def test_controls_are_pressed(sandbox: Sandbox, ben: Page) -> None:
    pressed = asyncio.Event()

    async def press() -> Done:
        pressed.set()
        return Done("one week over", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))

    sandbox.add_control("week", "Jump a week", press)
    assert (await ben.state())["controls"] == [{"id": "week", "label": "Jump a week"}]
    assert await ben.do("control", id="week") == {
        "ok": True,
        "done": "one week over",
        "moved_to": "2026-11-24T09:30:00+00:00",
    }
    assert pressed.is_set()


@pytest.mark.parametrize(
    ("deed", "said", "error"),
    [
        ("command", {"channel": "C0GENERAL", "text": "/lunch"}, "/lunch is not a valid command."),
        ("command", {"text": "/nps"}, "The page left out 'channel'."),
        ("action", {"container": {"channel": "C0GENERAL", "ts": "1.0"}}, "That is no longer there."),
        ("command", {"channel": "C0", "text": "/nps"}, "no conversation is called 'C0'"),
        ("control", {"id": "century"}, "There is no such control."),
        ("submit", {"view_id": "V0"}, "That window is no longer open."),
        ("home", {"as": "U0NOBODY"}, "Nobody here has the id 'U0NOBODY'."),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    ben: Page, deed: str, said: Json, error: str
) -> None:
    assert await ben.do(deed, **said) == {"ok": False, "error": error}


async def test_nobody_clicks_in_a_place_they_cannot_see(
    sandbox: Sandbox, web: AsyncWebClient, ben: Page
) -> None:
    sandbox.add_channel(Channel("C0SECRET", "secret", ("U0ADA", sandbox.bot_user_id), is_private=True))
    posted = await web.chat_postMessage(channel="C0SECRET", text="x", blocks=BLOCKS)
    container = {"channel": "C0SECRET", "ts": posted["ts"]}
    reply = await ben.do("action", container=container, action={"action_id": "open"})
    assert reply == {"ok": False, "error": "That is no longer there."}


async def test_each_change_is_news(
    sandbox: Sandbox, web: AsyncWebClient, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{sandbox.url}/page/events") as news, asyncio.timeout(2):
        assert news.content_type == "text/event-stream"
        first = await news.content.readline()
        assert first == f"data: {sandbox.version}\n".encode()
        await news.content.readline()
        await web.chat_postMessage(channel="C0GENERAL", text="x")
        while await news.content.readline() != f"data: {sandbox.version}\n".encode():
            pass
