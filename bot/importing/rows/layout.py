"""What to do with each row, decided once: column numbers and functions, no names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from operator import itemgetter
from typing import Any

from bot.importing.cells.markup import written
from bot.importing.cells.scores import NotAScore, score_of
from bot.importing.cells.totals import may_be_total
from bot.importing.cells.words import NO_WORDS, NOTHING
from bot.importing.columns.absences import absence_of
from bot.importing.columns.roles import Columns, is_group
from bot.importing.errors import short
from bot.importing.files.header import Column, Header, Record, cells_of
from bot.importing.files.rows import Absence, ReadBefore
from bot.importing.options import Format, Options
from bot.importing.periods import own_label
from bot.importing.recognising import Recognised
from bot.importing.rows.moments import clock_of, moment_of, plain_moment, written_zone
from bot.importing.rows.read_before import read_before
from bot.importing.rows.reasons import drivers_of
from bot.kit.rules.formulas import original

Cells = Callable[[list[str]], Any]

_LONGEST_NOTHING = max(map(len, NO_WORDS))
_MOST_TIMES = 1_000_000
_LONGEST_PROPERTY = 200
_MISSING = "-99"  # Qualtrics' default for questions seen and not answered


@dataclass(frozen=True, slots=True)
class Layout:
    """Each pair takes cells from a record and reads them; None where the file has no such columns.

    A record has `width` cells below the `header` and at least the first `needed`. The names are for what is wrong with a cell. In
    `written_zone` a moment reads as the file has it, whatever zone was assumed; where cells name their zones, `clock` does. `before` is what earlier releases read
    otherwise, and the zone in which a moment was written then. `plain_moment` is
    where moments in UTC stand, with the latest that may be; None where they may be in another zone. What calls a row a
    total stands in the `first` column that is not empty, or in one of the first `names` where the `constant` one, which no answer lacks, is blank.
    """

    width: int
    header: tuple[Record, ...]
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
    number: int | None = None
    clock: Callable[[list[str]], datetime | None] | None = None
    before: tuple[Callable[[list[str]], ReadBefore], tzinfo] | None = None
    plain_moment: tuple[int, datetime | None] | None = None
    first: int = 0
    names: int = 0
    constant: int | None = None


def layout_of(recognised: Recognised, options: Options, choices: Mapping[str, int]) -> Layout:
    """Decide everything but the order of dates. `choices` says how often each cell stands in the column of joined reasons."""
    columns = recognised.columns
    telling = columns.telling
    own = recognised.format is Format.NPS_BOT
    read = str if own else written
    return Layout(
        width=len(recognised.header.columns),
        header=recognised.header.written,
        needed=max(column.number for column in columns.score),
        score_name=columns.score[0].name,
        moment_name=columns.moments[0].name if columns.moments else "",
        score=_score(columns.score, recognised.format),
        row_id=columns.row_id.index if columns.row_id and not options.ids_repeat else None,
        comment=_comment([column.index for column in columns.comments], original_comment if own else clean),
        drivers=drivers_of(columns, choices, options, read),
        moment=moment_of(columns.moments, columns.time_zone, options),
        absence=(cells_of([each.column for each in telling]), absence_of(telling)) if telling else None,
        person=_person(columns, options),
        properties=_properties(columns.properties),
        times=_times(columns.count),
        wave=_wave(recognised) if own else None,
        first=next((column.index for column in recognised.header.columns if column.values), 0),
        names=_names(columns, recognised.header),
        constant=_constant(columns, recognised.header),
        # Our own export writes the day where the survey lives, and its answers are known by that.
        written_zone=(options.day_zone or UTC)
        if own
        else written_zone(columns.moments, columns.time_zone, options),
        number=columns.number.index if columns.number else None,
        clock=None if own else clock_of(columns, options),
        before=read_before(columns, choices, options, read),
        plain_moment=plain_moment(columns, options),
    )


def _names(columns: Columns, header: Header) -> int:
    """Count the columns before the first that holds answers, groups or measures, or is full of what may be a total."""
    said = (*columns.score, *columns.comments, *columns.ticked, *columns.ranked, columns.joined)
    measured = {each.column for each in columns.telling}
    for column in header.columns:
        are_named_so = all(map(may_be_total, column.values)) and 2 * len(column.values) > len(header.sample)
        if column in said or column in measured or is_group(column) or are_named_so:
            return column.index
    return len(header.columns)


def _constant(columns: Columns, header: Header) -> int | None:
    """Find the id, date or number of rows that no row of the sample lacks, but for those below the last."""
    numbers = [column for column in header.columns if _numbers_rows(column) and column not in columns.score]
    for column in (columns.row_id, columns.rounded, *columns.moments[:1], *numbers):
        if column and column.stands_in == (column,):
            answers = (
                record for record in header.sample if not any(map(may_be_total, record[: column.index]))
            )
            cells = [column.cell(record).strip() for record in answers]
            while cells and not cells[-1]:
                cells.pop()
            if len(cells) > 1 and all(cells):
                return column.index
    return None


def _numbers_rows(column: Column) -> bool:
    cells = column.values
    return any(cells == tuple(map(str, range(first, first + len(cells)))) for first in (0, 1))


def clean(cell: str) -> str | None:
    """Give a person's words without the apostrophe that keeps a spreadsheet from reading a formula; None for none."""
    text = original(cell.strip())
    if len(text) <= _LONGEST_NOTHING and text.casefold() in NO_WORDS:
        return None
    return (text.replace("\r\n", "\n") if "\r" in text else text) or None


def original_comment(cell: str) -> str | None:
    """Give the words of a cell that our own export wrote, to the letter."""
    return original(cell) or None


def _score(columns: tuple[Column, ...], service: Format) -> tuple[Cells, Callable[[Any], int | None]]:
    if len(columns) > 1:
        return cells_of(columns), _ticked_score(columns)
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
        return own_label(original(record[index]).strip()) or None

    return wave
