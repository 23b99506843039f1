"""Rows that cannot be read as answers, since they are none: the header again, and notes of the report's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.importing.cells.notes import alone, is_of_report, is_ruled
from bot.importing.files.header import Record, is_header_again
from bot.importing.files.rows import Absence, BadRow, LeftOut, Row


class Doubtful(NamedTuple):
    """A record that is a `bad` row unless it is no answer; `after_blank` tells of a blank row since the last answer."""

    record: Record
    bad: BadRow
    after_blank: bool


def without_notes(rows: Iterable[Row | Doubtful], header: Sequence[Record], *, to_end: bool) -> Iterator[Row]:
    """Leave out the header where it comes again, titles above that, and what a report writes below its last answer.

    Of other rows with one text nobody knows whether they are the end of a comment that lacks its quotes. Only where the
    rows go `to_end` of the file does nothing come below the last.
    """
    waiting: list[Doubtful] = []
    for row in rows:
        if not isinstance(row, Doubtful):
            if waiting:
                yield from _bad(waiting)
            yield row
        elif is_header_again(row.record, header):
            yield from _notes(waiting)
            yield LeftOut(row.bad.line, Absence.HEADER)
        elif not (text := alone(row.record)):
            yield from _bad(waiting)
            yield row.bad
        elif is_ruled(text):
            yield LeftOut(row.bad.line, Absence.NOTE)
        else:
            waiting.append(row)
    begins = to_end and waiting and (waiting[0].after_blank or is_of_report(alone(waiting[0].record)))
    yield from _notes(waiting) if begins else _bad(waiting)


def _bad(waiting: list[Doubtful]) -> Iterator[Row]:
    yield from (one.bad for one in waiting)
    waiting.clear()


def _notes(waiting: list[Doubtful]) -> Iterator[Row]:
    yield from (LeftOut(one.bad.line, Absence.NOTE) for one in waiting)
    waiting.clear()
