"""Channels as an operator writes them: an id, or #name."""

from collections.abc import AsyncIterator, Iterable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.shell.sentences import WrongInput
from bot.shell.working import NotDone

_PAGE = 999


async def channel_ids(web: AsyncWebClient, written: Iterable[str]) -> list[str]:
    """Give the id of each channel. Slack is asked only when one is written as #name. Raises WrongInput, NotDone."""
    known: dict[str, str] = {}
    wanted = list(written)
    if any(one.startswith("#") for one in wanted):
        known = {f"#{name}": channel_id async for name, channel_id in _channels(web)}
    for one in wanted:
        if one.startswith("#") and one not in known:
            message = (
                f"I see no channel {one}. If it is private, invite the app there, or give the channel's id."
            )
            raise WrongInput(message)
    return [known.get(one, one) for one in wanted]


async def _channels(web: AsyncWebClient) -> AsyncIterator[tuple[str, str]]:
    cursor: str | None = None
    while True:
        try:
            page = await web.conversations_list(
                types="public_channel,private_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
            )
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
            code = error.response.get("error") if isinstance(error, SlackApiError) else "no_reply"
            message = f"Slack did not list its channels ({code}): give the channel's id instead of its name."
            raise NotDone(message) from None
        for channel in page["channels"]:
            yield channel["name"], channel["id"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
