"""Somebody meant a survey or a wave that is not there, or one of several: what to type instead."""

from collections.abc import Callable
from functools import partial

from bot.ids import COMMAND
from bot.kit.views.notices import NAMES_LISTED
from bot.message import Message, code, escaped, sentence
from bot.wording import Words
from storage.words import NAME_LENGTH

_COMMAND_LENGTH = 2 * NAME_LENGTH
"""A verb and a whole name."""


def no_survey_yet(words: Words, *, can_create: bool) -> Message:
    """Say that the workspace has no survey; `can_create` adds the command that makes one."""
    if can_create:
        return sentence(
            words("There is no survey yet. Type {command} to make the first one.", command=f"`{COMMAND} new`")
        )
    return sentence(words("There is no survey yet. A workspace admin or owner can make one."))


def no_such_survey(
    words: Words, *, name: str, suggestion: str | None = None, command: str | None = None
) -> Message:
    """Say that no survey has this name; `suggestion` is the nearest name there is, `command` what to type instead."""
    unknown = words("There is no survey called “{name}”.", name=escaped(name))
    if command is not None:
        hint = words("Did you mean {command}?", command=f"`{COMMAND} {code(command, _COMMAND_LENGTH)}`")
    elif suggestion is None:
        hint = words("{command} shows every survey.", command=f"`{COMMAND} list`")
    else:
        hint = words("Did you mean “{name}”?", name=escaped(suggestion))
    return sentence(f"{unknown} {hint}")


def unknown_word(words: Words, *, word: str, suggestion: str | None = None) -> Message:
    """Say that neither a subcommand nor a survey has this name; `suggestion` is the nearest there is."""
    parts = [words("I don't know “{word}”.", word=escaped(word))]
    if suggestion is not None:
        parts.append(
            words("Did you mean {command}?", command=f"`{COMMAND} {code(suggestion, _COMMAND_LENGTH)}`")
        )
    parts.append(words("{command} lists what I understand.", command=f"`{COMMAND} help`"))
    return sentence(" ".join(parts))


def which_survey(words: Words, *, subcommand: str, names: tuple[str, ...]) -> Message:
    """Ask which of several surveys a subcommand is for."""
    typed = [" ".join(filter(None, [COMMAND, subcommand, code(name)])) for name in names[:NAMES_LISTED]]
    commands = ", ".join(f"`{one}`" for one in typed)
    return sentence(words("Which survey? Type one of these: {commands}.", commands=commands))


def no_wave_yet(words: Words, *, name: str, can_open: bool) -> Message:
    """Say that there is no result to read; `can_open` adds the command that opens the first wave."""
    if can_open:
        return no_wave_open(words, name=name)
    return sentence(
        words("Nobody has been asked “{name}” yet. A manager opens its first wave.", name=escaped(name))
    )


def no_wave_open(words: Words, *, name: str) -> Message:
    """Say that there is no wave to show or close, and how to open one."""
    command = f"`{COMMAND} open {code(name)}`"
    return sentence(
        words(
            "No wave of “{name}” is open. To open one, type {command}.", name=escaped(name), command=command
        )
    )


def which_wave(words: Words) -> Message:
    """Ask for the number of a wave."""
    return sentence(
        words(
            "Which wave? Type its number, and a survey's name where you mean another than the newest: {command}.",
            command=f"`{COMMAND} wave 2`",
        )
    )


def no_such_wave(words: Words, *, name: str, wave: str) -> Message:
    """Say that a survey has had no such wave, and where all stand."""
    return sentence(
        words(
            "“{name}” has had no wave {wave}. {command} shows those that have closed.",
            name=escaped(name),
            wave=escaped(wave),
            command=f"`{COMMAND} trend {code(name)}`",
        )
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "no survey yet, for a manager": partial(no_survey_yet, can_create=True),
    "no survey yet, for others": partial(no_survey_yet, can_create=False),
    "no such survey": partial(no_such_survey, name="Zebra"),
    "no such survey, but a near one": partial(
        no_such_survey, name="Acme custmers", suggestion="Acme customers"
    ),
    "no such survey, but what to type": partial(no_such_survey, name="Tem pulse", command="close Team pulse"),
    "unknown word": partial(unknown_word, word="xyzzy"),
    "unknown word, but a near one": partial(unknown_word, word="opne", suggestion="open"),
    "which survey": partial(which_survey, subcommand="close", names=("Acme customers", "Team pulse")),
    "no wave open": partial(no_wave_open, name="Team pulse"),
    "no wave yet": partial(no_wave_yet, name="Team pulse", can_open=False),
    "which wave": which_wave,
    "no such wave": partial(no_such_wave, name="Team pulse", wave="7"),
}
