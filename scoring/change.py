"""Whether the NPS moved from one wave to the next, or only seems to have."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import erfc, sqrt

from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.interval import PSEUDO_ANSWERS, PSEUDO_ANSWERS_EACH_END, adjusted, normal_quantile
from scoring.nps import Tally, require_count
from scoring.scale import category_of

# The summed squares of the pseudo-people's changes: two waves, two ends.
PSEUDO_SQUARES = 4 * PSEUDO_ANSWERS_EACH_END
MINIMUM_TO_COMPARE = 5
# Fewer people who answered both waves tell nothing about how alike their answers are.
MINIMUM_IN_BOTH = 5


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to compare"


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


@dataclass(frozen=True, slots=True)
class Overlap:
    """The people who answered both of two waves, each counting +1, 0 or -1 in either.

    `people` is how many, `before` and `after` sum what they count for in each wave, `products` sums each
    person's two multiplied. The four numbers are all that `overlap_change` asks of the pairs, so a
    result can be kept without them. Sums that no such people can have are a ValueError.
    """

    people: int = 0
    before: int = 0
    after: int = 0
    products: int = 0

    def __post_init__(self) -> None:
        require_count("people", self.people)
        # For any two of +1, 0 and -1: |x + y| is at most 1 + xy, and |x - y| at most 1 - xy.
        alike, unlike = self.people + self.products, self.people - self.products
        if abs(self.before + self.after) > alike or abs(self.before - self.after) > unlike:
            message = f"no {self.people} people count for such sums: {self}"
            raise ValueError(message)

    @property
    def covariance(self) -> float:
        """How far the two answers of a person go together, after three pseudo-people who count 0; never below 0."""
        if self.people < MINIMUM_IN_BOTH:
            return 0.0
        people = self.people + PSEUDO_ANSWERS
        return max(0.0, self.products / people - (self.before / people) * (self.after / people))


NOBODY_IN_BOTH = Overlap()


def change(before: Tally, after: Tally, confidence: float = DEFAULT_CONFIDENCE) -> Change | None:
    """Compare two groups answered independently; None when nobody answered one of them.

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


def overlap(answers_by_scores: Mapping[tuple[int, int], int]) -> Overlap:
    """Count people by their scores (before, after), as a database groups them; a bad score is a ValueError.

    >>> overlap({(9, 10): 4, (0, 9): 1, (3, 3): 2})
    Overlap(people=7, before=1, after=3, products=5)
    """
    people: Counter[tuple[int, int]] = Counter()
    for (before, after), number in answers_by_scores.items():
        values = category_of(before).value_in_nps, category_of(after).value_in_nps
        people[values] += require_count(f"people with scores {before} and {after}", number)
    return Overlap(
        people=people.total(),
        before=sum(first * number for (first, _), number in people.items()),
        after=sum(second * number for (_, second), number in people.items()),
        products=sum(first * second * number for (first, second), number in people.items()),
    )


def overlap_change(
    before: Tally, after: Tally, both: Overlap = NOBODY_IN_BOTH, confidence: float = DEFAULT_CONFIDENCE
) -> Change | None:
    """Compare two closed waves some of the same people answered; None when nobody answered one of them.

    The verdict to tell. `change` less the variance the people in both have in common: with e, v and N
    as `change` has them, z = (e₂ - e₁) / √(v₁/N₁ + v₂/N₂ - 2·people·covariance/(N₁·N₂)). The variance of
    a difference of two means that share some people: Kish, Survey Sampling (1965), on partly overlapping
    samples. A covariance within one standard error of 0, √(people·v₁·v₂)/(people + 3), counts as 0:
    unrelated answers go together a little by chance, and would be called different in 5.7 of 100 cases
    instead of 5.4 (`make coverage`).
    Below 5 people in both, or where nobody knows them (anonymous waves), it is `change`; below 5 answers in
    a wave the verdict is "too few to compare". More people in both than answers is a ValueError.

    >>> team, later = Tally(12, 8, 10), Tally(18, 8, 4)
    >>> stayed = overlap({(9, 9): 12, (7, 9): 4, (7, 7): 4, (3, 9): 2, (3, 7): 4, (3, 3): 4})
    >>> [moved and moved.verdict.value for moved in (change(team, later), overlap_change(team, later, stayed))]
    ['no clear change', 'up']
    """
    quantile = normal_quantile(confidence)
    if both.people > min(before.responses, after.responses):
        message = f"people in both are {both.people}, more than answered one of the waves"
        raise ValueError(message)
    if before.nps is None or after.nps is None:
        return None
    first, second = adjusted(before), adjusted(after)
    covariance = both.covariance
    chance = sqrt(both.people * first.variance * second.variance) / (both.people + PSEUDO_ANSWERS)
    if covariance <= chance:
        covariance = 0.0
    shared = 2 * both.people * covariance / (first.answers * second.answers)
    unexplained = first.variance / first.answers + second.variance / second.answers - shared
    if unexplained <= 0:
        message = f"{both} do not fit the waves {before} and {after}"
        raise ValueError(message)
    moved = judged(after.nps - before.nps, second.mean - first.mean, sqrt(unexplained), quantile)
    too_few = min(before.responses, after.responses) < MINIMUM_TO_COMPARE
    return replace(moved, verdict=Verdict.TOO_FEW) if too_few else moved


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
