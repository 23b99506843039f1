"""Which column is what: decided once, from the header and a sample of the answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.columns.absences import Telling, telling_columns
from bot.importing.columns.comments import comment_columns
from bot.importing.columns.drivers import (
    are_ticks,
    is_other_in_words,
    joined_column,
    ranked_columns,
    says_one_thing,
    ticked_columns,
)
from bot.importing.columns.moments import day_of, moment_columns
from bot.importing.columns.named import NONE, candidates, named, several
from bot.importing.columns.numbering import numbering
from bot.importing.columns.people import person_column, property_columns
from bot.importing.errors import NotACount, NotAnId
from bot.importing.files.header import Column, Header
from bot.importing.options import Options
from bot.importing.services.service import Service

_ROUNDED = re.compile(r"\d(?:[.,]\d{1,15})?E\+\d{1,3}")
_SHORT_ID = 6
_TWICE = 2
_MOST_WAVES = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read.

    `score` is one column, or one for each of 0 to 10. `moments` are tried in their order. `ticked` are one column a
    reason, `joined` is one column with all of them, `ranked` are a few columns of one each; at most one of the three is
    there. Earlier releases took the reasons from `joined_before`, which says one thing in all rows. `number` may number the answers, and does where the service `numbers_answers`. Earlier releases read the zone from `time_zone_before`. `telling` ones say that an answer does not count. `rounded` is an id that a spreadsheet has spoilt. `count` says how many gave the score of its row.
    """

    score: tuple[Column, ...]
    row_id: Column | None = None
    rounded: Column | None = None
    number: Column | None = None
    numbers_answers: bool = False
    comments: tuple[Column, ...] = ()
    ticked: tuple[Column, ...] = ()
    joined: Column | None = None
    joined_before: Column | None = None
    ranked: tuple[Column, ...] = ()
    moments: tuple[Column, ...] = ()
    time_zone: Column | None = None
    time_zone_before: Column | None = None
    telling: tuple[Telling, ...] = ()
    person: Column | None = None
    properties: tuple[Column, ...] = ()
    count: Column | None = None


def columns_of(header: Header, service: Service, score: tuple[Column, ...], options: Options) -> Columns:
    """Find everything beside the score, which is known; what the operator named goes first.

    Raises an ImportProblem where a choice does not fit the file.
    """
    moments = moment_columns(header, service, score, options.date_column)
    telling = telling_columns(header, service, score)
    row_id, rounded = _row_id(header, service, options.id_column)
    number, numbers_answers = None, False
    if row_id is None and options.id_column is None:
        number, numbers_answers = numbering(header, service, _called_ids(header.columns), moments)
    count = _count(header, options.count_column)
    chosen = tuple(several(header, "--comment-column", options.comment_columns))
    kept = tuple(several(header, "--property", options.properties))
    dated = [part for moment in moments for part in moment.stands_in]
    known = {*score, *dated, *(each.column for each in telling), row_id, rounded, count, *kept}
    rest = [column for column in header.own_questions if column not in known and not is_group(column)]
    ticked, joined, joined_before = _reasons(header, rest, score[-1], options, chosen)
    ranked = (
        ()
        if ticked or joined or options.reason_column
        else ranked_columns([each for each in rest if each not in chosen])
    )
    rest = [column for column in rest if column not in {*ticked, *ranked, joined, joined_before}]
    comments = chosen
    if not options.comment_columns:
        comments = (*comment_columns(rest, score[-1], header.sample), *filter(is_other_in_words, ticked))
    rest = [column for column in rest if column not in comments]
    person = person_column(header, [*rest, *kept], options.person_column)
    if person is None and row_id is None and options.person_column is None and options.id_column is None:
        person = _who_comes_again(rest, header, moments)
    zone, zone_before = _time_zones(rest, moments)
    rest = [column for column in rest if column not in {person, zone, zone_before}]
    return Columns(
        score=score,
        row_id=None if person and row_id == person else row_id,
        rounded=rounded,
        number=number,
        numbers_answers=numbers_answers,
        comments=comments,
        ticked=ticked,
        joined=joined,
        joined_before=joined_before,
        ranked=ranked,
        moments=moments,
        time_zone=zone,
        time_zone_before=zone_before,
        telling=() if options.keep_all else telling,
        person=person,
        properties=kept or property_columns(rest),
        count=count,
    )


