"""How far the NPS shown may lie from the one asked about."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from scoring.nps import Tally, display, require_count

PSEUDO_ANSWERS_EACH_END = 0.75
PSEUDO_ANSWERS = 3
DEFAULT_CONFIDENCE = 0.95


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
    if not 0 < confidence < 1:
        message = f"confidence must lie between 0 and 1, such as 0.95, not {confidence!r}"
        raise ValueError(message)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def clipped(mean: float) -> float:
    """Keep a mean of values between -1 and 1 where it can lie."""
    return max(-1.0, min(1.0, mean))


def _silent_members(answers: Tally, population: int) -> int:
    silent = require_count("population", population) - answers.responses
    if silent < 0:
        message = f"population is {population}, fewer than the {answers.responses} who answered"
        raise ValueError(message)
    return silent
