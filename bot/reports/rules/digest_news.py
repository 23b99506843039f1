"""What a digest begins with: the most useful that has happened since the one before it."""

from enum import StrEnum, auto

from scoring.change import Verdict

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
