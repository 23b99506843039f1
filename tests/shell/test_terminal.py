"""What Slack tells people to type becomes what a terminal takes."""

import shlex

import pytest
from typer._click.core import Command
from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import cli
from bot.message import sentence
from bot.shell.kit.terminal import plain


@pytest.mark.parametrize(
    ("typed", "here"),
    [
        ("open Team pulse", "survey open 'Team pulse' --as USER"),
        ("compare NAME NAME", "compare NAME NAME"),
        ("compare 1 2 Team pulse", "compare 1 2 --survey 'Team pulse'"),
        ("wave 2", "report --wave 2"),
        ("wave 2 Team pulse", "report 'Team pulse' --wave 2"),
        ("score 18 11 2", "score --promoters 18 --passives 11 --detractors 2"),
        ("segments Team pulse country", "segments 'Team pulse country'"),
        ("cases overdue", "cases overdue"),
        ("cases Team pulse", "cases --survey 'Team pulse'"),
        ("cases", "cases"),
        ("actions Team pulse", "actions 'Team pulse'"),
        ("waves", "survey waves"),
        ("export Team pulse", "export --survey 'Team pulse'"),
        ("trend", "trend"),
    ],
)
def test_what_is_to_be_typed_in_slack_is_told_as_a_terminal_takes_it(typed: str, here: str) -> None:
    assert plain(sentence(f"Type `/nps {typed}`.")) == f"Type `nps-bot {here}`."
    takes(here)


def takes(line: str) -> None:
    """Let the command line read these words, and run nothing. Raises what it would say of wrong ones."""
    command: Command | None = get_command(cli)
    words, context = shlex.split(line), None
    while isinstance(command, TyperGroup):
        context = command.make_context("nps-bot", words, parent=context)
        left = [*context._protected_args, *context.args]  # noqa: SLF001 - as click's own `invoke` does
        _, command, words = command.resolve_command(context, left)
    assert command
    command.make_context("nps-bot", words, parent=context)


def test_stars_around_words_are_gone_and_others_stay() -> None:
    said = "*You said:* slow → *We did:* 2 * 3 * 4, a*b*c"
    assert plain(sentence(said)) == "You said: slow → We did: 2 * 3 * 4, a*b*c"
