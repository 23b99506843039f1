"""Which column numbers answers 1, 2, 3 …: LimeSurvey and Microsoft Forms call such a number the answer's id.

Two forms have the same numbers, and so has any list of its rows: it is a number beside its minute that names an answer.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.importing.files.header import Column, Header, is_date
from bot.importing.options import Format
from bot.importing.services.service import Service

_BEFORE_QUESTIONS = 4  # of Microsoft Forms, in any language: id, start time, completion time, e-mail


def numbering(
    header: Header, service: Service, called_ids: Sequence[Column], moments: Sequence[Column]
) -> tuple[Column | None, bool]:
    """Give the column that may number the answers, and whether the service says so; none without clocks beside it."""
    if not moments or not any(map(_has_clock, moments[0].values)):
        return None, False
    if _begins_as_microsoft_forms(header, moments):
        return header.columns[0], True
    found = next((column for column in called_ids if _numbers_all(column, header)), None)
    return found, found is not None and service.format is Format.LIMESURVEY


def _begins_as_microsoft_forms(header: Header, moments: Sequence[Column]) -> bool:
    if len(header.columns) <= _BEFORE_QUESTIONS:
        return False
    number, start, end, address = header.columns[:_BEFORE_QUESTIONS]
    return (
        _numbers_all(number, header)
        and all(one < other for one, other in pairwise(map(int, number.values)))
        and end in moments
        and all(map(_has_clock, (*start.values, *end.values)))
        and (len(set(address.values)) == 1 or all("@" in cell for cell in address.values))
    )


def _numbers_all(column: Column, header: Header) -> bool:
    cells = column.values
    return len(set(cells)) == len(header.sample) and all(cell.isdecimal() for cell in cells)


def _has_clock(cell: str) -> bool:
    return ":" in cell and is_date(cell)
