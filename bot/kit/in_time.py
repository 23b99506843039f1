"""A modal comes in time: Slack waits for three seconds, and what takes longer to make follows in its place."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.kit.request import Request
from bot.kit.services import Services
from bot.logs import log
from bot.message import Json
from bot.slack.errors import SlackError

PATIENCE = 1.0
"""Seconds that somebody waits for a modal until they read what takes so long."""

Making = Coroutine[Any, Any, Json]
Show = Callable[[Json], Awaitable[str]]
"""Show a modal, and return Slack's id of it."""


async def show_in_time(
    services: Services, show: Show, making: Making, meanwhile: Callable[[], Making]
) -> None:
    """Show a modal; one that takes long to make is shown as it is `meanwhile`, and then drawn again."""
    made = asyncio.create_task(making)
    try:
        await asyncio.wait([made], timeout=PATIENCE)
        if made.done():
            await show(await made)
            return
        view_id = await show(await meanwhile())
        await _draw_again(services, view_id, await made)
    finally:
        made.cancel()


async def _draw_again(services: Services, view_id: str, view: Json) -> None:
    try:
        await services.slack.update_view(view_id, view)
    except SlackError as error:  # most often, it has been closed
        log.info("modal.not_drawn_again", code=error.code)


def opened(services: Services, request: Request) -> Show:
    """Show a modal that was asked for by a command or a button."""
    return lambda view: services.slack.open_view(request.trigger_id, view)


def answered(ack: AsyncAck, request: Request) -> Show:
    """Show a modal in place of the one that was sent."""

    async def show(view: Json) -> str:
        await ack(response_action="update", view=view)
        return request.view_id

    return show
