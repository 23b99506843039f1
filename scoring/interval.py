"""How far the NPS shown may lie from the one asked about."""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin, sqrt, tan
from statistics import NormalDist

from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.nps import Tally, display, require_count

PSEUDO_ANSWERS_EACH_END = 0.75
PSEUDO_ANSWERS = 3
# From so many degrees of freedom on, the expansion around the normal quantile is as exact as the series.
MANY_DEGREES = 200
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` in points, holding the truth with `confidence` (0 to 1; 1 is certainty)."""

    low: float
    high: float
    confidence: float

    @property
    def display(self) -> str:
        """Both ends as people read them, in whole points.

        >>> Interval(low=17.4, high=100.0, confidence=0.95).display
        '[+17, +100]'
        """
        return f"[{display(self.low)}, {display(self.high)}]"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The NPS (as a fraction, -1 to 1) and one answer's variance after adding three pseudo-answers.

    ¾ promoter, ¾ detractor and 1½ passives: Rocks, "Interval Estimation for the Net Promoter Score",
    The American Statistician 70 (2016), 365-372.
    """

    answers: int
    mean: float
    variance: float


def adjusted(answers: Tally) -> Adjusted:
    total = answers.responses + PSEUDO_ANSWERS
    promoters = (answers.promoters + PSEUDO_ANSWERS_EACH_END) / total
    detractors = (answers.detractors + PSEUDO_ANSWERS_EACH_END) / total
    mean = promoters - detractors
    return Adjusted(answers=total, mean=mean, variance=promoters + detractors - mean**2)


class Basis(StrEnum):
    """What some answers are to those the NPS is about."""

    SAMPLE = "a sample"  # of a group without a known end: customers, open questions, imports
    PART = "a part"  # of a group of known size
    CENSUS = "everyone"  # in it


@dataclass(frozen=True, slots=True)
class Estimate:
    """An NPS and how far it can be trusted, all in points.

    `interval` and `bounds` are None where there is nothing to doubt or nothing to bound: a sample has
    no bounds, a part has both, a census has neither, for its NPS is that of the whole group.
    """

    nps: float
    basis: Basis
    interval: Interval | None = None
    bounds: Interval | None = None


def estimate(
    answers: Tally, population: int | None = None, confidence: float = DEFAULT_CONFIDENCE
) -> Estimate | None:
    """Give the NPS with the interval and the bounds that suit who was asked; None for nobody.

    `population` is how many were asked, None when nobody knows: then `adjusted_wald`, else `predictive`
    and `worst_case`. A population smaller than the answers is a ValueError.

    >>> everyone = estimate(Tally(promoters=15, passives=9, detractors=6), population=30)
    >>> everyone and (everyone.nps, everyone.basis.value, everyone.interval)
    (30.0, 'everyone', None)
    """
    if population is None:
        likely, bounds = adjusted_wald(answers, confidence), None
    else:
        likely, bounds = predictive(answers, population, confidence), worst_case(answers, population)
    if answers.nps is None:
        return None
    if population == answers.responses:
        return Estimate(answers.nps, Basis.CENSUS)
    return Estimate(answers.nps, Basis.SAMPLE if bounds is None else Basis.PART, likely, bounds)


def adjusted_wald(answers: Tally, confidence: float = DEFAULT_CONFIDENCE) -> Interval | None:
    """Give the adjusted Wald interval, clipped to ±100 and widened to the NPS itself; None for nobody.

    >>> interval = adjusted_wald(Tally(promoters=10, passives=0, detractors=0))
    >>> interval and interval.display
    '[+48, +100]'
    """
    z = normal_quantile(confidence)
    if answers.nps is None:
        return None
    estimate = adjusted(answers)
    margin = z * sqrt(estimate.variance / estimate.answers)
    return Interval(
        low=min(answers.nps, 100 * clipped(estimate.mean - margin)),
        high=max(answers.nps, 100 * clipped(estimate.mean + margin)),
        confidence=confidence,
    )


def predictive(answers: Tally, population: int, confidence: float = DEFAULT_CONFIDENCE) -> Interval | None:
    """Give the interval for the NPS of all `population` members, `answers` being some of theirs.

    It predicts the mean of the members who did not answer, taking them to be like those who did, and
    adds it to what is known; when all answered it is the NPS itself. None for nobody. A population
    smaller than the answers is a ValueError.

    >>> interval = predictive(Tally(promoters=15, passives=9, detractors=6), population=40)
    >>> interval and interval.display
    '[+16, +43]'
    """
    z = normal_quantile(confidence)
    silent = _silent_members(answers, population)
    if answers.nps is None:
        return None
    if silent == 0:
        return Interval(answers.nps, answers.nps, confidence)
    estimate = adjusted(answers)
    margin = z * sqrt(estimate.variance * (1 / estimate.answers + 1 / silent))
    known = answers.promoters - answers.detractors
    return Interval(
        low=min(answers.nps, 100 * (known + silent * clipped(estimate.mean - margin)) / population),
        high=max(answers.nps, 100 * (known + silent * clipped(estimate.mean + margin)) / population),
        confidence=confidence,
    )


def worst_case(answers: Tally, population: int) -> Interval | None:
    """Give the bounds if all who did not answer were detractors, or all promoters; None without members.

    They assume nothing of the silent: Manski, Partial Identification of Probability Distributions
    (2003), chapter 1.

    >>> worst_case(Tally(promoters=15, passives=9, detractors=6), population=40)
    Interval(low=-2.5, high=47.5, confidence=1.0)
    """
    silent = _silent_members(answers, population)
    if population == 0:
        return None
    known = answers.promoters - answers.detractors
    return Interval(100 * (known - silent) / population, 100 * (known + silent) / population, confidence=1.0)


def normal_quantile(confidence: float) -> float:
    """Give z, the two-sided normal quantile; a confidence outside 0 to 1 is a ValueError.

    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    _require_confidence(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def t_quantile(confidence: float, degrees: int) -> float:
    """Give the two-sided quantile of Student's t with so many degrees of freedom, 1 or more.

    Right to nine digits for confidences up to 0.999. Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964): the series 26.7.3 and 26.7.4 inverted by halving, from 200 degrees on the
    expansion 26.7.5. A confidence outside 0 to 1, or no degree, is a ValueError.

    >>> [round(t_quantile(0.95, degrees), 3) for degrees in (1, 10, 1000)]
    [12.706, 2.228, 1.962]
    """
    _require_confidence(confidence)
    if require_count("degrees", degrees) == 0:
        message = "degrees must be 1 or more, not 0"
        raise ValueError(message)
    if degrees >= MANY_DEGREES:
        return _t_near_normal(normal_quantile(confidence), degrees)
    low, high = 0.0, pi / 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_within(middle, degrees) < confidence else (low, middle)
    return sqrt(degrees) * tan((low + high) / 2)


def clipped(mean: float) -> float:
    """Keep a mean of values between -1 and 1 where it can lie."""
    return max(-1.0, min(1.0, mean))


def _t_within(angle: float, degrees: int) -> float:
    """Give the chance of a t within √degrees · tan(angle) of 0; degrees are few."""
    odd = degrees % 2
    term = cos(angle) if odd else 1.0
    total = 0.0
    for power in range(2 + odd, degrees + 1, 2):
        total += term
        term *= cos(angle) ** 2 * (power - 1) / power
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _t_near_normal(z: float, degrees: int) -> float:
    squared = z**2
    first = (squared + 1) / 4
    second = ((5 * squared + 16) * squared + 3) / 96
    third = (((3 * squared + 19) * squared + 17) * squared - 15) / 384
    fourth = ((((79 * squared + 776) * squared + 1482) * squared - 1920) * squared - 945) / 92160
    return z * (1 + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees)


def _require_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        message = f"confidence must lie between 0 and 1, such as 0.95, not {confidence!r}"
        raise ValueError(message)


def _silent_members(answers: Tally, population: int) -> int:
    silent = require_count("population", population) - answers.responses
    if silent < 0:
        message = f"population is {population}, fewer than the {answers.responses} who answered"
        raise ValueError(message)
    return silent
