"""What a terminal needs to say what the app says."""

import html
import re

from bot.errors import NpsBotError
from bot.message import Message
from bot.wording import words_for

WORDS = words_for("en")

_MENTION = re.compile(r"<[#@!](\w+)>")


class NotDone(NpsBotError):  # noqa: N818 - an answer to the operator
    """What was asked for cannot be done; the same sentence that Slack would show."""


def plain(message: Message) -> str:
    """Give the text of a message as a terminal shows it: no escapes, the bare ids of people and channels."""
    return html.unescape(_MENTION.sub(r"\1", message.text))
