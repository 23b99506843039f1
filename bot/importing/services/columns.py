"""Which column is what: decided once, from the header and a sample of the answers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.importing.cells import words
from bot.importing.cells.drivers import LONGEST_LABEL, known_driver
from bot.importing.cells.keys import key
from bot.importing.cells.ticked import separator_of
from bot.importing.files.header import Column, Header, is_date
from bot.importing.services.service import Service

_MANGLED = re.compile(r"\d[.,]\d+E\+\d+")
_SHORT_ID = 6
_NUMBER = re.compile(r"[\d\s.,%+-]+")
_MOST_CHOICES = 60
_ENOUGH_TO_REPEAT = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read.

    `score` is one column, or one for each of 0 to 10. `moments` are tried in their order. `ticked` are one column a
    reason, `joined` is one column with all of them; at most one of the two is there. `absences` tell that an answer
    does not count.
    """

    score: tuple[Column, ...]
    row_id: Column | None = None
    comments: tuple[Column, ...] = ()
    ticked: tuple[Column, ...] = ()
    joined: Column | None = None
    moments: tuple[Column, ...] = ()
    time_zone: Column | None = None
    absences: tuple[Column, ...] = ()


def columns_of(header: Header, service: Service, score: tuple[Column, ...]) -> Columns:
    """Find everything beside the score, which is known."""
    moments = tuple(_moments(header, service))
    absences = tuple(
        column
        for column in header.columns
        if column.keys & (words.FINISHED | words.STATUS | words.SURVEY_KIND)
    )
    row_id = _row_id(header, service)
    known = {*score, *moments, *absences, row_id}
    rest = [column for column in header.columns if column not in known and not is_group(column)]
    ticked = _ticked(rest, score[-1])
    rest = [column for column in rest if column not in ticked]
    joined = None if ticked else _joined(rest)
    return Columns(
        score=score,
        row_id=row_id,
        comments=(
            *_comments([column for column in rest if column != joined], score[-1]),
            *filter(_is_other_in_words, ticked),
        ),
        ticked=ticked,
        joined=joined,
        moments=moments,
        time_zone=next((column for column in rest if column.keys & words.TIME_ZONE), None),
        absences=absences,
    )


def is_group(column: Column) -> bool:
    """Whether the column names promoters, passives and detractors beside their scores."""
    texts = [key(column.question), key(column.label), key(column.code)]
    return (
        any(text.endswith(words.GROUP) for text in texts)
        or key(column.label) in words.GROUP_LABELS
        or key(column.question.rpartition(" - ")[2]) in words.GROUP_LABELS
    )


def _row_id(header: Header, service: Service) -> Column | None:
    """Find the service's own id. One that a spreadsheet has rounded, that repeats, or a bare row number is none."""
    own = [
        column
        for column in header.columns
        if column.keys & service.row_id or column.question in service.row_id
    ]
    found = own or [column for column in header.columns if column.keys & words.ROW_ID]
    for column in found:
        unique = len(set(column.values)) == len(column.values)
        telling = own or any(len(cell) >= _SHORT_ID or not cell.isdigit() for cell in column.values)
        if unique and telling and not any(_MANGLED.fullmatch(cell.strip()) for cell in column.values):
            return column
    return None


def _moments(header: Header, service: Service) -> Iterator[Column]:
    """Give the columns that say when, best first; in a language unknown here, the first that holds moments."""
    seen = set()
    for names in (*service.moments, *words.MOMENTS):
        for column in header.columns:
            if column.keys & names and column not in seen and _may_be_dates(column):
                seen.add(column)
                yield column
    if not seen:
        yield from (
            column for column in header.columns[:1] if column.values and all(map(is_date, column.values))
        )


def _may_be_dates(column: Column) -> bool:
    dates = sum(map(_is_any_date, column.values))
    return 2 * dates >= len(column.values)


def _is_any_date(cell: str) -> bool:
    return is_date(cell) or cell.strip().replace(".", "").isdigit()


def _ticked(columns: Sequence[Column], score: Column) -> tuple[Column, ...]:
    """Find the columns of one choice each: of a question about reasons, with our reasons, or right after the score."""
    runs = [tuple(run) for _, run in groupby(columns, key=_question_of_choice)]
    groups = [run for run in runs if len(run) > 1 and _question_of_choice(run[0]) is not None]
    for group in groups:
        if group[0].says(words.DRIVER_QUESTION) or any(known_driver(_choice(column)) for column in group):
            return group
    return next((group for group in groups if not group[0].label and group[0].number == score.number + 1), ())


def _choice(column: Column) -> str:
    return column.label or column.question


def _question_of_choice(column: Column) -> str | None:
    """Give what the columns of one question share, None for a column that is no choice."""
    if key(column.label) in words.GENERIC_LABELS:
        return None
    if column.label:
        return column.question
    own = key(column.question)
    cells = {key(cell) for cell in column.values}
    repeats = cells == {own}
    ours = known_driver(column.question) is not None and cells <= {own, *words.YES, *words.NO}
    return "" if repeats or ours or own in words.OTHER else None


def _joined(columns: Sequence[Column]) -> Column | None:
    """Find the column with all reasons in one cell: asked for as such, or mostly with several of ours in it."""
    asked = (
        column
        for column in columns
        if (column.says(words.DRIVER_QUESTION) or column.keys & words.DRIVERS)
        and _are_choices(_pieces(column))
    )
    ours = (
        column
        for column in columns
        if _are_ours(pieces := _pieces(column)) and pieces.total() > len(column.values)
    )
    return next(asked, None) or next(ours, None)


def _pieces(column: Column) -> Counter[str]:
    separator = separator_of(column.values)
    return Counter(piece for cell in column.values for piece in separator.pieces(cell))


def _are_choices(pieces: Counter[str]) -> bool:
    """Whether cells are made of few choices, which own words are not; of too few to tell, whether they are short."""
    if pieces.total() < _ENOUGH_TO_REPEAT:
        return bool(pieces) and all(len(piece) <= LONGEST_LABEL and piece[-1] not in ".!" for piece in pieces)
    return _are_ours(pieces) or (len(pieces) <= _MOST_CHOICES and 2 * len(pieces) <= pieces.total())


def _are_ours(pieces: Counter[str]) -> bool:
    return 2 * sum(known_driver(piece) is not None for piece in pieces) > len(pieces)


def _comments(columns: Sequence[Column], score: Column) -> list[Column]:
    """Find the questions for a reason; without one, the first question after the score that is answered in words."""
    worded = [column for column in columns if not column.values or _in_words(column)]
    asked = [column for column in worded if column.says(words.COMMENT)]
    later = (
        column
        for column in worded
        if column.number > score.number and (column.asks or key(column.label) in words.GENERIC_LABELS)
    )
    return asked or [column for column, _ in zip(later, range(1), strict=False)]


def _is_other_in_words(column: Column) -> bool:
    """Whether the last choice is a field for one's own words."""
    ticks = {key(_choice(column)), *words.YES, *words.NO}
    return (
        key(_choice(column)) in words.OTHER
        and ticks.isdisjoint(map(key, column.values))
        and bool(column.values)
    )


def _in_words(column: Column) -> bool:
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in column.values)
    return 2 * numbers < len(column.values)
