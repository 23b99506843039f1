"""Whether the NPS moved from one wave to the next, or only seems to have."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import erfc, sqrt

from scoring.interval import (
    DEFAULT_CONFIDENCE,
    PSEUDO_ANSWERS,
    PSEUDO_ANSWERS_EACH_END,
    adjusted,
    normal_quantile,
)
from scoring.nps import Tally
from scoring.scale import category_of

# The summed squares of the pseudo-people's changes: two waves, two ends.
PSEUDO_SQUARES = 4 * PSEUDO_ANSWERS_EACH_END


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"


@dataclass(frozen=True, slots=True)
class Change:
    """From one wave to a later one: `difference`, `low` and `high` in points, -200 to 200.

    `difference` is the plain difference of the two NPS. `z` and `p_value` (two-sided) test whether
    there is any; the verdict is "up" or "down" only when the whole interval says so.
    """

    difference: float
    low: float
    high: float
    z: float
    p_value: float
    verdict: Verdict


def change(before: Tally, after: Tally, confidence: float = DEFAULT_CONFIDENCE) -> Change | None:
    """Compare two waves answered independently; None when nobody answered one of them.

    The adjusted Wald difference (Rocks 2016, as in R's `NPS::nps.test`), widened to the plain one.

    >>> change(Tally(110, 50, 99), Tally(240, 83, 184)).verdict.value
    'no clear change'
    """
    quantile = normal_quantile(confidence)
    if before.nps is None or after.nps is None:
        return None
    first, second = adjusted(before), adjusted(after)
    shift = second.mean - first.mean
    error = sqrt(first.variance / first.answers + second.variance / second.answers)
    return judged(after.nps - before.nps, shift, error, quantile)


def paired_change(scores: Iterable[tuple[int, int]], confidence: float = DEFAULT_CONFIDENCE) -> Change | None:
    """Compare two waves answered by the same people, each with a score before and after; None for nobody.

    The mean change of what a person counts for (+1, 0 or -1). Three pseudo-people are added, with two
    unrelated answers each, which is what `change` adds to each wave: with unrelated answers both say
    the same, with related ones this interval is narrower.

    >>> moved = paired_change([(6, 9), (7, 9), (8, 8), (10, 10)])
    >>> moved and moved.difference
    75.0
    """
    quantile = normal_quantile(confidence)
    moves = [category_of(after).value_in_nps - category_of(before).value_in_nps for before, after in scores]
    if not moves:
        return None
    people = len(moves) + PSEUDO_ANSWERS
    shift = sum(moves) / people
    mean_square = (sum(move**2 for move in moves) + PSEUDO_SQUARES) / people
    error = sqrt((mean_square - shift**2) / people)
    return judged(100 * sum(moves) / len(moves), shift, error, quantile)


def judged(difference: float, shift: float, error: float, quantile: float) -> Change:
    """Make a verdict of an adjusted `shift` and its standard `error`, both as fractions of 1."""
    low = min(difference, 100 * max(-2.0, shift - quantile * error))
    high = max(difference, 100 * min(2.0, shift + quantile * error))
    z = shift / error
    return Change(difference, low, high, z, p_value=two_sided(z), verdict=verdict_of(low, high))


def two_sided(z: float) -> float:
    """Give the chance of a normal value at least as far from 0 as `z`.

    >>> round(two_sided(1.959964), 6)
    0.05
    """
    return erfc(abs(z) / sqrt(2))


def verdict_of(low: float, high: float) -> Verdict:
    if low > 0:
        return Verdict.UP
    if high < 0:
        return Verdict.DOWN
    return Verdict.NO_CLEAR_CHANGE
