"""Menus with choices that the app suggests while somebody types."""

import asyncio

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Json, Message, View
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import option
from tests.sandbox.refusals import error_of

GROUPS = {"S0DEV": "Developers", "S0OPS": "Operations"}
MENU: Json = {"type": "multi_external_select", "action_id": "groups", "min_query_length": 0}
PICK: Json = {"type": "external_select", "action_id": "group", "min_query_length": 2}
FORM: Json = {
    "type": "modal",
    "callback_id": "who",
    "title": {"type": "plain_text", "text": "Who?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "groups",
            "label": {"type": "plain_text", "text": "Groups"},
            "element": MENU,
        }
    ],
}


@pytest.fixture
async def form(web: AsyncWebClient, sandbox: Sandbox) -> View:
    await web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=FORM)
    return sandbox.modals["U0BEN"][0]


@pytest.fixture
async def menu(web: AsyncWebClient, sandbox: Sandbox) -> Message:
    blocks = [{"type": "actions", "block_id": "row", "elements": [PICK]}]
    await web.chat_postMessage(channel="U0BEN", text="?", blocks=blocks)
    return sandbox.direct_messages("U0BEN")[0]


def suggesting(app: AsyncApp, action_id: str) -> list[Json]:
    """Let the app suggest the groups that begin with what was typed; return what it hears."""
    heard: list[Json] = []

    @app.options(action_id)
    async def suggest(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        typed = body["value"].lower()
        await ack(
            options=[option(id_, name) for id_, name in GROUPS.items() if name.lower().startswith(typed)]
        )

    return heard


async def test_a_form_is_filled_in_with_what_the_app_suggests(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, form: View
) -> None:
    heard = suggesting(app, "groups")
    sent: list[Json] = []

    @app.view("who")
    async def who(ack: AsyncAck, view: Json) -> None:
        sent.append(view["state"]["values"]["groups"]["groups"])
        await ack()

    await driver.submit("U0BEN", form, {"groups": ["S0OPS"]})

    assert sent == [{"type": "multi_external_select", "selected_options": [option("S0OPS", "Operations")]}]
    assert sandbox.modal("U0BEN") is None
    [asked] = heard
    assert (asked["type"], asked["block_id"], asked["action_id"], asked["value"]) == (
        "block_suggestion",
        "groups",
        "groups",
        "",
    )
    assert asked["container"] == {"type": "view", "view_id": form.id}
    assert asked["view"]["callback_id"] == "who"
    assert asked["user"]["id"] == "U0BEN"
    assert {"trigger_id", "response_url", "actions"}.isdisjoint(asked)


async def test_a_menu_in_a_message_is_typed_into_and_chosen_from(
    app: AsyncApp, driver: SlackDriver, menu: Message
) -> None:
    heard = suggesting(app, "group")
    chosen: list[Json] = []

    @app.action("group")
    async def picked(ack: AsyncAck, body: Json) -> None:
        await ack()
        chosen.append(body["actions"][0]["selected_option"])

    assert await driver.suggest("U0BEN", menu, "group", "dev") == {"options": [option("S0DEV", "Developers")]}
    await driver.click("U0BEN", menu, "group", "S0DEV")

    assert chosen == [option("S0DEV", "Developers")]
    assert [asked["value"] for asked in heard] == ["dev"]
    assert heard[0]["channel"] == {"id": menu.channel, "name": "directmessage"}
    assert heard[0]["message"]["ts"] == menu.ts


async def test_what_the_app_has_not_suggested_cannot_be_chosen(
    app: AsyncApp, driver: SlackDriver, form: View
) -> None:
    suggesting(app, "groups")
    with pytest.raises(LookupError, match="'S0NONE' is none of"):
        await driver.submit("U0BEN", form, {"groups": ["S0NONE"]})


async def test_slack_does_not_ask_before_enough_is_typed(driver: SlackDriver, menu: Message) -> None:
    with pytest.raises(LookupError, match="from 2 letters on; 1 were typed"):
        await driver.suggest("U0BEN", menu, "group", "d")


async def test_slack_waits_for_three_letters_where_the_app_says_nothing(
    driver: SlackDriver, web: AsyncWebClient, sandbox: Sandbox
) -> None:
    element = {"type": "external_select", "action_id": "group"}
    await web.chat_postMessage(channel="U0BEN", text="?", blocks=[{"type": "actions", "elements": [element]}])
    with pytest.raises(LookupError, match="from 3 letters on; 2 were typed"):
        await driver.suggest("U0BEN", sandbox.direct_messages("U0BEN")[0], "group", "de")


async def test_choices_come_in_groups_or_not_at_all(app: AsyncApp, driver: SlackDriver, form: View) -> None:
    grouped = [{"label": {"type": "plain_text", "text": "Teams"}, "options": [option("S0DEV", "Developers")]}]
    answers: list[Json] = [{"option_groups": grouped}, {"options": []}]

    @app.options("groups")
    async def suggest(ack: AsyncAck) -> None:
        await ack(**answers.pop(0))

    assert await driver.suggest("U0BEN", form, "groups") == {"option_groups": grouped}
    assert await driver.suggest("U0BEN", form, "groups", "zzz") == {"options": []}


@pytest.mark.parametrize(
    "answer",
    [
        {"options": [option(str(n), str(n)) for n in range(101)]},
        {"options": [{"text": "Developers", "value": "S0DEV"}]},
        {"options": [], "option_groups": []},
        {"text": "hello"},
    ],
    ids=["too many", "no text object", "both kinds", "neither kind"],
)
async def test_an_answer_that_slack_cannot_show_is_said_to_be_one(
    app: AsyncApp, driver: SlackDriver, form: View, answer: Json
) -> None:
    @app.options("groups")
    async def suggest(ack: AsyncAck) -> None:
        await ack(answer)

    with pytest.raises(ValueError, match="Slack cannot show these choices"):
        await driver.suggest("U0BEN", form, "groups")


async def test_an_app_that_does_not_answer_in_time_has_suggested_nothing(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, form: View
) -> None:
    sandbox.patience = 0.05
    release = asyncio.Event()

    @app.options("groups")
    async def suggest(ack: AsyncAck) -> None:
        await release.wait()
        await ack(options=[])

    with pytest.raises(ValueError, match="The app did not say what there is to choose from"):
        await driver.suggest("U0BEN", form, "groups")
    release.set()


@pytest.mark.parametrize("place", ["input", "section", "actions"])
async def test_such_a_menu_may_stand_wherever_a_menu_may(web: AsyncWebClient, place: str) -> None:
    label = {"type": "plain_text", "text": "Group"}
    places: dict[str, Json] = {
        "input": {"type": "input", "label": label, "element": PICK},
        "section": {"type": "section", "text": label, "accessory": PICK},
        "actions": {"type": "actions", "elements": [PICK]},
    }
    block = places[place]
    assert (await web.chat_postMessage(channel="C0GENERAL", text="?", blocks=[block]))["ok"]


async def test_such_a_menu_has_no_choices_of_its_own(web: AsyncWebClient) -> None:
    block = {"type": "actions", "elements": [{**PICK, "options": [option("S0DEV", "Developers")]}]}
    assert (
        await error_of(web.chat_postMessage(channel="C0GENERAL", text="?", blocks=[block]))
        == "invalid_blocks"
    )


async def test_the_page_reads_the_choices_and_hears_why_there_are_none(
    app: AsyncApp, sandbox: Sandbox, form: View
) -> None:
    suggesting(app, "groups")
    asked = {"as": "U0BEN", "container": {"view_id": form.id}, "action_id": "groups", "query": "op"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{sandbox.url}/page/suggest", json=asked) as reply:
            assert await reply.json() == {"ok": True, "options": [option("S0OPS", "Operations")]}
        async with session.post(f"{sandbox.url}/page/suggest", json={**asked, "as": "U0ADA"}) as reply:
            assert await reply.json() == {"ok": False, "error": "That is no longer there."}
