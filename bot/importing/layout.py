"""What to do with each row, decided once: column numbers and functions, no names."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache
from operator import itemgetter
from typing import Any

from bot.importing.absences import absence_of
from bot.importing.cells.dates import Moment, NotADate, reader
from bot.importing.cells.scores import NotAScore, score_of
from bot.importing.cells.ticked import joined, one_each, separate
from bot.importing.cells.words import NO_WORDS, NOTHING
from bot.importing.cells.zones import zone_of
from bot.importing.errors import short
from bot.importing.files.header import Column
from bot.importing.files.rows import Absence
from bot.importing.options import DateOrder, Format, Options
from bot.importing.services.columns import Columns
from bot.importing.services.recognising import Recognised
from bot.kit.rules.formulas import original

Cells = Callable[[list[str]], Any]

_LONGEST_NOTHING = max(map(len, NO_WORDS))
_MOST_TIMES = 1_000_000
_LONGEST_PROPERTY = 200
_ENOUGH = 200
_AHEAD = timedelta(days=1)  # somewhere on earth it may be tomorrow
_ZONE_AT_END = re.compile(r"\d\s?(?:Z|[+-]\d\d:?\d\d|[A-Za-z]{3,5}(?:[+-]\d{1,2}(?::?\d\d)?)?)$")
_MISSING = "-99"  # Qualtrics' default for questions seen and not answered


@dataclass(frozen=True, slots=True)
class Layout:
    """Each pair takes cells from a record and reads them; None where the file has no such columns.

    A record has `width` cells and at least the first `needed`. The names are for what is wrong with a cell. In
    `written_zone` a moment reads as the file has it, whatever zone was assumed. `before` is how earlier releases read the
    moment where it is joined of several columns now, and the zone in which it was written then.
    """

    width: int
    needed: int
    score_name: str
    moment_name: str
    score: tuple[Cells, Callable[[Any], int | None]]
    row_id: int | None
    comment: Callable[[list[str]], str | None] | None
    drivers: tuple[Cells, Callable[[Any], tuple[str, ...]]] | None
    moment: Callable[[list[str]], datetime | None] | None
    absence: tuple[Cells, Callable[[Any], Absence | None]] | None
    person: int | None = None
    properties: Callable[[list[str]], dict[str, str]] | None = None
    times: Callable[[list[str]], int] | None = None
    wave: Callable[[list[str]], str | None] | None = None
    written_zone: tzinfo = UTC
    before: tuple[Callable[[list[str]], datetime | None], tzinfo] | None = None


def layout_of(recognised: Recognised, options: Options, choices: Mapping[str, int]) -> Layout:
    """Decide everything but the order of dates. `choices` says how often each cell stands in the column of joined reasons."""
    columns = recognised.columns
    telling = columns.telling
    own = recognised.format is Format.NPS_BOT
    drivers: tuple[Cells, Callable[[Any], tuple[str, ...]]] | None = None
    if columns.joined:
        drivers = itemgetter(columns.joined.index), joined(choices, options.driver_labels)
    elif columns.ticked:
        drivers = (
            _tuple_of(columns.ticked),
            separate([each.label or each.question for each in columns.ticked]),
        )
    elif columns.ranked:
        drivers = _tuple_of(columns.ranked), one_each
    return Layout(
        width=len(recognised.header.columns),
        needed=max(column.number for column in columns.score),
        score_name=columns.score[0].name,
        moment_name=columns.moments[0].name if columns.moments else "",
        score=_score(columns.score, recognised.format),
        row_id=columns.row_id.index if columns.row_id and not options.ids_repeat else None,
        comment=_comment([column.index for column in columns.comments], original_comment if own else clean),
        drivers=drivers,
        moment=_moment(columns.moments, columns.time_zone, options),
        absence=(_tuple_of(tuple(each.column for each in telling)), absence_of(telling)) if telling else None,
        person=_person(columns, options),
        properties=_properties(columns.properties),
        times=_times(columns.count),
        wave=_wave(recognised) if own else None,
        written_zone=_written_zone(columns.moments, columns.time_zone, options),
        before=_before(columns, options),
    )


def clean(cell: str) -> str | None:
    """Give a person's words without the apostrophe that keeps a spreadsheet from reading a formula; None for none."""
    text = original(cell.strip())
    if len(text) <= _LONGEST_NOTHING and text.casefold() in NO_WORDS:
        return None
    return (text.replace("\r\n", "\n") if "\r" in text else text) or None


def original_comment(cell: str) -> str | None:
    """Give the words of a cell that our own export wrote, to the letter."""
    return original(cell) or None


def _tuple_of(columns: tuple[Column, ...]) -> Cells:
    first, *others = (column.index for column in columns)
    return itemgetter(first, *others) if others else lambda record: (record[first],)


