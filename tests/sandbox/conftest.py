"""A small workspace, Slack's own client, and a small real Bolt app to be driven."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Channel, Message, SlashCommand, User, View
from bot.sandbox.server import running
from bot.sandbox.wire.serving import serve
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import BUTTONS, modal
from tests.sandbox.hands import Hands


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def sandbox(hands: Hands) -> AsyncIterator[Sandbox]:
    """Ada owns the place, Ben and Cleo work there, Dot left, Eve is outside the private channel."""
    slack = Sandbox(clock=lambda: hands.now, elapsed=lambda: hands.seconds)
    slack.commands.append(SlashCommand("/nps", "[help]", "The score"))
    for user in (
        User("U0ADA", "ada", real_name="Ada Byron", tz="Europe/London", locale="en-GB", is_owner=True),
        User("U0BEN", "ben", real_name="Ben Ode", tz="Asia/Tokyo"),
        User("U0CLEO", "cleo", tz="Europe/Paris", locale="fr-FR"),
        User("U0DOT", "dot", deleted=True),
        User("U0EVE", "eve"),
    ):
        slack.add_user(user)
    everyone = ("U0ADA", "U0BEN", "U0CLEO", "U0EVE")
    slack.add_channel(Channel("C0GENERAL", "general", (*everyone, slack.bot_user_id)))
    slack.add_channel(Channel("C0RANDOM", "random", everyone))
    slack.add_channel(Channel("C0SECRET", "secret", ("U0ADA",), is_private=True))
    slack.add_channel(Channel("C0OLD", "old", everyone, is_archived=True))
    async with running(slack):
        yield slack


@pytest.fixture
def web(sandbox: Sandbox) -> AsyncWebClient:
    """The client real apps use, without its retries."""
    return AsyncWebClient(sandbox.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[])


@pytest.fixture
def driver(sandbox: Sandbox) -> SlackDriver:
    return SlackDriver(sandbox)


@pytest.fixture
def bolt(sandbox: Sandbox, web: AsyncWebClient) -> AsyncApp:
    """A real Bolt app without listeners yet."""
    return AsyncApp(signing_secret=sandbox.signing_secret, client=web, token=sandbox.bot_token)


@pytest.fixture(params=["in process", "over HTTP"])
async def app(request: pytest.FixtureRequest, sandbox: Sandbox, bolt: AsyncApp) -> AsyncIterator[AsyncApp]:
    handler = AsyncSlackRequestHandler(bolt)
    if request.param == "in process":
        sandbox.request_url = handler
        yield bolt
        return
    async with serve(handler) as url:
        sandbox.request_url = f"{url}/slack/events"
        yield bolt


@pytest.fixture
async def question(web: AsyncWebClient, sandbox: Sandbox) -> Message:
    """The message with two buttons that Ben was sent."""
    await web.chat_postMessage(channel="U0BEN", text="?", blocks=BUTTONS)
    return sandbox.direct_messages("U0BEN")[0]


@pytest.fixture
async def opened(web: AsyncWebClient, sandbox: Sandbox) -> View:
    """The modal that is open before Ben."""
    await web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=modal(notify_on_close=True))
    view = sandbox.modal("U0BEN")
    assert view is not None
    return view


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened
