"""What to do with each row, decided once: column numbers and functions, no names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from bot.importing.absences import absence_of
from bot.importing.cells.dates import Moment, reader
from bot.importing.cells.scores import NotAScore, score_of
from bot.importing.cells.ticked import joined, separate
from bot.importing.cells.zones import zone_of
from bot.importing.files.header import Column
from bot.importing.files.rows import Absence
from bot.importing.options import DateOrder, Format, Options
from bot.importing.services.recognising import Recognised

Cells = Callable[[list[str]], Any]

_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_MISSING = "-99"  # Qualtrics' default for questions seen and not answered


@dataclass(frozen=True, slots=True)
class Layout:
    """Each pair takes cells from a record and reads them; None where the file has no such columns.

    A record has `width` cells and at least the first `needed`. The names are for what is wrong with a cell.
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


def layout_of(recognised: Recognised, options: Options, choices: Mapping[str, int]) -> Layout:
    """Decide everything but the order of dates. `choices` says how often each cell stands in the column of joined reasons."""
    columns = recognised.columns
    absences = () if options.keep_all else columns.absences
    drivers: tuple[Cells, Callable[[Any], tuple[str, ...]]] | None = None
    if columns.joined:
        drivers = itemgetter(columns.joined.index), joined(choices, options.driver_labels)
    elif columns.ticked:
        drivers = (
            _tuple_of(columns.ticked),
            separate([each.label or each.question for each in columns.ticked]),
        )
    return Layout(
        width=len(recognised.header.columns),
        needed=max(column.number for column in columns.score),
        score_name=columns.score[0].name,
        moment_name=columns.moments[0].name if columns.moments else "",
        score=_score(columns.score, recognised.format),
        row_id=columns.row_id.index if columns.row_id else None,
        comment=_comment([column.index for column in columns.comments]),
        drivers=drivers,
        moment=_moment(columns.moments, columns.time_zone, options.dates, options.time_zone or UTC),
        absence=(_tuple_of(absences), absence_of(absences, recognised.format)) if absences else None,
    )


def clean(cell: str) -> str | None:
    """Give a person's words without the apostrophe that keeps a spreadsheet from reading a formula; None for none."""
    text = cell.strip()
    if text.startswith(_FORMULA):
        text = text[1:]
    return (text.replace("\r\n", "\n") if "\r" in text else text) or None


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


def _comment(indexes: list[int]) -> Callable[[list[str]], str | None] | None:
    if not indexes:
        return None
    if len(indexes) == 1:
        index = indexes[0]
        return lambda record: clean(record[index]) if record[index] else None
    return lambda record: "\n".join(filter(None, (clean(record[index]) for index in indexes))) or None


def _moment(
    columns: tuple[Column, ...], zone_column: Column | None, order: DateOrder | None, assumed: tzinfo
) -> Callable[[list[str]], datetime | None] | None:
    """Give the function to a row's moment, from the first column that is not blank.

    Its zone is the row's, else the column's, else the operator's.
    """
    if not columns:
        return None
    in_zone: Callable[[tzinfo], Moment] = lru_cache(maxsize=64)(partial(reader, order))
    columns_zones = [(column.index, column.zone or assumed) for column in columns]

    if zone_column:
        zone_at = zone_column.index

        def moment_in_zone(record: list[str]) -> datetime | None:
            named = zone_of(record[zone_at])
            return next(
                (in_zone(named or zone)(record[at]) for at, zone in columns_zones if record[at]), None
            )

        return moment_in_zone

    readers = [(index, in_zone(zone)) for index, zone in columns_zones]
    first, read = readers[0]

    def moment(record: list[str]) -> datetime | None:
        if record[first]:
            return read(record[first])
        return next((later(record[at]) for at, later in readers if record[at]), None)

    return moment