def _score(columns: tuple[Column, ...], service: Format) -> tuple[Cells, Callable[[Any], int | None]]:
    if len(columns) > 1:
        return _tuple_of(columns), _ticked_score(columns)
    if service is Format.QUALTRICS:
        return itemgetter(columns[0].index), _score_or_missing
    return itemgetter(columns[0].index), score_of


def _score_or_missing(cell: str) -> int | None:
    return None if cell == _MISSING else score_of(cell)


def _ticked_score(columns: tuple[Column, ...]) -> Callable[[tuple[str, ...]], int | None]:
    labels = [column.label for column in columns]

    @lru_cache(maxsize=4096)
    def score(cells: tuple[str, ...]) -> int | None:
        ticked = [label for label, cell in zip(labels, cells, strict=True) if cell.strip()]
        if len(ticked) > 1:
            message = f"{len(ticked)} scores are ticked; one answer has one score."
            raise NotAScore(message)
        return score_of(ticked[0]) if ticked else None

    return score


def _comment(
    indexes: list[int], read: Callable[[str], str | None]
) -> Callable[[list[str]], str | None] | None:
    if not indexes:
        return None
    if len(indexes) == 1:
        index = indexes[0]
        return lambda record: read(record[index]) if record[index] else None
    return lambda record: "\n".join(filter(None, (read(record[index]) for index in indexes))) or None


def _person(columns: Columns, options: Options) -> int | None:
    """Give where the person stands: in a column of their own, or in one of ids that come again."""
    if columns.person:
        return columns.person.index
    return columns.row_id.index if columns.row_id and options.ids_repeat else None


def _properties(columns: tuple[Column, ...]) -> Callable[[list[str]], dict[str, str]] | None:
    if not columns:
        return None
    places = [(column.name, column.index) for column in columns]

    def properties(record: list[str]) -> dict[str, str]:
        return {
            name: cell[:_LONGEST_PROPERTY]
            for name, index in places
            if (cell := record[index].strip()) and cell.casefold() not in NOTHING
        }

    return properties


def _times(column: Column | None) -> Callable[[list[str]], int] | None:
    if column is None:
        return None
    index = column.index

    def times(record: list[str]) -> int:
        cell = record[index].strip().replace(",", "")
        if not cell.isdigit() or int(cell) > _MOST_TIMES:
            message = f"“{short(record[index])}” is not a whole number up to {_MOST_TIMES:,}, by which the score could be counted."
            raise NotAScore(message)
        return int(cell)

    return times


def _wave(recognised: Recognised) -> Callable[[list[str]], str | None]:
    """Read the wave back that our own export names; the number of one that was asked in Slack is called so."""
    index = next(column.index for column in recognised.header.columns if column.question == "wave")

    def wave(record: list[str]) -> str | None:
        label = original(record[index]).strip()
        return f"Wave {label}" if label.isdigit() else label or None

    return wave


def _moment(
    columns: Sequence[Column], time_zone: Column | None, options: Options
) -> Callable[[list[str]], datetime | None] | None:
    """Give the function from a record to its moment, from the first of the columns that is not blank.

    Its zone is the row's, else the column's, else the operator's. A column that has never a clock holds days, which
    begin in the survey's own zone.
    """
    if not columns:
        return None
    assumed = options.time_zone or UTC
    days = options.day_zone or assumed
    latest = options.now + _AHEAD if options.now else None

    @lru_cache(maxsize=64)
    def in_zone(zone: tzinfo) -> Moment:
        named = options.time_zone is not None
        return reader(options.dates, zone, days=days, latest=latest, named=named)

    zones = [
        (_cell_of(column), days if only_midnights(column, options.dates) else column.zone or assumed)
        for column in columns
    ]
    if time_zone:
        zone_at = time_zone.index

        def moment_in_zone(record: list[str]) -> datetime | None:
            named = zone_of(record[zone_at])
            return next((in_zone(named or zone)(cell) for at, zone in zones if (cell := at(record))), None)

        return moment_in_zone

    readers = [(at, in_zone(zone)) for at, zone in zones]
    first, read = readers[0]

    def moment(record: list[str]) -> datetime | None:
        if cell := first(record):
            return read(cell)
        return next((later(cell) for at, later in readers if (cell := at(record))), None)

    return moment


def _cell_of(column: Column) -> Callable[[list[str]], str]:
    return itemgetter(column.index) if column.stands_in == (column,) else column.cell


def _before(
    columns: Columns, options: Options
) -> tuple[Callable[[list[str]], datetime | None], tzinfo] | None:
    """Give how earlier releases read the moment; None where they read it as this one does."""
    before = tuple(dict.fromkeys(column for moment in columns.moments for column in moment.read_before))
    if before == columns.moments:
        return None
    moment = _moment(before, columns.time_zone, options) or (lambda _: None)
    return moment, _written_zone(before, columns.time_zone, options)


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


def _written_zone(columns: Sequence[Column], time_zone: Column | None, options: Options) -> tzinfo:
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
