"""Answer a person where they asked."""

from collections.abc import Callable
from functools import partial

from bot.flows.people import Who
from bot.flows.services import Services
from bot.slack import with_or_without_chart
from bot.views.message import Message
from storage.errors import DatabaseAway


async def reply(
    services: Services, who: Who, response_url: str | None, message: Message, *, in_channel: bool = False
) -> None:
    """Answer by the address that came with the command or click; from App Home, which has none, in a direct message."""
    if response_url:
        await services.slack.respond(response_url, message, in_channel=in_channel)
    else:
        await services.slack.post(who.user_id, message)


async def reply_with_chart(
    services: Services,
    who: Who,
    response_url: str | None,
    render: Callable[[bool], Message],
    *,
    in_channel: bool = False,
) -> None:
    """Answer with a chart, or without it where Slack does not know charts."""
    await with_or_without_chart(partial(reply, services, who, response_url, in_channel=in_channel), render)


def database_is_away(error: Exception) -> bool:
    """Whether this error means that nothing could be stored or read."""
    return isinstance(error, DatabaseAway)
