"""What may be shown of an anonymous wave without giving anyone away.

Each function answers with why to hide, or None where showing is safe.
"""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import TypeVar

from scoring.nps import MINUS, Tally, require_count

MINIMUM_ANSWERS = 5
MINIMUM_ANSWERS_FOR_COMMENTS = 10
MINIMUM_NEW_ANSWERS = 5
# So many answers must stay open when nearly everyone is at the same end of the scale.
ANSWERS_LEFT_OPEN = 2
HIGHEST_BOUND = 95
BOUND_STEP = 5

Segment = TypeVar("Segment")


class Hiding(StrEnum):
    """Why something is hidden."""

    TOO_FEW_ANSWERS = auto()
    TOO_FEW_OTHERS = auto()
    PROTECTS_ANOTHER = auto()
    TOO_FEW_NEW_ANSWERS = auto()


def why_hidden(answers: int, minimum: int = MINIMUM_ANSWERS) -> Hiding | None:
    """Hide what so few answered. Comments need `MINIMUM_ANSWERS_FOR_COMMENTS`.

    >>> why_hidden(4), why_hidden(5)
    (<Hiding.TOO_FEW_ANSWERS: 'too_few_answers'>, None)
    """
    return Hiding.TOO_FEW_ANSWERS if require_count("answers", answers) < minimum else None


def why_segment_hidden(segment: int, total: int, minimum: int = MINIMUM_ANSWERS) -> Hiding | None:
    """Hide a segment that is small, or whose complement is: the total less the segment shows the rest.

    >>> why_segment_hidden(18, total=20)
    <Hiding.TOO_FEW_OTHERS: 'too_few_others'>
    """
    others = require_count("total", total) - require_count("segment", segment)
    if others < 0:
        message = f"segment is {segment}, more than the {total} in all"
        raise ValueError(message)
    if segment < minimum:
        return Hiding.TOO_FEW_ANSWERS
    return Hiding.TOO_FEW_OTHERS if 0 < others < minimum else None


def why_segments_hidden(
    answers: Mapping[Segment, int], minimum: int = MINIMUM_ANSWERS
) -> dict[Segment, Hiding | None]:
    """Decide for segments that do not overlap and together make up the whole, by number of answers.

    When the hidden ones add up to less than the minimum, the next smallest goes too (the first named
    among equals), else the total less what is shown would reveal them.

    >>> [hiding and hiding.value for hiding in why_segments_hidden({"a": 20, "b": 9, "c": 3}).values()]
    [None, 'protects_another', 'too_few_answers']
    """
    total = sum(require_count(f"answers of {segment}", number) for segment, number in answers.items())
    hiding = {segment: why_segment_hidden(number, total, minimum) for segment, number in answers.items()}
    shown = [segment for segment, why in hiding.items() if why is None]
    hidden = total - sum(answers[segment] for segment in shown)
    if shown and 0 < hidden < minimum:
        hiding[min(shown, key=answers.__getitem__)] = Hiding.PROTECTS_ANOTHER
    return hiding


def why_not_refreshed(published: int, answers: int, minimum: int = MINIMUM_NEW_ANSWERS) -> Hiding | None:
    """Keep the published result, of `published` answers, until enough new ones came.

    The number of answers and a rounded NPS before and after one new answer tell what it was. Closing
    the wave is no exception: the last published result is then the final one.

    >>> why_not_refreshed(published=12, answers=16)
    <Hiding.TOO_FEW_NEW_ANSWERS: 'too_few_new_answers'>
    """
    new = require_count("answers", answers) - require_count("published", published)
    return Hiding.TOO_FEW_NEW_ANSWERS if new < minimum else None


def bounded_nps(answers: Tally) -> str | None:
    """Give the bound to show instead of an NPS so near its end that it tells what everyone chose.

    Where there is one, counts, shares and interval are to be left out too. None when the NPS itself
    may be shown. The bound leaves at least two answers open, so it is lower for small groups.

    >>> bounded_nps(Tally(100, 0, 0)), bounded_nps(Tally(9, 1, 0)), bounded_nps(Tally(60, 30, 10))
    ('≥ +95', '≥ +80', None)
    """
    if answers.responses == 0:
        return None
    tightest = 100 - -(-100 * ANSWERS_LEFT_OPEN // answers.responses)
    bound = max(0, min(HIGHEST_BOUND, tightest // BOUND_STEP * BOUND_STEP))
    surplus = 100 * (answers.promoters - answers.detractors)
    if abs(surplus) < bound * answers.responses:
        return None
    return f"≥ +{bound}" if surplus > 0 else f"≤ {MINUS}{bound}"


def counts_reveal(answers: Tally) -> bool:
    """Whether the counts of promoters, passives and detractors would tell what everyone chose.

    >>> counts_reveal(Tally(0, 12, 1)), counts_reveal(Tally(1, 11, 1))
    (True, False)
    """
    if answers.responses == 0:
        return False
    largest = max(answers.promoters, answers.passives, answers.detractors)
    return bounded_nps(answers) is not None or answers.responses - largest < ANSWERS_LEFT_OPEN
