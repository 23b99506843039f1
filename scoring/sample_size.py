"""How many answers a question of a given fineness needs."""

from math import ceil, sqrt
from statistics import NormalDist

from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.interval import PSEUDO_ANSWERS, normal_quantile
from scoring.nps import require_count

LARGEST_VARIANCE = 1.0
LARGEST_MARGIN = 100


def answers_needed(
    margin: float,
    members: int | None = None,
    *,
    variance: float = LARGEST_VARIANCE,
    confidence: float = DEFAULT_CONFIDENCE,
) -> int:
    """Give how many answers put the NPS within about `margin` points either way.

    `members` is how many could answer, None for any number; `variance` is that of one answer, as
    `Tally.variance` of an earlier wave, else the largest there can be. Cochran, Sampling Techniques
    (1977), section 4.4; without `members`, less the three pseudo-answers of the adjusted interval.

    >>> answers_needed(10), answers_needed(10, variance=0.5875), answers_needed(10, members=50)
    (382, 223, 45)
    """
    if not 0 < margin <= LARGEST_MARGIN:
        message = f"margin must be more than 0 and at most 100 points, not {margin!r}"
        raise ValueError(message)
    _require_variance(variance)
    unlimited = variance * (100 * normal_quantile(confidence) / margin) ** 2
    if members is None:
        return max(1, ceil(unlimited - PSEUDO_ANSWERS))
    if require_count("members", members) == 0:
        return 0
    return min(members, max(1, ceil(unlimited / (1 + (unlimited - 1) / members))))


def detectable_change(
    before: int,
    after: int,
    *,
    variance: float = LARGEST_VARIANCE,
    confidence: float = DEFAULT_CONFIDENCE,
    power: float = 0.5,
) -> float:
    """Give the least true change, in points, that two waves with so many answers tell from none.

    `power` is how often a change of that size is then found: 0.5, the least one may hope for, is a
    toss of a coin; 0.8 is usual in planning.

    >>> round(detectable_change(40, 40, variance=0.5875))
    32
    """
    _require_variance(variance)
    if not 0 < power < 1:
        message = f"power must lie between 0 and 1, such as 0.8, not {power!r}"
        raise ValueError(message)
    first = require_count("before", before) + PSEUDO_ANSWERS
    second = require_count("after", after) + PSEUDO_ANSWERS
    quantiles = normal_quantile(confidence) + NormalDist().inv_cdf(power)
    return 100 * quantiles * sqrt(variance / first + variance / second)


def _require_variance(variance: float) -> None:
    if not 0 < variance <= LARGEST_VARIANCE:
        message = f"variance must be more than 0 and at most 1, not {variance!r}"
        raise ValueError(message)
