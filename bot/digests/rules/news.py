"""What a digest begins with: the most useful that has happened since the one before it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from itertools import chain, zip_longest

from scoring.change import Verdict
from scoring.scale import Category

CLEAR = {Verdict.UP, Verdict.DOWN}


class Lead(StrEnum):
    """What stands first, the most useful first."""

    VERDICT = auto()  # a wave has closed, and moved by more than chance explains
    TREND = auto()  # a wave has closed, and the last ones differ from those before
    CLOSING = auto()  # a wave has closed
    OPENING = auto()  # a wave has opened
    ANSWERS = auto()  # answers have come
    NOTHING = auto()


def lead(
    *,
    has_closed: bool,
    verdict: Verdict | None,
    trend: Verdict | None,
    has_opened: bool,
    has_answers: bool,
) -> Lead:
    """Choose the first that holds. Verdicts are None where two waves, or spans of waves, may not be compared.

    >>> lead(has_closed=True, verdict=Verdict.NO_CLEAR_CHANGE, trend=Verdict.DOWN, has_opened=False, has_answers=True)
    <Lead.TREND: 'trend'>
    """
    holds = {
        Lead.VERDICT: has_closed and verdict in CLEAR,
        Lead.TREND: has_closed and trend in CLEAR,
        Lead.CLOSING: has_closed,
        Lead.OPENING: has_opened,
        Lead.ANSWERS: has_answers,
    }
    return next((one for one, is_so in holds.items() if is_so), Lead.NOTHING)


MOST_QUOTED = 3
TELLING = 4
"""Words that a comment needs to go before shorter ones."""


def quoted(comments: Mapping[Category, Sequence[str]]) -> tuple[str, ...]:
    """Choose comments across the categories, each with the newest first: as many of each as of the others, if there are.

    Those that say something go before "ok". They come in the order of the alphabet, which tells nothing of who chose what.

    >>> quoted({Category.PROMOTER: ["ok", "The new phones are great"], Category.DETRACTOR: ["Nobody answers my mails"]})
    ('Nobody answers my mails', 'ok', 'The new phones are great')
    """
    ordered = [sorted(comments.get(one, ()), key=_is_short) for one in Category]
    in_turn = chain.from_iterable(zip_longest(*ordered))
    chosen = [one for one in in_turn if one is not None]
    return tuple(sorted(dict.fromkeys(chosen[:MOST_QUOTED]), key=str.casefold))


def _is_short(comment: str) -> bool:
    return len(comment.split()) < TELLING
