"""Whether the last weeks differ from those before, asked again each week without crying wolf."""

from collections.abc import Sequence

from scoring.change import Change, change
from scoring.nps import Tally, pooled

RECENT_WEEKS = 4
BASELINE_WEEKS = 12
# A question asked every week needs a stricter answer: |z| > 2.58 is wrong in about one week of a hundred.
TREND_CONFIDENCE = 0.99


def trend(
    weeks: Sequence[Tally],
    confidence: float = TREND_CONFIDENCE,
    *,
    recent: int = RECENT_WEEKS,
    baseline: int = BASELINE_WEEKS,
) -> Change | None:
    """Compare the last 4 of these weekly tallies, oldest first, with the 12 before them.

    None while there are fewer than 16 weeks, or when nobody answered in one of the two spans. A week
    without answers is a tally of zeros, not left out. Months, with their own `recent` and `baseline`, are
    compared alike.

    >>> steady, better = Tally(5, 3, 2), Tally(8, 2, 0)
    >>> moved = trend([steady] * 12 + [better] * 4)
    >>> moved and moved.verdict.value
    'up'
    """
    if len(weeks) < baseline + recent:
        return None
    before = weeks[-baseline - recent : -recent]
    return change(pooled(before), pooled(weeks[-recent:]), confidence)
