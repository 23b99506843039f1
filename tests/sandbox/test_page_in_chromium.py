"""The page in a real Chromium, where there is one: switches, traffic, threads, menus and second thoughts."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Done, Json
from bot.sandbox.workspace import Sandbox
from tests.browser.conftest import chromium  # noqa: F401 - a fixture
from tests.sandbox.examples import option
from tests.sandbox.hands import Hands

pytestmark = pytest.mark.slow

BEN = "U0BEN"


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:  # noqa: F811 - the fixture
    """A page on which no script may fail."""
    opened = await chromium.new_page(viewport={"width": 1400, "height": 900})
    broken: list[str] = []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
    yield opened
    assert broken == []


@pytest.fixture
def app(sandbox: Sandbox, bolt: AsyncApp) -> AsyncApp:
    sandbox.request_url = AsyncSlackRequestHandler(bolt)
    return bolt


async def visit(page: Page, sandbox: Sandbox, place: str) -> None:
    await page.goto(f"{sandbox.url}/#{BEN}/{place}")
    await expect(page.get_by_label("Message", exact=True)).to_be_visible()


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


async def test_slack_is_made_difficult_and_the_traffic_shows_it(
    sandbox: Sandbox, web: AsyncWebClient, page: Page
) -> None:
    await visit(page, sandbox, "C0GENERAL")
    await page.get_by_role("button", name="Traffic", exact=True).click()
    await page.get_by_role("button", name="Make Slack difficult").click()
    limit = page.get_by_role("switch", name="Rate limit")
    await limit.click()
    await expect(limit).to_be_checked()

    await web.chat_postMessage(channel="C0GENERAL", text="secret words")
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel="C0GENERAL", text="secret words")

    panel = page.get_by_role("dialog", name="Make Slack difficult")
    await expect(panel).to_contain_text("Struck one message so far.")
    await expect(page.locator("#trouble")).to_contain_text("1")
    traffic = page.get_by_role("complementary", name="Traffic")
    rows = traffic.get_by_role("listitem")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text(
        re.compile(r"The app asks Slack: chat.postMessage\s*ok\s*#general")
    )
    await expect(rows.last).to_contain_text(re.compile(r"ratelimited\s*#general · wait 5 s"))
    await expect(traffic).not_to_contain_text("secret words")
    await expect(traffic).to_contain_text("2 requests, 1 failed")
    await traffic.get_by_label("Only what failed").check()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("ratelimited")

    await page.get_by_role("button", name="Make Slack difficult").click()
    await panel.get_by_role("switch", name="general").click()
    await expect(page.get_by_role("link", name="general archived")).to_be_visible()
    assert sandbox.channels["C0GENERAL"].is_archived
    await limit.click()
    await expect(limit).not_to_be_checked()
    assert sandbox.limits.refused_for("chat.postMessage", "C0GENERAL") is None

    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await traffic.get_by_role("button", name="Close the traffic").click()
    await expect(traffic).to_be_hidden()


LABELS = ("Let colleagues answer", "Next message", "Next digest", "End of the wave", "Next wave")
# The buttons of the top bar that something covers or cuts off at their left or right edge.
OUT_OF_REACH = """() => [...document.querySelectorAll("#topbar button")].filter((button) => {
  const { left, right, top, bottom, width } = button.getBoundingClientRect();
  const reached = (x) => button.contains(document.elementFromPoint(x, (top + bottom) / 2));
  return width > 0 && !(reached(left + 5) && reached(right - 5));
}).map((button) => button.textContent.trim())"""


@pytest.mark.parametrize("width", [390, 768, 1024, 1280, 1440])
async def test_every_button_of_the_top_bar_is_in_reach(sandbox: Sandbox, page: Page, width: int) -> None:
    for label in LABELS:
        sandbox.add_control(label, label, _nothing)
    await page.set_viewport_size({"width": width, "height": 800})
    await visit(page, sandbox, "C0GENERAL")

    for label in (*LABELS, "Make Slack difficult", "Traffic"):
        await expect(page.get_by_role("button", name=label, exact=True)).to_be_in_viewport(ratio=1)
    assert await page.evaluate(OUT_OF_REACH) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_button_of_the_top_bar_says_what_it_did(sandbox: Sandbox, page: Page) -> None:
    async def jump() -> Done:
        return Done("3 messages sent", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))

    sandbox.add_control("message", "Next message", jump)
    sandbox.add_control("wave", "Next wave", _nothing)
    await visit(page, sandbox, "C0GENERAL")
    said = page.get_by_role("status").and_(page.locator("#said"))
    await expect(said).to_have_text("")

    await page.get_by_role("button", name="Next message").click()
    await expect(said).to_have_text("Moved to Tuesday, November 24 at 6:30 PM: 3 messages sent.")
    await page.get_by_role("button", name="Next wave").click()
    await expect(said).to_have_text("No wave is planned.")

    await page.get_by_role("button", name="Make Slack difficult").click()
    panel = page.get_by_role("dialog", name="Make Slack difficult")
    for name, turned_on, turned_off in (
        (
            "Revoked token",
            "Revoked token is on. Every request is answered with token_revoked.",
            "Revoked token is off.",
        ),
        ("general", "#general is archived. Nobody can post there.", "#general is back."),
    ):
        await panel.get_by_role("switch", name=name).click()
        await expect(said).to_have_text(turned_on)
        await panel.get_by_role("switch", name=name).click()
        await expect(said).to_have_text(turned_off)


async def test_a_switch_can_be_turned_back_though_the_page_hears_of_nothing_else(
    sandbox: Sandbox, page: Page
) -> None:
    await page.route("**/page/events", lambda _: None)
    await visit(page, sandbox, "C0GENERAL")
    await page.get_by_role("button", name="Make Slack difficult").click()
    switch = page.get_by_role("dialog", name="Make Slack difficult").get_by_role("switch", name="general")
    await switch.click()
    await expect(switch).to_be_checked()
    await switch.click(timeout=10_000)  # after half a minute it could be turned back in any case
    await expect(switch).not_to_be_checked()


async def _nothing() -> Done:
    return Done("No wave is planned")


async def test_a_reply_stands_under_its_message_whatever_came_between(
    sandbox: Sandbox, web: AsyncWebClient, page: Page, hands: Hands
) -> None:
    first = await web.chat_postMessage(channel=BEN, text="The question")
    place = str(first["channel"])
    hands.turn(60)
    await web.chat_postMessage(channel=BEN, text="Something else")
    hands.turn(3 * 86_400)
    await web.chat_postMessage(channel=place, thread_ts=first["ts"], text="The reminder")
    await visit(page, sandbox, place)

    log = page.get_by_role("log")
    messages = log.get_by_role("article")
    await expect(messages).to_contain_text(["The question", "The reminder", "Something else"])
    await expect(log).to_contain_text("1 reply")
    await expect(messages.nth(1)).to_contain_text("Today")
    await expect(log.get_by_role("separator")).to_have_count(1)


async def test_a_new_reply_out_of_sight_is_offered(
    sandbox: Sandbox, web: AsyncWebClient, page: Page, hands: Hands
) -> None:
    first = await web.chat_postMessage(channel=BEN, text="The question")
    for number in range(60):
        await web.chat_postMessage(channel=BEN, text=f"Line {number}")
    place = str(first["channel"])
    await visit(page, sandbox, place)
    await expect(page.get_by_text("Line 59")).to_be_in_viewport()
    hands.turn(1)
    await web.chat_postMessage(channel=place, thread_ts=first["ts"], text="The reminder")
    await page.get_by_role("button", name="New reply").click()
    await expect(page.get_by_text("The reminder")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="New reply")).to_be_hidden()


async def test_a_menu_is_searched_in_the_apps_own_choices(
    app: AsyncApp, sandbox: Sandbox, web: AsyncWebClient, page: Page
) -> None:
    sent: list[Json] = []

    @app.options("groups")
    async def suggest(ack: AsyncAck, body: Json) -> None:
        groups = [option("S0DEV", "Developers"), option("S0OPS", "Operations")]
        await ack(options=[each for each in groups if body["value"] in each["text"]["text"].lower()])

    @app.view("who")
    async def who(ack: AsyncAck, view: Json) -> None:
        sent.append(view["state"]["values"]["groups"]["groups"])
        await ack()

    menu = {"type": "multi_external_select", "action_id": "groups", "min_query_length": 2}
    block = {"type": "input", "block_id": "groups", "label": words("Groups"), "element": menu}
    view = {"type": "modal", "callback_id": "who", "title": words("Who?"), "submit": words("Send")}
    await visit(page, sandbox, "C0GENERAL")
    await web.views_open(trigger_id=sandbox.triggers.issue(BEN), view={**view, "blocks": [block]})

    field = page.get_by_role("dialog", name="Who?").get_by_label("Groups")
    await field.press_sequentially("o")
    await expect(page.get_by_text("Type 2 letters or more")).to_be_visible()
    await field.press_sequentially("perat")
    await expect(page.get_by_role("option")).to_have_text(["Operations"])
    await page.keyboard.press("Enter")
    await field.press_sequentially("zz")
    await expect(page.get_by_text("No results")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()

    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert sent == [{"type": "multi_external_select", "selected_options": [option("S0OPS", "Operations")]}]


async def test_a_second_thought_tells_the_app_nothing(
    app: AsyncApp, sandbox: Sandbox, web: AsyncWebClient, page: Page
) -> None:
    heard: list[str] = []

    @app.action("more")
    async def chosen(ack: AsyncAck, body: Json) -> None:
        heard.append(body["actions"][0]["selected_option"]["value"])
        await ack()

    @app.action("stop")
    async def stopped(ack: AsyncAck) -> None:
        heard.append("stop")
        await ack()

    confirm = {
        "title": words("Sure?"),
        "text": words("Really?"),
        "confirm": words("Yes"),
        "deny": words("No"),
    }
    later = [option("hour", "In an hour"), option("never", "Never again")]
    elements = [
        {"type": "overflow", "action_id": "more", "options": later, "confirm": confirm},
        {"type": "button", "action_id": "stop", "text": words("Stop asking"), "confirm": confirm},
    ]
    await web.chat_postMessage(channel=BEN, text="?", blocks=[{"type": "actions", "elements": elements}])
    await visit(page, sandbox, sandbox.direct_message_with(BEN).id)

    async def answer(use: Locator, name: str) -> None:
        await use.click()
        await page.get_by_role("alertdialog", name="Sure?").get_by_role("button", name=name).click()
        await expect(page.get_by_role("alertdialog")).to_have_count(0)

    await answer(page.get_by_role("button", name="Stop asking"), "No")
    await page.get_by_role("button", name="More actions").click()
    await answer(page.get_by_role("menuitem", name="Never again"), "No")
    await page.get_by_role("button", name="More actions").click()
    await answer(page.get_by_role("menuitem", name="In an hour"), "Yes")
    await sandbox.until(lambda: heard == ["hour"])
    await answer(page.get_by_role("button", name="Stop asking"), "Yes")
    await sandbox.until(lambda: heard == ["hour", "stop"])
