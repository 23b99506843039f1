"""Somebody looks at App Home, clicks there, or asks for help."""

from collections.abc import Awaitable, Callable
from functools import wraps

from slack_bolt.async_app import AsyncAck

from bot.home.helping import show_help
from bot.home.publishing import refresh_home
from bot.kit.request import Body, is_at_home, part, response_url, who
from bot.kit.services import Services

Listener = Callable[[Services, AsyncAck, Body], Awaitable[None]]


async def home_opened(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    if part(body, "event").get("tab") == "home":
        await refresh_home(services, who(body))


async def help_asked(services: Services, body: Body) -> None:
    """`/nps help`."""
    await show_help(services, who(body), response_url(body))


def redrawing(listener: Listener) -> Listener:
    """Make of a listener one that draws App Home again where the click came from there."""

    @wraps(listener)
    async def run(services: Services, ack: AsyncAck, body: Body) -> None:
        await listener(services, ack, body)
        if is_at_home(body):
            await refresh_home(services, who(body))

    return run
