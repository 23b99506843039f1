"""What a terminal needs to say what the app says."""

import html
import re
import sys
from collections.abc import Awaitable, Callable

import typer

from bot.errors import NpsBotError
from bot.message import Message
from bot.shell.sentences import WrongInput
from bot.wording import words_for

WORDS = words_for("en")

_MENTION = re.compile(r"<[#@!](\w+)>")


class NotDone(NpsBotError):  # noqa: N818 - an answer to the operator
    """What was asked for cannot be done; the same sentence that Slack would show."""


def plain(message: Message) -> str:
    """Give the text of a message as a terminal shows it: no escapes, the bare ids of people and channels."""
    return html.unescape(_MENTION.sub(r"\1", message.text))


async def agreed(ask: Callable[[], Awaitable[Message]], *, yes: bool) -> None:
    """Show what would happen and ask whether to do it, unless told `--yes`. Raises Abort, and WrongInput without a terminal.

    What is asked goes to standard error: standard output holds what was done.
    """
    if yes:
        return
    question = plain(await ask())
    typer.echo(question, err=True)
    if not sys.stdin.isatty():
        message = "There is no terminal to ask on: say --yes to do it."
        raise WrongInput(message)
    # Not typer.confirm, which writes a space to standard output.
    typer.echo("Do it? [y/N] ", nl=False, err=True)
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise typer.Abort
