"""What a message becomes when what it asked, or showed, was erased; and what the person reads once it is done."""

from bot.message import Message, sentence
from bot.wording import Words


def message(words: Words) -> Message:
    """Say in an old message that what stood here is gone."""
    return sentence(words("What stood here was erased, as you wished."))


def elsewhere(words: Words) -> Message:
    """Say so in a channel, where others read it."""
    return sentence(words("What stood here was erased."))


def quote(words: Words) -> Message:
    """Say where a quote stood that its person, or a manager, has taken back."""
    return sentence(words("The quote that stood here was taken back."))


def done(words: Words, *, wants_none: bool) -> Message:
    """Say that it is done."""
    told = words("It is done: what I kept about you is erased. My old messages to you follow within minutes.")
    if wants_none:
        return sentence(" ".join([told, words("I will not ask you again, in any survey.")]))
    return sentence(told)


EXAMPLES = {
    "an old message": message,
    "in a channel": elsewhere,
    "a quote": quote,
    "done": lambda words: done(words, wants_none=False),
    "done, and no more questions": lambda words: done(words, wants_none=True),
}
