"""Thousands of rows at once, column by column: a million rows pass here. What is unusual about them is read row by row."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, date, datetime
from itertools import compress
from operator import itemgetter
from typing import NamedTuple, TypeVar

from bot.importing.cells.scores import NotAScore
from bot.importing.cells.totals import may_hold_total
from bot.importing.dates.moment import BUDDHIST_FROM, EARLIEST, NotADate
from bot.importing.files.rows import Absence
from bot.importing.rows.layout import Layout
from storage.importing.imported_answers import stored_moment

Cell = TypeVar("Cell", bound=Hashable)
Value = TypeVar("Value")

_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_PLAIN = re.compile(f"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_CLOCK}\n)+")
_DAY = len("2024-10-14")
_MOMENT = len("2024-10-14 09:10:00")
_END = ".000000"


class PlainRows(NamedTuple):
    """The answers with a score, column by column, and what stood in the other rows.

    `moments` are as they are stored, `clocks` as they are written, and `days` are theirs; `drivers_of_all` has what was named in rows without a score, too.
    """

    row_ids: Sequence[str | None] | None
    numbers: Sequence[str | None] | None
    scores: Sequence[int]
    comments: Sequence[str | None]
    drivers: Sequence[tuple[str, ...]]
    moments: Sequence[str | None]
    clocks: Sequence[str | None] | None
    people: Sequence[str | None]
    properties: Sequence[dict[str, str] | None]
    days: Sequence[str | None]
    drivers_of_all: Counter[tuple[str, ...]]
    no_score: int
    left_out: Counter[Absence]


def plain_rows(records: Sequence[list[str] | None], layout: Layout) -> PlainRows | None:
    """Read the records; None where one of them, or the layout, asks for `reading.read`."""
    if layout.times or layout.wave or layout.before or not all(records):
        return None
    whole = [record for record in records if record]
    if set(map(len, whole)) != {layout.width}:
        return None
    if layout.names and may_hold_total(map(itemgetter(layout.first), whole)):
        return None
    if layout.constant is not None and not all(map(itemgetter(layout.constant), whole)):
        return None
    try:
        return _read(whole, layout)
    except (NotAScore, NotADate):
        return None


def each(function: Callable[[Cell], Value], cells: Sequence[Cell]) -> list[Value]:
    """Give what the function says of each cell, asking it once for those that are alike."""
    known = {cell: function(cell) for cell in set(cells)}
    return list(map(known.__getitem__, cells))


def _read(records: list[list[str]], layout: Layout) -> PlainRows | None:
    left_out = Counter[Absence]()
    unfinished: list[bool] = []
    if layout.absence:
        cells, absence_of = layout.absence
        whys = each(absence_of, list(map(cells, records)))
        left_out.update(why for why in whys if why and why is not Absence.UNFINISHED)
        stays = [why is None or why is Absence.UNFINISHED for why in whys]
        unfinished = [why is not None for why in compress(whys, stays)]
        records = list(compress(records, stays))
    cells, score_of = layout.score
    scores = each(score_of, list(map(cells, records)))
    if any(unfinished):
        stays = [not begun or score is None for begun, score in zip(unfinished, scores, strict=True)]
        left_out[Absence.UNFINISHED] += len(records) - sum(stays)
        records, scores = list(compress(records, stays)), list(compress(scores, stays))
    has_score = [score is not None for score in scores]
    if not all(any(record) for record, has in zip(records, has_score, strict=True) if not has):
        return None  # such a row is nothing
    drivers: list[tuple[str, ...]] = [()] * len(records)
    if layout.drivers:
        cells, drivers_of = layout.drivers
        drivers = each(drivers_of, list(map(cells, records)))
    moments = _moments(records, layout)
    columns = (
        _stripped(records, layout.row_id),
        _stripped(records, layout.number),
        scores,
        _column(layout.comment, records),
        drivers,
        moments,
        _stored(layout.clock, records) if layout.clock else None,
        _stripped(records, layout.person) or [None] * len(records),
        _column(layout.properties, records),
        [moment and moment[:_DAY] for moment in moments],
    )
    said = [None if column is None else [*compress(column, has_score)] for column in columns]
    no_score = len(records) - sum(has_score)
    return PlainRows(*said, Counter(drivers), no_score, +left_out)  # type: ignore[call-arg,arg-type] # each is of its kind


def _column(read: Callable[[list[str]], Value | None] | None, records: list[list[str]]) -> list[Value | None]:
    return list(map(read, records)) if read else [None] * len(records)


def _stripped(records: list[list[str]], index: int | None) -> list[str | None] | None:
    return None if index is None else [record[index].strip() or None for record in records]


def _moments(records: list[list[str]], layout: Layout) -> list[str | None]:
    """Give the moments as they are stored. Raises NotADate."""
    if layout.moment is None:
        return [None] * len(records)
    if layout.plain_moment:
        index, latest = layout.plain_moment
        cells = [record[index] for record in records]
        if _are_plain(cells, latest):
            return [cell + _END for cell in cells]
    return _stored(layout.moment, records)


def _stored(moment: Callable[[list[str]], datetime | None], records: list[list[str]]) -> list[str | None]:
    return [stored_moment(at) if (at := moment(record)) else None for record in records]


def _are_plain(cells: list[str], latest: datetime | None) -> bool:
    """Whether all are moments such as 2024-10-14 09:10:00, on days that there are, neither long ago nor in the future."""
    if set(map(len, cells)) != {_MOMENT} or not _PLAIN.fullmatch("\n".join([*cells, ""])):
        return False
    first, last = min(cells), max(cells)
    if first < EARLIEST.isoformat(" ") or int(last[:4]) >= BUDDHIST_FROM:
        return False
    try:
        for day in {cell[:_DAY] for cell in cells}:
            date.fromisoformat(day)
    except ValueError:
        return False
    return latest is None or datetime.fromisoformat(last).replace(tzinfo=UTC) <= latest
