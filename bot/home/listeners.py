"""Somebody looks at App Home, clicks there, or asks for help."""

from collections.abc import Awaitable, Callable
from functools import wraps

from slack_bolt.async_app import AsyncAck

from bot.home.helping import show_help
from bot.home.publishing import publish_home, refresh_home
from bot.kit.people import person_with_role
from bot.kit.request import Request
from bot.kit.services import Services

Listener = Callable[[Services, AsyncAck, Request], Awaitable[None]]


async def home_opened(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    if request.tab == "home":
        async with services.attention.turn():
            await refresh_home(services, request.who)


async def help_asked(services: Services, request: Request) -> None:
    """`/nps help`."""
    await show_help(services, request)


def redrawing(listener: Listener) -> Listener:
    """Make of a listener one that draws App Home again where the click came from there."""

    @wraps(listener)
    async def run(services: Services, ack: AsyncAck, request: Request) -> None:
        await listener(services, ack, request)
        if request.is_at_home:
            await refresh_home(services, request.who)

    return run


def redrawing_after(listener: Listener) -> Listener:
    """Make of a listener of a modal one that draws App Home after it, as the person was known before it: it may erase them."""

    @wraps(listener)
    async def run(services: Services, ack: AsyncAck, request: Request) -> None:
        somebody = await person_with_role(services, request.who)
        await listener(services, ack, request)
        await publish_home(services, somebody)

    return run
