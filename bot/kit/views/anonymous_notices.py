"""One-sentence answers about anonymous surveys: what cannot be done or shown, and why."""

from collections.abc import Callable
from functools import partial

from bot.message import Message, escaped, sentence
from bot.wording import Words


def ballot_cast(words: Words) -> Message:
    """Tell a person whose anonymous answer was counted before, perhaps from another device."""
    return sentence(
        words(
            "You have answered this question already. Nobody knows which answer is yours, so it cannot be changed."
        )
    )


def anonymous_needs_secret(words: Words) -> Message:
    """Tell a manager that the app cannot keep anonymous answers sealed."""
    return sentence(
        words(
            "Anonymous surveys need NPS_SECRET, which keeps their answers sealed. Those who run this app set it: "
            "nps-bot doctor says how."
        )
    )


def anonymous_not_opened(words: Words) -> Message:
    """Tell a manager that the answers of an anonymous wave stay sealed."""
    return sentence(
        words(
            "NPS_SECRET is missing, or is not the one with which this wave opened, so its answers stay sealed and the wave "
            "stays as it is. Whoever runs this app puts the secret back: nps-bot doctor says how."
        )
    )


def anonymous_stays_closed(words: Words, *, name: str) -> Message:
    """Tell a manager that an anonymous wave takes no more answers once its result is out."""
    return sentence(
        words(
            "An anonymous wave of {survey} cannot be reopened: one more answer would show in the result what it says.",
            survey=f"“{escaped(name)}”",
        )
    )


def no_scores_to_export(words: Words, *, name: str, fewest: int) -> Message:
    """Tell a manager that no anonymous scores may leave yet."""
    return sentence(
        words(
            "{survey} is anonymous: its scores leave as a file once a wave has closed with at least {fewest} answers that differ "
            "enough.",
            survey=f"“{escaped(name)}”",
            fewest=fewest,
        )
    )


def too_few_to_name(words: Words, *, name: str, fewest: int) -> Message:
    """Tell a manager that a list of who has answered would say too much."""
    return sentence(
        words(
            "{survey} is anonymous, and I list who has answered only when at least {fewest} people are asked.",
            survey=f"“{escaped(name)}”",
            fewest=fewest,
        )
    )


def no_anonymous_comments(words: Words, *, name: str, fewest: int) -> Message:
    """Tell a manager that there are no comments to read, or too few answers to read them."""
    return sentence(
        words(
            "{survey} is anonymous: its comments show when a wave has closed with at least {fewest} answers. There are none to "
            "show yet.",
            survey=f"“{escaped(name)}”",
            fewest=fewest,
        )
    )


EXAMPLES: dict[str, Callable[[Words], Message]] = {
    "ballot cast": ballot_cast,
    "needs secret": anonymous_needs_secret,
    "not opened": anonymous_not_opened,
    "stays closed": partial(anonymous_stays_closed, name="Team pulse"),
    "no scores to export": partial(no_scores_to_export, name="Team pulse", fewest=5),
    "too few to name": partial(too_few_to_name, name="Team pulse", fewest=10),
    "no comments": partial(no_anonymous_comments, name="Team pulse", fewest=10),
}
