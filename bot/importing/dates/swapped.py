"""Days that a spreadsheet took for months: what it could read so it made dates, and what it could not stayed text.

In a column of 02/01/2025 and 14/01/2025 an American Excel makes the first the 1st of February. All its dates are of days
up to the 12th, then, and no text is.
"""

import re
from collections.abc import Iterable

from bot.importing.dates.forms import NUMBERS
from bot.importing.errors import DaysMayBeMonths, short

_MADE = re.compile(r"\A\s{0,9}(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_LEFT = re.compile(r"\D{0,24}" + NUMBERS.pattern)
_MONTHS = 12
_YEAR_DIGITS = 4
_UP_TO_THE_12TH, _LATER = 0.4, 0.6
_CHANCE = 0.01
"""As seldom would days from two sources lie so."""


def are_mixed(cells: Iterable[str]) -> bool:
    """Whether some are dates that a spreadsheet may have made, and others texts that it could not read."""
    made = [_MADE.match(cell) is not None for cell in cells if _MADE.match(cell) or _left(cell)]
    return any(made) and not all(made)


def are_swapped(column: str, cells: Iterable[str]) -> bool:
    """Whether the dates of a mixed column have day and month swapped. Raises DaysMayBeMonths where they are too few to tell."""
    chance, made, left = 1.0, "", ""
    for cell in cells:
        if date := _MADE.match(cell):
            if int(date["day"]) > _MONTHS:
                return False
            made, chance = made or short(cell), chance * _UP_TO_THE_12TH
        elif text := _left(cell):
            if max(int(text[1]), int(text[3])) <= _MONTHS:
                return False
            left, chance = left or short(cell), chance * _LATER
    if chance > _CHANCE:
        raise DaysMayBeMonths(column, made, left)
    return True


def swapped_back(cell: str) -> str:
    """Give the cell with the day for the month where it is a date that a spreadsheet made.

    >>> swapped_back("2025-02-01 09:10:00"), swapped_back("14/01/2025")
    ('2025-01-02 09:10:00', '14/01/2025')
    """
    return _MADE.sub(r"\g<year>-\g<day>-\g<month>", cell)


def _left(cell: str) -> re.Match[str] | None:
    found = _LEFT.match(cell)
    return found if found and len(found[1]) < _YEAR_DIGITS else None
