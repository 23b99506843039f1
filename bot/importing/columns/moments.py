"""Which columns say when somebody answered, best first."""

import re
from collections.abc import Sequence
from datetime import UTC

from bot.importing.cells.keys import keys
from bot.importing.columns.joined_dates import in_place_of, of_year_month_day, with_clocks
from bot.importing.columns.named import NONE, named
from bot.importing.dates import words
from bot.importing.dates.forms import COMPACT, EPOCH, SERIAL
from bot.importing.dates.moment import NotADate, reader
from bot.importing.dates.parts import have_no_day
from bot.importing.errors import NotDates, SeveralDates, UnreadDates
from bot.importing.files.header import Column, Header, is_date
from bot.importing.options import DateOrder
from bot.importing.services.service import Service

_RESPONDED, _STAMPED, _RECORDED, _DATE, _CREATED, _DATED, _STARTED, _UPDATED, _UNNAMED = range(9)
_BACKUP = (_RESPONDED, _STAMPED, _RECORDED, _DATE, _STARTED)
_NAMED = (
    (words.SUBMITTED, _RESPONDED), (words.TIMESTAMP, _STAMPED), (words.RECORDED, _RECORDED), (words.DATE, _DATE),
    (words.CREATED, _CREATED), (words.STARTED, _STARTED), (words.UPDATED, _UPDATED),
)  # fmt: skip
PERIODS = keys(
    "month|week|quarter|period|year month|survey month|survey week|fiscal quarter|mois|semaine|trimestre|période|monat|woche|"
    "quartal|zeitraum|mes|semana|periodo|período|mês|mese|settimana|maand|kwartaal|miesiąc|месяц|неделя|квартал|månad|kvartal"
)
_DATES = words.SUBMITTED | words.TIMESTAMP | words.RECORDED | words.DATE | words.CREATED
_SAYS_WHEN = re.compile(
    r"^(?=.*\d)(?!\s{0,9}[\d:.,]{0,20}\s{0,9}$).{6}|^\s?\d{1,2}\s?(?:[/-]\s?\d{1,2}|\.\s?\d{1,2}\.)\s?$|^\s?\d{7,8}\s?$|^#{3,}$"
)  # neither a number, but 14012025, nor how long it took; or ####, as a narrow column shows a date
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")  # of a program, where the header says nothing of a date
_read = reader(DateOrder.DAY_FIRST, UTC, named=True)


def moment_columns(
    header: Header, service: Service, score: Sequence[Column], wanted: str | None
) -> tuple[Column, ...]:
    """Give the columns of the answer's own date: the first is read, the others where it is blank.

    A clock that stands in a column of its own is joined to its day; year, month and day in columns of their own are a
    date where no column holds one. A service's own come first, then headers that say that somebody answered, then any
    with the word date, then one that holds nothing but dates. The dates of a customer are never taken. Raises
    SeveralDates where two fit alike and differ, NotDates where the operator names a column without dates.
    """
    if wanted is not None:
        return () if wanted.casefold() == NONE else with_clocks([_chosen(header, wanted, score)], header)
    return with_clocks(_found(header, service, score), header)


def _found(header: Header, service: Service, score: Sequence[Column]) -> tuple[Column, ...]:
    may_be = [column for column in header.columns if column not in score and _may_be_dates(column)]
    own = [column for names in service.moments for column in may_be if column.keys & names]
    if own:
        return tuple(dict.fromkeys(own))
    back = _came_back(may_be)
    if back:
        may_be = [column for column in may_be if column in back or not column.begins(words.SENT)]
    ranked = sorted(
        (
            (rank, column)
            for column in may_be
            if (rank := _RESPONDED if column in back else _rank(column)) is not None
        ),
        key=lambda one: (not one[1].values, one[0], one[1].number),
    )
    of_last = next((column for column in may_be if _is_of_last(column, score)), None)
    if of_last and of_last.values and (not ranked or ranked[0][0] > _RESPONDED):
        ranked.insert(0, (_RESPONDED, in_place_of(ranked[0][1] if ranked else None, of_last)))
    if not ranked or ranked[0][0] > _DATE or not ranked[0][1].values:
        before = [ranked[0][1]] if ranked else []
        if in_parts := of_year_month_day(header, score, before):
            ranked.insert(0, (_DATE, in_parts))
    if not ranked:
        _refuse_unread(header)
        return ()
    best, first = ranked[0]
    alike = [column for rank, column in ranked if rank == best and _differ(column, first, header)]
    if alike:
        raise SeveralDates([first.name, *(column.name for column in alike)])
    zoned = next((column for rank, column in ranked if rank == best and column.zone), None)
    if zoned and not first.zone:
        others = [(rank, column) for rank, column in ranked if column is not zoned]
        first, ranked = in_place_of(first, zoned), [(best, zoned), *others]
    return (first, *(column for rank, column in ranked[1:] if rank in _BACKUP and best in _BACKUP))


