"""When each answer came: the function from a record to its moment, and how it read before."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from operator import itemgetter

from bot.importing.columns.roles import Columns
from bot.importing.dates.moment import Moment, NotADate, UnknownZone, reader
from bot.importing.dates.swapped import swapped_back
from bot.importing.dates.zones import zone_in_cell
from bot.importing.errors import UnreadZone
from bot.importing.files.header import Column
from bot.importing.options import DateOrder, Options

RecordMoment = Callable[[list[str]], datetime | None]

_ENOUGH = 200
_ELSEWHERE = timezone(timedelta(hours=1))
_AHEAD = timedelta(days=1)  # somewhere on earth it may be tomorrow
_ZONE_AT_END = re.compile(r"\d\s?(?:Z|[+-]\d\d:?\d\d|[A-Za-z]{3,5}(?:[+-]\d{1,2}(?::?\d\d)?)?)$")


def moment_of(
    columns: Sequence[Column], time_zone: Column | None, options: Options, *, as_written: bool = False
) -> RecordMoment | None:
    """Give the function from a record to its moment, from the first of the columns that is not blank.

    Its zone is the row's, else the column's, else the operator's. A column that has never a clock holds days, which
    begin in the survey's own zone. With `as_written` the clock stays as the cell has it.
    """
    if not columns:
        return None
    assumed = options.time_zone or UTC
    days = options.day_zone or assumed
    latest = _latest(options)

    @lru_cache(maxsize=64)
    def in_zone(zone: tzinfo) -> Moment:
        named = options.time_zone is not None
        read = reader(options.dates, zone, days=days, latest=latest, named=named, as_written=as_written)
        return (lambda cell: read(swapped_back(cell))) if options.days_swapped else read

    zones = [
        (_cell_of(column), days if only_midnights(column, options.dates) else column.zone or assumed)
        for column in columns
    ]
    if time_zone:
        zone_at = time_zone.index

        def moment_in_zone(record: list[str]) -> datetime | None:
            named = zone_in_cell(record[zone_at])
            return next((in_zone(named or zone)(cell) for at, zone in zones if (cell := at(record))), None)

        return moment_in_zone

    readers = [(at, in_zone(zone)) for at, zone in zones]
    first, read = readers[0]

    def moment(record: list[str]) -> datetime | None:
        if cell := first(record):
            return read(cell)
        return next((later(cell) for at, later in readers if (cell := at(record))), None)

    return moment


def clock_of(columns: Columns, options: Options) -> RecordMoment | None:
    """Give the function from a record to its clock as it is written, where cells name their zone; else `written_zone` tells it."""
    cells = [cell for column in columns.moments[:1] for cell in column.values[:_ENOUGH]]
    if all(cell.endswith("Z") or not _names_its_zone(cell, options.dates) for cell in cells):
        return None
    return moment_of(columns.moments, columns.time_zone, options, as_written=True)


def _names_its_zone(cell: str, order: DateOrder | None) -> bool:
    """Whether the cell is the same moment whatever zone is assumed, or names one by letters that mean several."""
    try:
        return not cell.isdigit() and reader(order, UTC)(cell) == reader(order, _ELSEWHERE)(cell)
    except UnknownZone:
        return True
    except NotADate:
        return False


def plain_moment(columns: Columns, options: Options) -> tuple[int, datetime | None] | None:
    if (
        options.days_swapped
        or not columns.moments
        or columns.time_zone
        or columns.moments[0].stands_in != columns.moments[:1]
    ):
        return None
    first = columns.moments[0]
    assumed = options.time_zone or UTC
    zone = (options.day_zone or assumed) if only_midnights(first, options.dates) else first.zone or assumed
    return (first.index, _latest(options)) if zone is UTC else None


def _latest(options: Options) -> datetime | None:
    return options.now + _AHEAD if options.now else None


def _cell_of(column: Column) -> Callable[[list[str]], str]:
    return itemgetter(column.index) if column.stands_in == (column,) else column.cell


def refuse_unread_zones(columns: Columns, options: Options) -> None:
    """Raise UnreadZone where clocks depend on a zone that rows name, which cannot be read and the operator does not say."""
    if options.time_zone or columns.time_zone is None:
        return
    clocks = [cell for column in columns.moments for cell in column.values if ":" in cell]
    unread = next((cell for cell in columns.time_zone.values if zone_in_cell(cell) is None), None)
    if unread and not all(map(_names_zone, clocks)):
        raise UnreadZone(columns.time_zone.name, unread)


def only_midnights(column: Column, order: DateOrder | None) -> bool:
    """Whether the column holds days although each has a clock: all of them at midnight, in no zone."""
    read = reader(order or DateOrder.DAY_FIRST, UTC)
    cells = column.values[:_ENOUGH]
    return len(cells) > 1 and not column.zone and all(_is_midnight(cell, read) for cell in cells)


def _is_midnight(cell: str, read: Moment) -> bool:
    try:
        at = read(cell)
    except NotADate:
        return False
    return at is not None and at.time() == time() and not cell.rstrip().endswith("Z")


def written_zone(columns: Sequence[Column], time_zone: Column | None, options: Options) -> tzinfo:
    """Give the zone in which moments read as they are written: the assumed one, unless the file itself names one."""
    if not columns:
        return UTC
    first = columns[0]
    if only_midnights(first, options.dates) or all(_is_day(cell) for cell in first.values[:_ENOUGH]):
        return options.day_zone or options.time_zone or UTC
    if first.zone or time_zone or any(_names_zone(cell) for cell in first.values[:_ENOUGH]):
        return UTC
    return options.time_zone or UTC


def _is_day(cell: str) -> bool:
    return ":" not in cell and "T" not in cell.strip() and len(cell.split()) == 1


def _names_zone(cell: str) -> bool:
    return _ZONE_AT_END.search(cell.rstrip()[-12:]) is not None
