"""Counting answers, the Net Promoter Score of a group, and how it is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isfinite

from scoring.scale import Category, category_of

MINUS = "\N{MINUS SIGN}"
NOBODY = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answered in each category. A count that is negative or not whole is a ValueError.

    >>> Tally(promoters=2, passives=1, detractors=1).nps
    25.0
    """

    promoters: int
    passives: int
    detractors: int

    def __post_init__(self) -> None:
        require_count("promoters", self.promoters)
        require_count("passives", self.passives)
        require_count("detractors", self.detractors)

    @property
    def responses(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def nps(self) -> float | None:
        """Promoters minus detractors over all answers, in points from -100 to 100; None for nobody."""
        if self.responses == 0:
            return None
        return 100 * (self.promoters - self.detractors) / self.responses

    @property
    def variance(self) -> float | None:
        """The variance of one answer counted +1, 0 or -1, from 0 to 1; None for nobody.

        >>> Tally(promoters=45, passives=35, detractors=20).variance
        0.5875
        """
        if self.responses == 0:
            return None
        squares = self.responses * (self.promoters + self.detractors)
        return (squares - (self.promoters - self.detractors) ** 2) / self.responses**2

    @property
    def display(self) -> str:
        """The NPS as people read it, rounded once, from the counts.

        >>> Tally(promoters=9, passives=0, detractors=7).display
        '+13'
        """
        if self.responses == 0:
            return NOBODY
        return signed(rounded_ratio(100 * (self.promoters - self.detractors), self.responses))


def tally(scores: Iterable[int]) -> Tally:
    """Count scores from 0 to 10 by category; any other score is a ValueError.

    >>> tally([10, 9, 8, 3])
    Tally(promoters=2, passives=1, detractors=1)
    """
    return tally_counts(Counter(_checked(score) for score in scores))


def tally_counts(answers_by_score: Mapping[int, int]) -> Tally:
    """Count answers grouped by score, as a database groups them.

    >>> tally_counts({10: 3, 7: 2, 0: 1})
    Tally(promoters=3, passives=2, detractors=1)
    """
    counts: Counter[Category] = Counter()
    for score, answers in answers_by_score.items():
        counts[category_of(score)] += require_count(f"answers with score {score}", answers)
    return tally_categories(counts)


def tally_categories(counts: Counter[Category]) -> Tally:
    return Tally(
        promoters=counts[Category.PROMOTER],
        passives=counts[Category.PASSIVE],
        detractors=counts[Category.DETRACTOR],
    )


def pooled(tallies: Iterable[Tally]) -> Tally:
    """Count the answers of several tallies as one.

    >>> pooled([Tally(1, 0, 0), Tally(2, 3, 4)])
    Tally(promoters=3, passives=3, detractors=4)
    """
    parts = list(tallies)
    return Tally(
        promoters=sum(part.promoters for part in parts),
        passives=sum(part.passives for part in parts),
        detractors=sum(part.detractors for part in parts),
    )


def display(points: float | None) -> str:
    """Write a number of points with its sign, rounded half away from zero; None is a dash.

    For the NPS of a tally use its own `display`, which rounds from the counts.

    >>> [display(points) for points in (18.2, -0.4, 12.5, None)]
    ['+18', '0', '+13', '—']
    """
    if points is None:
        return NOBODY
    if not isfinite(points):
        message = f"{points} cannot be shown as points: it is not a finite number"
        raise ValueError(message)
    return signed(rounded_points(points))


def rounded_points(points: float) -> int:
    """Round points as people read them, half away from zero.

    >>> rounded_points(12.5), rounded_points(-12.5)
    (13, -13)
    """
    return rounded_ratio(*points.as_integer_ratio())


def whole_percent(part: int, whole: int) -> int | None:
    """Give `part` of `whole` as a whole percentage, half up; None when the whole is 0.

    >>> whole_percent(1, 8), whole_percent(0, 0)
    (13, None)
    """
    require_count("part", part)
    if require_count("whole", whole) == 0:
        return None
    return rounded_ratio(100 * part, whole)


def whole_percents(parts: Sequence[int]) -> tuple[int, ...] | None:
    """Give each part of their sum as a whole percentage, so that they sum to 100; None when the sum is 0.

    A larger part never has a smaller percentage; of equal parts, the later ones get what is left over.

    >>> whole_percents([1, 1, 1]), whole_percents([0, 0])
    ((33, 33, 34), None)
    """
    whole = sum(require_count("part", part) for part in parts)
    return rounded_to_sum([Fraction(100 * part, whole) for part in parts], 100) if whole else None


def rounded_to_sum(values: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """Round values to whole numbers that sum to `total`, their sum rounded up or down.

    The method of largest remainders: all are rounded down, and those that lost most get one back, the
    later ones among equals. Each stays less than 1 from its value. A total further from the sum than
    rounding takes it is a ValueError.

    >>> rounded_to_sum([Fraction(25, 2), Fraction(-13, 4), Fraction(0)], total=9)
    (12, -3, 0)
    """
    if abs(total - sum(values, Fraction())) >= 1:
        message = f"total is {total}, but the values sum to {float(sum(values))}"
        raise ValueError(message)
    lost = sorted(range(len(values)), key=lambda place: (values[place] % 1, place), reverse=True)
    back = set(lost[: total - sum(map(floor, values))])
    return tuple(floor(value) + (place in back) for place, value in enumerate(values))


def signed(points: int) -> str:
    """Write whole points with their sign: a plus, a true minus, or neither for 0."""
    if points == 0:
        return "0"
    return f"{'+' if points > 0 else MINUS}{abs(points)}"


def rounded_ratio(numerator: int, denominator: int) -> int:
    """Round a ratio half away from zero, in whole numbers: Python's `round` would make 12 of 12.5.

    >>> rounded_ratio(25, 2), rounded_ratio(-25, 2)
    (13, -13)
    """
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def require_count(name: str, value: int) -> int:
    """Give the value back, or raise a ValueError naming what is not a whole number from 0 up."""
    if type(value) is not int or value < 0:
        message = f"{name} must be a whole number, 0 or more, not {value!r}"
        raise ValueError(message)
    return value


def _checked(score: int) -> int:
    category_of(score)
    return score
