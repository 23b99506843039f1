"""One-sentence answers about conversations under anonymous comments."""

from functools import partial

from bot.ids import COMMAND
from bot.message import Message, code, escaped, sentence
from bot.wording import Words


def gone(words: Words) -> Message:
    """Tell a manager that there is no such conversation."""
    return sentence(words("I no longer know this conversation. Its comment was erased, perhaps."))


def over(words: Words) -> Message:
    """Tell either side that nothing can be written any more."""
    return sentence(words("This conversation has ended, so nothing can be written in it any more."))


def their_turn(words: Words, *, most: int) -> Message:
    """Tell either side to wait for the other."""
    return sentence(
        words(
            "Please wait for an answer first: {most} messages of one side may follow each other, no more.",
            most=most,
        )
    )


def sealed(words: Words) -> Message:
    """Tell the person that nothing can be written because the secret is missing."""
    return sentence(
        words("I cannot open this conversation just now. Those who run this app have to put NPS_SECRET back.")
    )


def not_yours(words: Words) -> Message:
    """Tell somebody who clicked in another person's message."""
    return sentence(words("This message was for someone else."))


def empty(words: Words) -> Message:
    """Tell that there is nothing to send."""
    return sentence(words("Write something first."))


def on_its_way(words: Words) -> Message:
    """Tell the person what becomes of their answer."""
    return sentence(
        words(
            "Thank you! Your answer reaches the team some working hours from now, without your name and without a time."
        )
    )


def answered(words: Words, *, survey_name: str) -> Message:
    """Tell the manager who wrote that there is an answer."""
    return sentence(
        words(
            "Somebody has answered what you wrote back about “{survey}”. {command} shows it.",
            survey=escaped(survey_name),
            command=f"`{COMMAND} comments {code(survey_name)}`",
        )
    )


EXAMPLES = {
    "gone": gone,
    "over": over,
    "their turn": partial(their_turn, most=3),
    "sealed": sealed,
    "not yours": not_yours,
    "empty": empty,
    "on its way": on_its_way,
    "answered": partial(answered, survey_name="Team <pulse>"),
}
