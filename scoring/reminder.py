"""Whether those who answered after the reminder said what those before it said.

A direction, never a correction: those who did not answer at all need not be like the late ones.
"""

from dataclasses import dataclass
from enum import StrEnum

from scoring.change import Verdict, change
from scoring.disclosure import MINIMUM_ANSWERS
from scoring.nps import Tally


class Direction(StrEnum):
    """Where the NPS of the late answers lies, seen from that of the early ones."""

    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class AroundReminder:
    """The NPS before and after the reminder, in points.

    `direction` compares them as people read them, in whole points; `clear` says that chance alone would
    hardly set them so far apart.
    """

    before: float
    after: float
    direction: Direction
    clear: bool


def around_reminder(before: Tally, after: Tally, minimum: int = MINIMUM_ANSWERS) -> AroundReminder | None:
    """Compare the answers before the reminder with those after; None where either are below `minimum`.

    >>> around_reminder(Tally(6, 2, 1), Tally(2, 3, 3))
    AroundReminder(before=55.55..., after=-12.5, direction=<Direction.LOWER: 'lower'>, clear=False)
    """
    moved = change(before, after)
    if before.nps is None or after.nps is None or moved is None:
        return None
    if min(before.responses, after.responses) < minimum:
        return None
    direction = Direction.HIGHER if after.nps > before.nps else Direction.LOWER
    return AroundReminder(
        before=before.nps,
        after=after.nps,
        direction=Direction.ALIKE if before.display == after.display else direction,
        clear=moved.verdict is not Verdict.NO_CLEAR_CHANGE,
    )
