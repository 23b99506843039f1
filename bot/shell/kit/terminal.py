"""What a terminal needs to say what the app says."""

import html
import re
import shlex
import sys
from collections.abc import Awaitable, Callable

import typer

from bot.errors import NpsBotError
from bot.ids import COMMAND
from bot.kit.rules.command import Verb, parse
from bot.message import Message
from bot.shell.kit.sentences import WrongInput
from bot.wording import words_for
from storage.words import CaseSort

WORDS = words_for("en")

_MENTION = re.compile(r"<(?:[#@!]|!subteam\^)(\w+)>")
_BOLD = re.compile(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])")
_TYPED = re.compile(rf"`{COMMAND}(?: ([^`]*))?`")


class NotDone(NpsBotError):  # noqa: N818 - an answer to the operator
    """What was asked for cannot be done; the same sentence that Slack would show."""


def plain(message: Message) -> str:
    """Give the text of a message as a terminal shows it: no escapes, no stars, bare ids, and commands that it knows."""
    text = _BOLD.sub(r"\1", _MENTION.sub(r"\1", message.text))
    return _TYPED.sub(_in_a_terminal, html.unescape(text))


def _in_a_terminal(typed: re.Match[str]) -> str:
    """Say what does here what was to be typed in Slack.

    >>> _TYPED.sub(_in_a_terminal, "Type `/nps open Team pulse`.")
    "Type `nps-bot survey open 'Team pulse' --as USER`."
    """
    command = parse(typed[1] or "")
    if command.verb in {Verb.COMMENTS, Verb.WHO, Verb.ME}:  # these are read in Slack alone
        return typed[0]
    name = _quoted(command.name)
    first, second, third, *_ = [*command.name.split(maxsplit=2), "", "", ""]
    words = {
        Verb.HELP: ["--help"],
        Verb.REPORT: ["report", name],
        Verb.TREND: ["trend", name],
        Verb.DRIVERS: ["drivers", name],
        Verb.SEGMENTS: ["segments", name],
        Verb.COMPARE: ["compare", _quoted(first), _quoted(second), third and f"--survey {_quoted(third)}"],
        Verb.WAVE: ["report", _quoted(" ".join(filter(None, [second, third]))), f"--wave {_quoted(first)}"],
        Verb.SCORE: ["score", f"--promoters {first} --passives {second} --detractors {third}"],
        Verb.LIST: ["survey list"],
        Verb.WAVES: ["survey waves"],
        Verb.NEW: ["survey create", name or WORDS("NAME"), "--as USER"],
        Verb.SETTINGS: ["settings"],
        Verb.CASES: ["cases", name if command.name in {*CaseSort} else name and f"--survey {name}"],
        Verb.ACTIONS: ["actions", name],
        Verb.EXPORT: ["export", f"--survey {name or WORDS('NAME')}"],
    }.get(command.verb, [f"survey {command.verb}", name, "--as USER"])
    return f"`{' '.join(filter(None, ['nps-bot', *words]))}`"


def _quoted(words: str) -> str:
    return shlex.quote(words) if words else ""


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
