"""Whether a column writes the day, the month or the year first: no one date can tell, the whole column mostly does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Protocol

from bot.importing.dates.forms import NUMBERS
from bot.importing.dates.moment import NotADate, UnknownZone, reader
from bot.importing.errors import DatesUndecided, ZoneUndecided, short
from bot.importing.options import DateOrder, Options

_MONTHS = 12
_DAYS = 31
_MANY = 4
_YEAR_DIGITS = 4
_DATE = re.compile(r"\D{0,24}" + NUMBERS.pattern)
"""One behind a weekday, too, or a sign that says from which side it is read."""


def needs_order(cell: str) -> bool:
    """Whether the cell is a date in numbers with the year last.

    >>> needs_order("03/04/2024"), needs_order("2024-04-03")
    (True, False)
    """
    found = _DATE.match(cell)
    return found is not None and len(found[1]) < _YEAR_DIGITS


@dataclass
class _TwoDigits:
    """Dates of three numbers of two digits: 25-01-14 begins with the year where the others share it, and end apart."""

    firsts: set[str] = field(default_factory=set)
    lasts: set[str] = field(default_factory=set)
    example: tuple[str, str] | None = None
    may_begin_with_the_year: bool = True

    def take(self, column: str, cell: str, found: re.Match[str]) -> None:
        """Take in a date with two digits at its end, or one that shows what the others are."""
        first, _, second, last = found.groups()
        if len(last) != len(first) or int(second) > _MONTHS or not 1 <= int(last) <= _DAYS:
            self.may_begin_with_the_year = False
            return
        self.firsts.add(first)
        self.lasts.add(last)
        if found[2] == "-" and self.example is None:
            self.example = column, short(cell)
        if len(self.firsts) > _MANY * len(self.lasts):
            self.may_begin_with_the_year = False

    @property
    def begin_with_the_year(self) -> bool:
        """Whether they do. Raises DatesUndecided where dashes leave it open; with slashes and dots the year comes last."""
        if not self.may_begin_with_the_year or not self.firsts or len(self.firsts) > len(self.lasts):
            return False
        if len(self.firsts) < len(self.lasts):
            return True
        if self.example and self.firsts != self.lasts:
            raise DatesUndecided(*self.example, of_year=True)
        return False


def order_of(cells: Iterable[tuple[str, str]]) -> DateOrder | None:
    """Read pairs of column name and cell until one decides; None when no date needs deciding.

    Dates with dots begin with the day unless one of them cannot. Raises DatesUndecided when every date fits both.

    >>> order_of([("Timestamp", "03/04/2024 09:00"), ("Timestamp", "03/14/2024 09:00")])
    <DateOrder.MONTH_FIRST: 'month-first'>
    >>> order_of([("Date", "25-01-14"), ("Date", "25-02-24")])
    <DateOrder.YEAR_FIRST: 'year-first'>
    """
    undecided: tuple[str, str] | None = None
    decided: DateOrder | None = None
    dotted = False
    years = _TwoDigits()
    for column, cell in cells:
        found = _DATE.match(cell)
        if not found or len(found[1]) == _YEAR_DIGITS:
            continue
        years.take(column, cell, found)
        decided = decided or _told_by(found)
        if decided and not years.may_begin_with_the_year:
            return decided
        if found[2] == ".":
            dotted = True
        elif int(found[1]) != int(found[3]) and undecided is None:
            undecided = column, short(cell)
    if years.begin_with_the_year:
        return DateOrder.YEAR_FIRST
    if decided:
        return decided
    if undecided:
        raise DatesUndecided(*undecided)
    return DateOrder.DAY_FIRST if dotted else None


def _told_by(date: re.Match[str]) -> DateOrder | None:
    """Decide by the one of two numbers that is no month."""
    first, second = int(date[1]), int(date[3])
    if second <= _MONTHS < first:
        return DateOrder.DAY_FIRST
    if first <= _MONTHS < second:
        return DateOrder.MONTH_FIRST
    return None


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
