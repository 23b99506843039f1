"""Which channels, user groups or values of a column may be told side by side, so that no few people can be subtracted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring import disclosure
from scoring.nps import Tally, pooled
from scoring.segments import Segments, shrunken

AnswersBySegment = Mapping[frozenset[str], Tally]
"""The answers of those who are in just these segments."""

MOST_VALUES = 50
"""So many segments fit one message."""

REST = ""
"""The segment of those who are in none, where each is in one at the most."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """The segments that may be told, and the names of those that may not."""

    told: Segments[str] | None
    hidden: tuple[str, ...] = ()


def segmented(versions: Sequence[AnswersBySegment], fewest: int) -> Segmented:
    """Give the segments as they may be told where `fewest` answers are needed; 0 is any number.

    `versions` are the results as they were frozen, the oldest first. A newer one replaces an older one only when every
    segment that changed has changed by enough answers: else the difference would point at few people.
    """
    cells = _as_shown(versions, fewest) if fewest else versions[-1]
    groups = _groups(cells)
    hiding = disclosure.why_groups_hidden(groups, cells, fewest)
    told = {name: answers for name, answers in groups.items() if hiding[name] is None and answers.responses}
    return Segmented(shrunken(told), tuple(name for name in groups if hiding[name] is not None))


def _groups(cells: AnswersBySegment) -> dict[str, Tally]:
    names = sorted({name for inside in cells for name in inside}, key=lambda name: (name == REST, name))
    return {name: pooled(cells[inside] for inside in cells if name in inside) for name in names}


def _as_shown(versions: Sequence[AnswersBySegment], fewest: int) -> AnswersBySegment:
    shown = versions[0]
    for later in versions[1:]:
        before, after = _groups(shown), _groups(later)
        moved = [
            sorted((before.get(name, _NOBODY).responses, after.get(name, _NOBODY).responses))
            for name in {*before, *after}
            if before.get(name) != after.get(name)
        ]
        if all(disclosure.why_not_refreshed(fewer, more, fewest) is None for fewer, more in moved):
            shown = later
    return shown


_NOBODY = Tally(0, 0, 0)
