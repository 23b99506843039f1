"""Commands that work with the real database and the real Slack."""

import html
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import logs, settings
from bot.app import App, app_for
from bot.errors import NpsBotError, Refused
from bot.slack import SlackError
from bot.views.message import Message
from bot.wording import words_for

WORDS = words_for("en")

_MENTION = re.compile(r"<[#@!](\w+)>")


class NotDone(NpsBotError):  # noqa: N818 - an answer to the operator
    """What was asked for cannot be done; the same sentence that Slack would show."""


@dataclass(frozen=True)
class Said:
    """What a command prints: data for programs, a text for people."""

    data: Mapping[str, Any] | Sequence[Any]
    text: str


async def at_work(work: Callable[[App], Awaitable[Said]]) -> Said:
    """Open the app, do the work, and close the app. Raises NpsBotError."""
    quiet()
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


def quiet() -> None:
    """Keep standard error for our own sentences: Bolt warns of things that no operator has to know."""
    logs.configure(quiet=True)
    logging.disable(logging.CRITICAL)


def plain(message: Message) -> str:
    """Give the text of a message as a terminal shows it: no escapes, the bare ids of people and channels."""
    return html.unescape(_MENTION.sub(r"\1", message.text))
