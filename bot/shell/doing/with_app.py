"""Commands that work with the real database and the real Slack."""

import html
import re
from collections.abc import Awaitable, Callable

from bot import logs, settings
from bot.app import App, app_for
from bot.errors import NpsBotError, Refused
from bot.message import Message
from bot.shell.sentences import Said
from bot.slack import SlackError
from bot.wording import words_for

WORDS = words_for("en")

_MENTION = re.compile(r"<[#@!](\w+)>")


class NotDone(NpsBotError):  # noqa: N818 - an answer to the operator
    """What was asked for cannot be done; the same sentence that Slack would show."""


async def at_work(work: Callable[[App], Awaitable[Said]]) -> Said:
    """Open the app, do the work, and close the app. Raises NpsBotError."""
    logs.silence()
    async with app_for(settings.load()) as app:
        try:
            return await work(app)
        except Refused as refusal:
            raise NotDone(plain(refusal.notice(WORDS))) from None
        except SlackError as error:
            message = (
                f"Slack did not do what it was asked ({error.code}). Run nps-bot doctor to see what to do."
            )
            raise NotDone(message) from None


def plain(message: Message) -> str:
    """Give the text of a message as a terminal shows it: no escapes, the bare ids of people and channels."""
    return html.unescape(_MENTION.sub(r"\1", message.text))
