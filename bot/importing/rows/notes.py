"""Rows that cannot be read as answers, since they are none: the header again, and notes of the report's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.importing.cells.notes import alone, is_of_report, is_ruled
from bot.importing.files.header import Record, is_header_again
from bot.importing.files.rows import Absence, LeftOut, Row

_MOST_FIGURES = 3  # a sum, an average, an NPS


class Doubtful(NamedTuple):
    """A record that is this `row` unless it is no answer; `after_blank` tells of a blank row since the last answer.

    A figure has no text: it may be an average or a sum of the answers above.
    """

    record: Record
    row: Row
    after_blank: bool
    is_figure: bool = False

    def left_out(self) -> LeftOut:
        return LeftOut(self.row.line, Absence.TOTAL if self.is_figure else Absence.NOTE)


def without_notes(rows: Iterable[Row | Doubtful], header: Sequence[Record], *, to_end: bool) -> Iterator[Row]:
    """Leave out the header where it comes again, titles above that, and what stands below the last answer: figures, notes.

    Of other rows with one text nobody knows whether they are the end of a comment that lacks its quotes. Only where the
    rows go `to_end` of the file does nothing come below the last.
    """
    waiting: list[Doubtful] = []
    for row in rows:
        if not isinstance(row, Doubtful):
            if waiting:
                yield from _taken(waiting)
            yield row
        elif is_header_again(row.record, header):
            yield from _notes(waiting)
            yield LeftOut(row.row.line, Absence.HEADER)
        elif not row.is_figure and not alone(row.record):
            yield from _taken(waiting)
            yield row.row
        elif is_ruled(alone(row.record)):
            yield LeftOut(row.row.line, Absence.NOTE)
        else:
            waiting.append(row)
    yield from _notes(waiting) if to_end and _begins_below(waiting) else _taken(waiting)


def _begins_below(waiting: list[Doubtful]) -> bool:
    """Whether the rows that wait at the end stand below the answers; of many numbers nobody knows."""
    figures = [one.is_figure for one in waiting]
    if not waiting or sum(figures) > _MOST_FIGURES:
        return False
    return figures[0] or waiting[0].after_blank or is_of_report(alone(waiting[0].record))


def _taken(waiting: list[Doubtful]) -> Iterator[Row]:
    yield from (one.row for one in waiting)
    waiting.clear()


def _notes(waiting: list[Doubtful]) -> Iterator[Row]:
    yield from (one.left_out() for one in waiting)
    waiting.clear()
