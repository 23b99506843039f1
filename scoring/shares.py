"""Whether a share of a group moved from one wave to the next, or only seems to have."""

from dataclasses import dataclass
from math import hypot

from scoring.change import MINIMUM_TO_COMPARE, Verdict, verdict_of
from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.drivers import wilson


@dataclass(frozen=True, slots=True)
class ShareChange:
    """From one group's share to a later group's: both in percent, the rest in points, -100 to 100."""

    before: float
    after: float
    difference: float
    low: float
    high: float
    verdict: Verdict


def share_change(
    before: tuple[int, int], after: tuple[int, int], confidence: float = DEFAULT_CONFIDENCE
) -> ShareChange | None:
    """Compare two shares, each as a part and its whole; None where a whole is 0.

    The interval is made of the two Wilson intervals: method 10 of Newcombe, Statistics in Medicine 17 (1998),
    873-890, for independent groups. Groups that share people vary less, so the verdict is rather too careful. A whole of
    fewer than 5 is too few to compare.

    >>> moved = share_change((48, 80), (56, 70))  # Newcombe's first example: 0.0524 to 0.3339
    >>> moved and (round(moved.low, 2), round(moved.high, 2), moved.verdict.value)
    (5.24, 33.39, 'up')
    """
    first, second = wilson(*before, confidence), wilson(*after, confidence)
    if first is None or second is None:
        return None
    difference = second.percent - first.percent
    low = difference - hypot(second.percent - second.low, first.high - first.percent)
    high = difference + hypot(second.high - second.percent, first.percent - first.low)
    is_too_few = min(before[1], after[1]) < MINIMUM_TO_COMPARE
    verdict = Verdict.TOO_FEW if is_too_few else verdict_of(low, high)
    return ShareChange(first.percent, second.percent, difference, low, high, verdict)