def is_group(column: Column) -> bool:
    """Whether the column names promoters, passives and detractors beside their scores."""
    texts = [key(column.question), key(column.label), key(column.code)]
    cells = {key(cell) for cell in column.values}
    return (
        any(text.endswith(words.GROUP) for text in texts)
        or key(column.label) in words.GROUP_LABELS
        or key(column.question.rpartition(" - ")[2]) in words.GROUP_LABELS
        or (bool(cells) and cells <= words.CATEGORIES and not column.says(words.COMMENT))
    )


def _reasons(
    header: Header, rest: list[Column], score: Column, options: Options, comments: tuple[Column, ...]
) -> tuple[tuple[Column, ...], Column | None, Column | None]:
    """Give the columns of one reason each, or the one column of all reasons, and the one that was taken for it before."""
    wanted = options.reason_column
    if wanted is None:
        free = [column for column in rest if column not in comments]
        ticked = ticked_columns(free, score)
        if ticked:
            return ticked, None, None
        numbered = bool(options.driver_labels)
        chosen = [column for column in free if not says_one_thing(column, len(header.sample))]
        joined, before = (joined_column(some, score, numbered=numbered) for some in (chosen, free))
        return (), joined, None if before == joined else before
    if wanted.casefold() == NONE:
        return (), None, None
    found = candidates(header, "--reason-column", wanted)
    group = tuple(column for column in header.columns if column.question == found[0].question)
    if len(group) > 1 and group[0].label and are_ticks(group):
        return group, None, None
    return (), named(header, "--reason-column", wanted), None


def _time_zones(columns: Sequence[Column], moments: Sequence[Column]) -> tuple[Column | None, Column | None]:
    """Find the column that names each row's zone, where no date's header does, and the one that earlier releases found."""
    before = next((column for column in columns if column.keys & words.TIME_ZONE), None)
    if moments and all(moment.zone for moment in moments):
        return None, before
    offset = next((column for column in columns if column.keys & words.ZONE_OFFSET), None)
    return before or offset, before


def _count(header: Header, wanted: str | None) -> Column | None:
    if wanted is None:
        return None
    column = named(header, "--count-column", wanted)
    if not all(cell.strip().replace(",", "").isdigit() for cell in column.values):
        raise NotACount(column.name)
    return column


def _row_id(header: Header, service: Service, wanted: str | None) -> tuple[Column | None, Column | None]:
    """Find the service's own id, and one that a spreadsheet has rounded. What repeats or is a bare row number is none."""
    if wanted is not None:
        if wanted.casefold() == NONE:
            return None, None
        column = named(header, "--id-column", wanted)
        if is_rounded(column) or len(set(column.values)) < len(column.values):
            raise NotAnId(column.name)
        return column, None
    own = [
        column
        for column in header.columns
        if column.keys & service.row_id or column.question in service.row_id
    ]
    rounded = None
    for column in own or _called_ids(header.columns):
        unique = _is_unique(column, header)
        telling = own or any(len(cell) >= _SHORT_ID or not cell.isdigit() for cell in column.values)
        if is_rounded(column):
            rounded = rounded or column
        elif unique and telling:
            return column, None
    return None, rounded


def _is_unique(column: Column, header: Header) -> bool:
    """Whether no cell stands in two rows that differ: a row that was exported twice says nothing against the id."""
    if len(set(column.values)) == len(column.values):
        return True
    rows: dict[str, Sequence[str]] = {}
    for record in header.sample:
        cell = record[column.index].strip() if column.index < len(record) else ""
        if cell and rows.setdefault(cell, record) != record:
            return False
    return len(rows) * _TWICE > len(column.values)


def _who_comes_again(columns: Sequence[Column], header: Header, moments: Sequence[Column]) -> Column | None:
    """Find the id that comes again on other days, and never twice on one: it is a person's.

    What has few values, or bare row numbers, names no person.
    """
    for column in _called_ids(columns) if moments else ():
        days = [(column.cell(record), moments[0].cell(record)) for record in header.sample]
        days = [(cell, day_of(day)) for cell, day in days if cell.strip() and day.strip()]
        many = len({cell for cell, _ in days})
        named = all(len(cell) >= _SHORT_ID or not cell.isdigit() for cell in column.values)
        if named and len(set(days)) == len(days) < many * _MOST_WAVES and many > 1 and not is_rounded(column):
            return column
    return None


def _called_ids(columns: Iterable[Column]) -> list[Column]:
    """Give the columns that are called an id, what surely names an answer first."""
    signs = [column for column in columns if column.question == "#"]  # Typeform's, which no key has
    return [column for names in words.ROW_ID for column in columns if column.keys & names] + signs


def is_rounded(column: Column) -> bool:
    return any(_ROUNDED.fullmatch(cell.strip()) for cell in column.values)
