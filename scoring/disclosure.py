"""What may be shown of a wave without telling what one of a few people answered.

Each function answers with the reason to hide, or None where showing is safe. A minimum of 0 is a survey
without a minimum (customers'): nothing of it is hidden. Who reads is not asked here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeVar

from scoring.nps import MINUS, Tally, pooled, require_count

MINIMUM_ANSWERS = 5
# What an anonymous survey may lower the minimum to, and no further.
LOWEST_MINIMUM_WHEN_ANONYMOUS = 3
MINIMUM_ANSWERS_FOR_DETAILS = 10
MINIMUM_NEW_ANSWERS = 5
# So many answers must stay open when nearly everyone is at the same end of the scale.
ANSWERS_LEFT_OPEN = 2
HIGHEST_BOUND = 95
BOUND_STEP = 5

Name = TypeVar("Name")


class Hiding(StrEnum):
    """Why something is hidden."""

    TOO_FEW_ANSWERS = auto()  # fewer than the minimum answered
    TOO_FEW_OTHERS = auto()  # fewer than the minimum answered outside this segment
    PROTECTS_ANOTHER = auto()  # else a hidden segment could be computed by subtraction
    TOO_FEW_NEW_ANSWERS = auto()  # since the last published result, which stays
    NEARLY_UNANIMOUS = auto()  # the number would tell what everyone chose: see `bounded_nps`


@dataclass(frozen=True, slots=True)
class Gate:
    """What of one result may leave: for each part the reason to hide it, None where it may be shown.

    `counts` stands for all that tells them: the counts and shares of the categories, the interval and the
    bounds, the difference from another wave. `details` are the distribution, the mean score and the drivers.
    `bound` is what to show in place of the NPS when it is hidden because nearly everyone agrees.
    """

    nps: Hiding | None
    counts: Hiding | None
    details: Hiding | None
    comments: Hiding | None
    bound: str | None = None


def gate(answers: Tally, minimum: int = MINIMUM_ANSWERS, published: int | None = None) -> Gate:
    """Decide for one result; `published` is the answers of the last one published, None for none yet.

    When too few new answers came, all is hidden for that reason: go on showing what was published.

    >>> gate(Tally(4, 2, 1)).details, gate(Tally(9, 1, 0)).bound
    (<Hiding.TOO_FEW_ANSWERS: 'too_few_answers'>, '≥ +80')
    """
    if minimum == 0:
        return Gate(nps=None, counts=None, details=None, comments=None)
    number = answers.responses
    every = why_hidden(number, minimum) or why_not_refreshed(published, number, minimum)
    if every:
        return Gate(nps=every, counts=every, details=every, comments=every)
    bound, counts = bounded_nps(answers), why_counts_hidden(answers)
    few = why_hidden(number, minimum_for_details(minimum))
    return Gate(counts if bound else None, counts, details=few or counts, comments=few, bound=bound)


def minimum_answers(chosen: int | None, *, anonymous: bool, customers: bool) -> int:
    """Give the minimum of a survey from what was set for it, None for nothing.

    5 unless set, none (0) for customers who are named; never below `lowest_minimum`.

    >>> minimum_answers(1, anonymous=True, customers=False), minimum_answers(8, anonymous=False, customers=True)
    (3, 8)
    """
    if chosen is None:
        return 0 if customers and not anonymous else MINIMUM_ANSWERS
    return max(require_count("minimum", chosen), lowest_minimum(anonymous=anonymous, customers=customers))


def lowest_minimum(*, anonymous: bool, customers: bool) -> int:
    """Give the lowest minimum that a survey may set: any for customers who are named, 3 where it is anonymous, else 5.

    >>> lowest_minimum(anonymous=False, customers=False)
    5
    """
    if anonymous:
        return LOWEST_MINIMUM_WHEN_ANONYMOUS
    return 0 if customers else MINIMUM_ANSWERS


def minimum_for_details(minimum: int = MINIMUM_ANSWERS) -> int:
    """Give how many answers distribution, mean, drivers and anonymous comments need.

    >>> [minimum_for_details(minimum) for minimum in (0, 5, 12)]
    [0, 10, 12]
    """
    return max(minimum, MINIMUM_ANSWERS_FOR_DETAILS) if minimum else 0


def why_hidden(answers: int, minimum: int = MINIMUM_ANSWERS) -> Hiding | None:
    """Hide what so few answered. Details and comments need `minimum_for_details`.

    >>> why_hidden(4), why_hidden(5)
    (<Hiding.TOO_FEW_ANSWERS: 'too_few_answers'>, None)
    """
    return Hiding.TOO_FEW_ANSWERS if require_count("answers", answers) < minimum else None


def why_counts_hidden(answers: Tally) -> Hiding | None:
    """Hide counts, shares and interval that would tell what everyone, or all but one, chose.

    >>> why_counts_hidden(Tally(0, 12, 1)), why_counts_hidden(Tally(1, 11, 1))
    (<Hiding.NEARLY_UNANIMOUS: 'nearly_unanimous'>, None)
    """
    largest = max(answers.promoters, answers.passives, answers.detractors)
    agreed = answers.responses > 0 and answers.responses - largest < ANSWERS_LEFT_OPEN
    return Hiding.NEARLY_UNANIMOUS if agreed or bounded_nps(answers) else None


def bounded_nps(answers: Tally) -> str | None:
    """Give the bound to show instead of an NPS so near its end that it tells what everyone chose.

    None when the NPS itself may be shown, and below 3 answers, where no bound would help. The bound
    leaves at least two answers open, so it is lower for small groups.

    >>> bounded_nps(Tally(100, 0, 0)), bounded_nps(Tally(9, 1, 0)), bounded_nps(Tally(60, 30, 10))
    ('≥ +95', '≥ +80', None)
    """
    if answers.responses <= ANSWERS_LEFT_OPEN:
        return None
    tightest = 100 - -(-100 * ANSWERS_LEFT_OPEN // answers.responses)
    bound = min(HIGHEST_BOUND, tightest // BOUND_STEP * BOUND_STEP)
    surplus = 100 * (answers.promoters - answers.detractors)
    if abs(surplus) < bound * answers.responses:
        return None
    return f"≥ +{bound}" if surplus > 0 else f"≤ {MINUS}{bound}"


def why_segment_hidden(segment: Tally, total: Tally, minimum: int = MINIMUM_ANSWERS) -> Hiding | None:
    """Hide a segment when it, or its complement, is small or nearly unanimous.

    The total less the segment is the complement. A nearly unanimous segment has a `bounded_nps`.

    >>> why_segment_hidden(Tally(8, 6, 4), total=Tally(9, 6, 5))
    <Hiding.TOO_FEW_OTHERS: 'too_few_others'>
    """
    others = _less(total, segment)
    if minimum == 0:
        return None
    if segment.responses < minimum:
        return Hiding.TOO_FEW_ANSWERS
    if 0 < others.responses < minimum:
        return Hiding.TOO_FEW_OTHERS
    return why_counts_hidden(segment) or (Hiding.PROTECTS_ANOTHER if why_counts_hidden(others) else None)


def why_segments_hidden(
    answers: Mapping[Name, Tally], minimum: int = MINIMUM_ANSWERS
) -> dict[Name, Hiding | None]:
    """Decide for segments that do not overlap and together make up the whole.

    While the hidden ones together are small or nearly unanimous, the next smallest goes too (the first
    named among equals), else the total less what is shown would reveal them. For segments that overlap,
    see `why_groups_hidden`.

    >>> teams = {"a": Tally(9, 6, 5), "b": Tally(3, 3, 3), "c": Tally(1, 1, 1)}
    >>> [hiding and hiding.value for hiding in why_segments_hidden(teams).values()]
    [None, 'protects_another', 'too_few_answers']
    """
    total = pooled(answers.values())
    hiding = {segment: why_segment_hidden(part, total, minimum) for segment, part in answers.items()}
    if minimum == 0:
        return hiding
    shown = sorted(
        (segment for segment, reason in hiding.items() if reason is None),
        key=lambda segment: answers[segment].responses,
    )
    hidden = _less(total, pooled(answers[segment] for segment in shown))
    while shown and not _safe(hidden, minimum):
        smallest = shown.pop(0)
        hiding[smallest] = Hiding.PROTECTS_ANOTHER
        hidden = pooled([hidden, answers[smallest]])
    return hiding


def why_groups_hidden(
    groups: Collection[Name], cells: Mapping[frozenset[Name], Tally], minimum: int = MINIMUM_ANSWERS
) -> dict[Name, Hiding | None]:
    """Decide for groups that may overlap (user groups, channels). A cell counts those who are in just these groups.

    Whatever can be computed from the shown groups and the total is a sum of cells. So, largest first (the
    first named among equals), a group is shown when all that it lets be computed is nobody, or many who
    differ enough.

    >>> teams = {frozenset({"all but two", "half"}): Tally(4, 3, 4), frozenset({"all but two"}): Tally(3, 3, 3)}
    >>> hiding = why_groups_hidden(["all but two", "half"], teams | {frozenset(): Tally(1, 0, 1)})
    >>> [reason and reason.value for reason in hiding.values()]
    ['too_few_others', None]
    """
    total = pooled(cells.values())
    answers = {group: pooled(cells[cell] for cell in cells if group in cell) for group in groups}
    hiding: dict[Name, Hiding | None] = {}
    alike = [list(cells)]  # those that the groups shown so far do not tell apart
    for group in sorted(answers, key=lambda group: answers[group].responses, reverse=True):
        halves = [
            [cell for cell in some if (group in cell) is inside] for some in alike for inside in (True, False)
        ]
        alone = why_segment_hidden(answers[group], total, minimum)
        safe = minimum == 0 or all(_safe(pooled(cells[cell] for cell in some), minimum) for some in halves)
        hiding[group] = alone if alone or safe else Hiding.PROTECTS_ANOTHER
        alike = alike if hiding[group] else [some for some in halves if some]
    return {group: hiding[group] for group in groups}


def why_not_refreshed(
    published: int | None, answers: int, minimum: int = MINIMUM_NEW_ANSWERS
) -> Hiding | None:
    """Keep the published result, of `published` answers, until 5 new ones came, or a larger minimum.

    The number of answers and a rounded NPS before and after one new answer tell what it was. A first
    result, `published` None, is no such case; answers that were erased are none that came.

    >>> why_not_refreshed(published=12, answers=16)
    <Hiding.TOO_FEW_NEW_ANSWERS: 'too_few_new_answers'>
    """
    require_count("answers", answers)
    if published is None or minimum == 0:
        return None
    new = answers - require_count("published", published)
    return Hiding.TOO_FEW_NEW_ANSWERS if new < max(minimum, MINIMUM_NEW_ANSWERS) else None


def why_segments_not_refreshed(
    published: Mapping[Name, int] | None,
    answers: Mapping[Name, int],
    minimum: int = MINIMUM_NEW_ANSWERS,
) -> Hiding | None:
    """Keep the published segments, of so many answers each, unless each that changed gained enough.

    >>> why_segments_not_refreshed({"a": 9, "b": 7}, {"a": 14, "b": 8})
    <Hiding.TOO_FEW_NEW_ANSWERS: 'too_few_new_answers'>
    """
    if published is None:
        return None
    changed = [
        why_not_refreshed(published.get(segment, 0), answers.get(segment, 0), minimum)
        for segment in {*published, *answers}
        if published.get(segment, 0) != answers.get(segment, 0)
    ]
    return Hiding.TOO_FEW_NEW_ANSWERS if any(changed) else None


def _safe(group: Tally, minimum: int) -> bool:
    """Whether a group may be computed: nobody is in it, or enough who do not nearly all agree."""
    return group.responses == 0 or (group.responses >= minimum and why_counts_hidden(group) is None)


def _less(total: Tally, part: Tally) -> Tally:
    counts = zip(_counts(total), _counts(part), strict=True)
    rest = [of_total - of_part for of_total, of_part in counts]
    if min(rest) < 0:
        message = f"segment is {part}, more than the total, {total}"
        raise ValueError(message)
    return Tally(*rest)


def _counts(answers: Tally) -> tuple[int, int, int]:
    return answers.promoters, answers.passives, answers.detractors
