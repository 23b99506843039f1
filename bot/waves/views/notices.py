"""One-sentence answers to a manager who steers a wave that is under way."""

from collections.abc import Callable
from functools import partial

from bot.ids import COMMAND
from bot.message import Message, code, escaped, sentence
from bot.wording import Words


def wave_opened(words: Words, *, name: str, number: int) -> Message:
    opened = words("Wave {number} of “{survey}” is open.", number=number, survey=escaped(name))
    posted = words("I keep you posted in my messages to you.")
    return sentence(f"{opened} {posted}")


def no_open_wave_to_pause(words: Words, *, name: str) -> Message:
    return sentence(
        words("No wave of “{name}” is open, so there is nothing to pause or to resume.", name=escaped(name))
    )


def paused(words: Words, *, name: str) -> Message:
    done = words("“{name}” is paused: nothing more is sent.", name=escaped(name))
    resume = words("{command} lets it go on.", command=f"`{COMMAND} resume {code(name)}`")
    return sentence(f"{done} {resume}")


def already_paused(words: Words, *, name: str) -> Message:
    already = words("“{name}” is already paused.", name=escaped(name))
    resume = words("{command} lets it go on.", command=f"`{COMMAND} resume {code(name)}`")
    return sentence(f"{already} {resume}")


def resumed(words: Words, *, name: str) -> Message:
    return sentence(words("“{name}” goes on where it stopped.", name=escaped(name)))


def not_paused(words: Words, *, name: str) -> Message:
    return sentence(words("“{name}” is not paused, so there is nothing to resume.", name=escaped(name)))


def resent(words: Words, *, people: int) -> Message:
    return sentence(words.plural("I send it again to {n} person.", "I send it again to {n} people.", people))


def nothing_failed(words: Words, *, name: str) -> Message:
    return sentence(
        words("Nothing of “{name}” has failed, so there is nothing to send again.", name=escaped(name))
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "wave opened": partial(wave_opened, name="Team pulse", number=3),
    "no open wave to pause": partial(no_open_wave_to_pause, name="Team pulse"),
    "paused": partial(paused, name="Team pulse"),
    "already paused": partial(already_paused, name="Team pulse"),
    "resumed": partial(resumed, name="Team pulse"),
    "not paused": partial(not_paused, name="Team pulse"),
    "resent": partial(resent, people=3),
    "nothing failed": partial(nothing_failed, name="Team pulse"),
}
