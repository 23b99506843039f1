"""One-sentence answers to a manager who steers a wave that is under way."""

from collections.abc import Callable
from functools import partial

from bot.ids import COMMAND
from bot.message import Message, code, escaped, sentence
from bot.wording import Words


def wave_opened(words: Words, *, name: str, number: int) -> Message:
    """Tell a manager that the wave is open; how it goes is told in a direct message to them."""
    opened = words("Wave {number} of “{survey}” is open.", number=number, survey=escaped(name))
    posted = words("I keep you posted in my messages to you.")
    return sentence(f"{opened} {posted}")


def nothing_done(words: Words) -> Message:
    """Say that a manager who was asked first said no, and that all is as it was."""
    return sentence(words("Nothing was changed."))


def changed_meanwhile(words: Words, *, subcommand: str, name: str) -> Message:
    """Say that a manager agreed to something about a wave that is no longer the one in question."""
    command = f"`{COMMAND} {subcommand} {code(name)}`"
    changed = words("“{name}” has changed since I asked you, so I did nothing.", name=escaped(name))
    again = words("{command} asks again.", command=command)
    return sentence(f"{changed} {again}")


def no_open_wave_to_pause(words: Words, *, name: str) -> Message:
    """Say that a survey which asks once has no open wave, so nothing can be paused."""
    return sentence(
        words("No wave of “{name}” is open, so there is nothing to pause or to resume.", name=escaped(name))
    )


def _lets_it_go_on(words: Words, name: str) -> str:
    return words("{command} lets it go on.", command=f"`{COMMAND} resume {code(name)}`")


def _takes_it_up_again(words: Words, name: str) -> str:
    return words("{command} takes it up again.", command=f"`{COMMAND} resume {code(name)}`")


def paused(words: Words, *, name: str) -> Message:
    """Say that nothing more is sent, and how to go on."""
    done = words("“{name}” is paused: nothing more is sent.", name=escaped(name))
    return sentence(f"{done} {_lets_it_go_on(words, name)}")


def already_paused(words: Words, *, name: str) -> Message:
    """Say that somebody has paused the survey before, and how to go on."""
    already = words("“{name}” is already paused.", name=escaped(name))
    return sentence(f"{already} {_lets_it_go_on(words, name)}")


def resumed(words: Words, *, name: str) -> Message:
    """Say that sending goes on."""
    return sentence(words("“{name}” goes on where it stopped.", name=escaped(name)))


def ended(words: Words, *, name: str) -> Message:
    """Say that a survey has ended, and how to take it up again."""
    done = words("“{name}” has ended. Its results stay.", name=escaped(name))
    return sentence(f"{done} {_takes_it_up_again(words, name)}")


def already_ended(words: Words, *, name: str) -> Message:
    """Say that a survey had ended before, and how to take it up again."""
    already = words("“{name}” has already ended.", name=escaped(name))
    return sentence(f"{already} {_takes_it_up_again(words, name)}")


def taken_up(words: Words, *, name: str) -> Message:
    """Say that a survey which had ended goes on, and asks nobody by that."""
    again = words("“{name}” is taken up again, and nobody is asked by that.", name=escaped(name))
    opens = words("{command} opens its next wave.", command=f"`{COMMAND} open {code(name)}`")
    return sentence(f"{again} {opens}")


def reopened(words: Words, *, name: str, number: int) -> Message:
    """Say that a wave takes answers again."""
    return sentence(
        words("Wave {number} of “{survey}” takes answers again.", number=number, survey=escaped(name))
    )


def nothing_to_reopen(words: Words, *, name: str) -> Message:
    """Say why no wave can be reopened."""
    return sentence(
        words(
            "“{name}” has no wave to reopen: a wave can be reopened within a week, if it was closed before its time.",
            name=escaped(name),
        )
    )


def answers_erased(words: Words, *, name: str) -> Message:
    """Say why a wave of which answers are gone stays closed."""
    return sentence(
        words(
            "The last wave of “{name}” cannot be reopened: answers of it are erased, and its result, which counts them still, would change.",
            name=escaped(name),
        )
    )


def not_paused(words: Words, *, name: str) -> Message:
    """Say that a survey to be resumed was not paused."""
    return sentence(words("“{name}” is not paused, so there is nothing to resume.", name=escaped(name)))


def resent(words: Words, *, people: int) -> Message:
    """Say how many people get the question again."""
    return sentence(words.plural("I send it again to {n} person.", "I send it again to {n} people.", people))


def nothing_failed(words: Words, *, name: str) -> Message:
    """Say that Slack has refused no message of the open wave, or that none is open."""
    return sentence(
        words("Nothing of “{name}” has failed, so there is nothing to send again.", name=escaped(name))
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "wave opened": partial(wave_opened, name="Team pulse", number=3),
    "nothing done": nothing_done,
    "changed meanwhile": partial(changed_meanwhile, subcommand="close", name="Team pulse"),
    "no open wave to pause": partial(no_open_wave_to_pause, name="Team pulse"),
    "paused": partial(paused, name="Team pulse"),
    "already paused": partial(already_paused, name="Team pulse"),
    "resumed": partial(resumed, name="Team pulse"),
    "ended": partial(ended, name="Team pulse"),
    "already ended": partial(already_ended, name="Team pulse"),
    "taken up": partial(taken_up, name="Team pulse"),
    "reopened": partial(reopened, name="Team pulse", number=2),
    "nothing to reopen": partial(nothing_to_reopen, name="Team pulse"),
    "answers erased": partial(answers_erased, name="Team pulse"),
    "not paused": partial(not_paused, name="Team pulse"),
    "resent": partial(resent, people=3),
    "nothing failed": partial(nothing_failed, name="Team pulse"),
}
