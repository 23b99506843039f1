"""Answer a person where they asked."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.kit.noticing import notify
from bot.kit.people import Who, person, words_of
from bot.kit.request import Clicked, Request
from bot.kit.services import Services
from bot.logs import log
from bot.message import Message
from bot.slack.client import with_or_without_chart
from bot.slack.errors import SlackError
from bot.slack.objects import Posted
from bot.wording import Words
from storage.errors import DatabaseAway
from storage.tables import Wave


async def show(services: Services, clicked: Clicked, message: Message, *also: Posted | None) -> None:
    """Let what was clicked say something else, and other messages of the same. Slack's refusal is only logged.

    What was clicked is changed by the address that came with the click: of chat.update Slack takes fifty a minute, and
    more people may answer. Where the address has served, or is too old, chat.update does it.
    """
    changes: dict[Posted | None, Callable[[], Awaitable[None]]] = {
        place: partial(services.slack.update, place, message) for place in also if place
    }
    if clicked.place or clicked.response_url:
        changes[clicked.place] = partial(_show_there, services, clicked, message)
    for change in changes.values():
        try:
            await change()
        except SlackError as error:
            log.warning("message.not_updated", code=error.code)


async def _show_there(services: Services, clicked: Clicked, message: Message) -> None:
    replace = clicked.is_ephemeral or clicked.place is not None
    try:
        if clicked.response_url:
            return await services.slack.respond(clicked.response_url, message, replace=replace)
    except SlackError:
        if clicked.place is None:
            raise
    if clicked.place:
        await services.slack.update(clicked.place, message)
    return None


async def reply(
    services: Services,
    request: Request,
    message: Message,
    *,
    in_channel: bool = False,
    replace: bool = False,
) -> None:
    """Answer by the address that came with the command or click; from App Home, which has none, in a direct message.

    With `replace` the answer takes the place of what was clicked.
    """
    if request.response_url:
        await services.slack.respond(request.response_url, message, in_channel=in_channel, replace=replace)
    else:
        await services.slack.post(request.who.user_id, message)


async def reply_with_chart(
    services: Services, request: Request, render: Callable[[bool], Message], *, in_channel: bool = False
) -> None:
    """Answer with a chart, or without it where Slack does not know charts."""
    await with_or_without_chart(partial(reply, services, request, in_channel=in_channel), render)


async def tell_manager(
    services: Services, wave: Wave, about: str, render: Callable[[Words], Message]
) -> None:
    """Tell the manager who opened a wave about a matter, once; where Slack refuses, only the log says so."""
    somebody = await person(services, Who(wave.workspace_id, wave.opened_by))
    await notify(services, wave.opened_by, about, render(words_of(somebody)))


def database_is_away(error: Exception) -> bool:
    """Whether this error means that nothing could be stored or read."""
    return isinstance(error, DatabaseAway)
