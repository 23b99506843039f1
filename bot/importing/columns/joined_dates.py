"""Dates that stand in several columns: which columns belong together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.importing.dates import part_words as words
from bot.importing.dates import parts as date_parts
from bot.importing.dates.words import ASKED, NOT_OF_ANSWER, OF_ANSWER
from bot.importing.files.header import Column, Header, is_date

_LONGEST_HEADER = 40  # a question that speaks of a day is none


@dataclass(frozen=True)
class JoinedDate(Column):
    """A date in several columns, read as if it stood in one cell. `parts` are all of its columns.

    `before` are the columns that earlier releases read instead: what they stored is known by what stands there.
    """

    parts: tuple[Column, ...] = ()
    before: tuple[Column, ...] = ()
    join: Callable[..., str] = date_parts.with_clock

    def cell(self, record: Sequence[str]) -> str:
        return self.join(*(part.cell(record) for part in self.parts))

    @property
    def stands_in(self) -> tuple[Column, ...]:
        return self.parts

    @property
    def read_before(self) -> tuple[Column, ...]:
        return self.before


def with_clocks(moments: Sequence[Column], header: Header) -> tuple[Column, ...]:
    """Join each column of days with the column of its clocks, where there is one."""
    joined: list[Column] = []
    free = [column for column in header.columns if column not in moments and _is_clock(column)]
    for day in moments:
        clock = None if isinstance(day, JoinedDate) else _clock_of(day, free, header)
        if clock is None:
            joined.append(day)
        else:
            free.remove(clock)
            parts = day, clock
            whole = _joined(header, day, parts, date_parts.with_clock, before=(day,))
            joined.append(replace(whole, zone=clock.zone or day.zone, order=day.order))
    return tuple(joined)


def of_year_month_day(header: Header, score: Sequence[Column], before: Sequence[Column]) -> Column | None:
    """Give the date that a column each of years, months and days make, with its clock; None for no such columns."""
    rest = [column for column in header.columns if column not in score and column.values]
    for year in rest:
        subject = _subject_of_part(year, words.YEAR)
        if subject is None or not _is_of_answer(year) or not date_parts.are_years(year.values):
            continue
        month = _part(rest, words.MONTH, subject, date_parts.are_months)
        day = _part(rest, words.DAY, subject, date_parts.are_days_of_month)
        if month and day:
            return _with_its_clock((year, month, day), subject, header, tuple(before))
    return None


def in_place_of(former: Column | None, better: Column) -> Column:
    """Give the better of two columns of one date, where earlier releases read the former, or none."""
    return JoinedDate(
        better.number, better.question, better.label, better.code, better.zone, better.values, better.order,
        parts=(better,), before=(former,) if former else (), join=str,
    )  # fmt: skip


def _with_its_clock(
    parts: tuple[Column, Column, Column], subject: frozenset[str], header: Header, before: tuple[Column, ...]
) -> Column:
    first = replace(parts[0], question=", ".join(part.name for part in parts), label="")
    rest = [column for column in header.columns if column not in parts and column.values]
    hour = _part(rest, words.HOUR, subject, date_parts.are_hours)
    minute = _part(rest, words.MINUTE, subject, date_parts.are_minutes) if hour else None
    if hour and minute:
        return _joined(header, first, (*parts, hour, minute), _with_hours, before)
    clocks = (
        column
        for column in rest
        if _is_clock(column)
        and _subject(column, words.CLOCK) == subject
        and _day_beside(column, header) is None
    )
    clock = next(clocks, None)
    if clock:
        return replace(_joined(header, first, (*parts, clock), _of_four, before), zone=clock.zone)
    return _joined(header, first, parts, date_parts.of_parts, before)


def _with_hours(year: str, month: str, day: str, hour: str, minute: str) -> str:
    return date_parts.with_clock(date_parts.of_parts(year, month, day), date_parts.of_hours(hour, minute))


def _of_four(year: str, month: str, day: str, clock: str) -> str:
    return date_parts.with_clock(date_parts.of_parts(year, month, day), clock)


def _joined(
    header: Header,
    named: Column,
    parts: tuple[Column, ...],
    join: Callable[..., str],
    before: tuple[Column, ...],
) -> JoinedDate:
    whole = JoinedDate(
        number=named.number, question=named.question, label=named.label, parts=parts, before=before, join=join
    )
    return replace(whole, values=tuple(filter(None, map(whole.cell, header.sample))))


def _part(
    columns: Sequence[Column],
    called: frozenset[str],
    subject: frozenset[str],
    fit: Callable[[Sequence[str]], bool],
) -> Column | None:
    found = (
        column for column in columns if _subject_of_part(column, called) == subject and fit(column.values)
    )
    return next(found, None)


def _subject_of_part(column: Column, called: frozenset[str]) -> frozenset[str] | None:
    """Give the same where a header may say that the part is of a date: “Date - Year”."""
    subject = _subject(column, called)
    return None if subject is None else subject - words.DAY


def _is_of_answer(column: Column) -> bool:
    return column.begins(OF_ANSWER) or not (column.begins(NOT_OF_ANSWER) or column.begins(ASKED))


def _is_clock(column: Column) -> bool:
    return _subject(column, words.CLOCK) is not None and date_parts.are_clocks(column.values)


def _clock_of(day: Column, clocks: Sequence[Column], header: Header) -> Column | None:
    """Find the clock of a day: of the same subject, beside it, the only one, or when the answer ended or began."""
    if not clocks or not date_parts.are_days_alone(day.values):
        return None
    subject = _subject(day, words.DAY)
    alike = [clock for clock in clocks if subject and _subject(clock, words.CLOCK) == subject]
    if alike:
        return alike[0]
    bare = [
        clock
        for clock in clocks
        if not _subject(clock, words.CLOCK) and _day_beside(clock, header) in {None, day}
    ]
    if bare:
        return bare[0]
    return next(
        (clock for names in (words.ENDED, words.BEGAN) for clock in clocks if clock.keys & names), None
    )


def _day_beside(clock: Column, header: Header) -> Column | None:
    """Give the column of days that a clock without a name of its own stands behind, else the one that it stands before."""
    for number in (clock.number - 1, clock.number + 1):
        beside = next((column for column in header.columns if column.number == number), None)
        if beside and beside.values and all(map(is_date, beside.values)):
            return beside
    return None


def _subject(column: Column, called: frozenset[str]) -> frozenset[str] | None:
    """Give what a header says beside a word of those; None where it has no such word.

    The subject of “Response time” is that of “Date of response”.
    """
    if len(column.words) > _LONGEST_HEADER:
        return None
    said = column.words.split()
    if " ".join(said) in called:  # marks above letters part words of Thai
        return frozenset()
    found = [word for word in said if word in called]
    rest = {word for word in said if word not in called and word not in words.SMALL}
    for word in tuple(rest) if not found else ():
        end = next((end for end in words.ENDS if end in called and word.endswith(end)), None)
        if end:
            found.append(word)
            rest = (rest - {word}) | ({word.removesuffix(end)} - {""})
    return frozenset(rest) if found else None