def _came_back(columns: Sequence[Column]) -> list[Column]:
    """Find the dates on which something came back, where others say when it was sent."""
    if not any(column.values and column.begins(words.SENT) for column in columns):
        return []
    return [
        column
        for column in columns
        if column.values and column.begins(words.CAME_BACK) and not column.begins(words.SENT)
    ]


def _chosen(header: Header, wanted: str, score: Sequence[Column]) -> Column:
    column = named(header, "--date-column", wanted)
    in_parts = of_year_month_day(header, score, ())
    if in_parts and column in in_parts.stands_in:
        return in_parts
    if column.values and not _may_be_dates(column):
        raise NotDates(column.name, column.values[0])
    return column


def _refuse_unread(header: Header) -> None:
    """Raise UnreadDates where a column is called a date, and nothing reads what stands there: dates are not lost unsaid."""
    for column in header.columns:
        written = [cell.strip() for cell in column.values if _SAYS_WHEN.search(cell)]
        if column.keys & (_DATES | PERIODS) and 2 * len(written) > len(column.values):
            raise UnreadDates(column.name, written[0])


def is_of_answer(column: Column) -> bool:
    """Whether the column holds dates, and they may be those of answers."""
    return bool(column.values) and _may_be_dates(column) and _rank(column) is not None


def _is_of_last(column: Column, score: Sequence[Column]) -> bool:
    """Whether it is the date of the last score: “Last NPS date” beside “Last NPS score”."""
    are_last = all(each.words.startswith(" last ") for each in (column, score[0]))
    return are_last and column.begins(words.OF_ANSWER) and not column.begins(words.NOT_OF_ANSWER)


def _rank(column: Column) -> int | None:
    """Say how surely the column holds the dates of answers, 0 is best; None for what is a date of something else."""
    for names, rank in _NAMED:
        if column.keys & names:
            return rank
    of_answer = column.begins(words.OF_ANSWER)
    of_else = column.begins(words.NOT_OF_ANSWER) and not (of_answer and column.words.count(" ") > 2)  # noqa: PLR2004
    if of_else or column.begins(words.ASKED):
        return None
    if column.begins(words.BEGUN) and not of_answer:
        return _STARTED
    if column.begins(words.ANY_DATE):
        return _RESPONDED if of_answer else _DATED
    return _rank_by_cells(column, of_answer=of_answer)


def _rank_by_cells(column: Column, *, of_answer: bool) -> int | None:
    """Say the same of a column whose header says nothing of a date."""
    if not column.values or not all(map(is_date, column.values)):
        return None
    if of_answer:
        return _RESPONDED
    return None if all(map(_VERSION.fullmatch, column.values)) else _UNNAMED


def _may_be_dates(column: Column) -> bool:
    """Whether half of the cells at least are dates; bare numbers are such where the header has a date's word."""
    if have_no_day(column.values):
        return False
    numbers = column.begins(words.ANY_DATE) or any(column.keys & names for names, _ in _NAMED)
    fitting = sum(is_date(cell) or (numbers and _is_number_of_date(cell)) for cell in column.values)
    if 2 * fitting < len(column.values):
        return False
    return not column.values or not all(map(_is_nothing, column.values))


def _is_number_of_date(cell: str) -> bool:
    text = cell.strip()
    return any(form.fullmatch(text) for form in (SERIAL, EPOCH)) or COMPACT.match(text) is not None


def _is_nothing(cell: str) -> bool:
    """Whether the cell is a program's date for nothing, such as LimeSurvey's 1980-01-01."""
    try:
        _read(cell)
    except NotADate as problem:
        return "long ago" in str(problem)
    return False


def _differ(one: Column, other: Column, header: Header) -> bool:
    """Whether two columns say another day in some row; a blank cell says nothing."""
    if one is other:
        return False
    for row in header.sample:
        first, second = (column.cell(row) for column in (one, other))
        if first.strip() and second.strip() and day_of(first) != day_of(second):
            return True
    return False


def day_of(cell: str) -> str:
    try:
        at = _read(cell)
    except NotADate:
        return cell.split(maxsplit=1)[0]
    return at.date().isoformat() if at else ""
