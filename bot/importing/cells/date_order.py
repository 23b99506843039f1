"""Whether a column writes the day or the month first: no one date can tell, the whole column mostly does."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Protocol

from bot.importing.cells.date_forms import NUMBERS
from bot.importing.cells.dates import NotADate, UnknownZone, reader
from bot.importing.errors import DatesUndecided, ZoneUndecided, short
from bot.importing.options import DateOrder, Options

_MONTHS = 12
_YEAR_DIGITS = 4


def needs_order(cell: str) -> bool:
    """Whether the cell is a date whose year comes last, in numbers.

    >>> needs_order("03/04/2024"), needs_order("2024-04-03")
    (True, False)
    """
    found = NUMBERS.match(cell.lstrip("' "))
    return found is not None and len(found[1]) < _YEAR_DIGITS


def order_of(cells: Iterable[tuple[str, str]]) -> DateOrder | None:
    """Read pairs of column name and cell until one decides; None when no date needs deciding.

    Dates with dots begin with the day unless one of them cannot. Raises DatesUndecided when every date fits both.

    >>> order_of([("Timestamp", "03/04/2024 09:00"), ("Timestamp", "03/14/2024 09:00")])
    <DateOrder.MONTH_FIRST: 'month-first'>
    """
    undecided: tuple[str, str] | None = None
    dotted = False
    for column, cell in cells:
        found = NUMBERS.match(cell.lstrip("' "))
        if not found or len(found[1]) == _YEAR_DIGITS:
            continue
        first, second = int(found[1]), int(found[3])
        if second <= _MONTHS < first:
            return DateOrder.DAY_FIRST
        if first <= _MONTHS < second:
            return DateOrder.MONTH_FIRST
        if found[2] == ".":
            dotted = True
        elif first != second and undecided is None:
            undecided = column, short(cell)
    if undecided:
        raise DatesUndecided(*undecided)
    return DateOrder.DAY_FIRST if dotted else None


class _Dated(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def values(self) -> Sequence[str]: ...


def refuse_unknown_zones(columns: Iterable[_Dated], options: Options) -> None:
    """Raise ZoneUndecided where dates name their zone by letters that mean several, and the operator does not say which."""
    if options.time_zone:
        return
    for column in columns:
        for cell in column.values:
            try:
                _read(cell)
            except UnknownZone as unknown:
                raise ZoneUndecided(column.name, unknown.letters) from None
            except NotADate:
                continue


_read = reader(DateOrder.DAY_FIRST, UTC)
