"""One export, opened: recognised, its dates and choices decided over whole columns, its rows given one by one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.importing.cells.letters import meant
from bot.importing.dates.order import needs_order, order_of, refuse_unknown_zones
from bot.importing.dates.swapped import are_mixed, are_swapped
from bot.importing.errors import EmptyFile, NoRows
from bot.importing.files.records import Source, source_of
from bot.importing.files.rows import Row
from bot.importing.files.unpacking import unpacked
from bot.importing.joining.joined import Joined, joined_rows
from bot.importing.options import DateOrder, Options
from bot.importing.recognising import Recognised, recognise
from bot.importing.rows.layout import Layout, layout_of
from bot.importing.rows.moments import refuse_unread_zones
from bot.importing.rows.reading import read

_SAMPLE = 1000
_ROWS_FOR_CHOICES = 20_000


@dataclass(frozen=True, slots=True)
class Export:
    """An export that can be read; its `options` open it again without deciding the order of its dates again.

    `joined` says what became of rows that held one question each.
    """

    source: Source
    options: Options
    recognised: Recognised
    layout: Layout
    joined: Joined | None = None

    @property
    def encoding(self) -> str:
        """The encoding of the file itself."""
        return self.joined.encoding if self.joined else self.source.text.encoding

    @property
    def spoilt(self) -> tuple[str, str] | None:
        """A comment with letters that the program before has spoilt, and what it said."""
        for column in self.recognised.columns.comments:
            for cell in column.values:
                if said := meant(cell):
                    return cell, said
        return None

    @property
    def titles(self) -> int:
        """How many lines stand above its header."""
        return self.joined.titles if self.joined else self.recognised.header.titles

    @property
    def lines(self) -> int:
        """About how many lines there are, for a progress bar: each row knows its own."""
        return self.source.text.lines

    def rows(self) -> Iterator[Row]:
        """Read the answers in the file's order, in constant memory; rows that are all blank are nothing.

        Raises an ImportProblem where the file cannot be read on: a quoted cell that does not end.
        """
        return read(self.records(), self.layout)

    def records(self) -> Iterator[tuple[int, list[str] | None]]:
        """Give the records below the header, each with its line."""
        return islice(self.source.records(), self.recognised.header.rows, None)


def open_export(path: Path, options: Options | None = None) -> Export:
    """Decide everything about a CSV before its first row is read; an ImportProblem says why it cannot be.

    The file is read from its path more than once, so a pipe will not do. OSError is the caller's.
    """
    options = options or Options()
    return export_of(source_of(path, options.encoding), options)


@contextmanager
def opened_export(path: Path, options: Options) -> Iterator[Export]:
    """Open what people have: a CSV, an archive, a workbook, JSON, `-` for standard input. It is read inside."""
    with unpacked(path, options.table) as plain:
        source = source_of(plain.path, options.encoding, by_record=plain.by_record)
        with joined_rows(source, options) as (whole, of_whole, joined):
            yield replace(export_of(whole, of_whole), joined=joined)


def export_of(source: Source, options: Options) -> Export:
    """Decide everything about a file whose bytes have been looked at. Raises ImportProblem and OSError."""
    records = source.first(_SAMPLE)
    if not any(cell.strip() for record in records for cell in record):
        raise EmptyFile
    recognised = recognise(records, options)
    if not recognised.header.sample:
        raise NoRows
    options = replace(
        options,
        dates=_order(source, recognised, options),
        days_swapped=_are_swapped(source, recognised, options),
    )
    return Export(source, options, recognised, layout_of(recognised, options, _choices(source, recognised)))


def _order(source: Source, recognised: Recognised, options: Options) -> DateOrder | None:
    """Decide over all dates of the file, reading no further than the first that decides."""
    columns = recognised.columns.moments
    refuse_unknown_zones(columns, options)
    refuse_unread_zones(recognised.columns, options)
    if options.dates or not any(needs_order(cell) for column in columns for cell in column.values):
        return options.dates
    if columns[0].order:
        return columns[0].order
    answers = islice(source.records(), recognised.header.rows, None)
    return order_of(
        (column.name, column.cell(record)) for _, record in answers if record for column in columns
    )


def _are_swapped(source: Source, recognised: Recognised, options: Options) -> bool:
    """Decide over all dates of the file whether a spreadsheet took days for months. Raises DaysMayBeMonths."""
    if options.days_swapped is not None:
        return options.days_swapped
    column = next(iter(recognised.columns.moments), None)
    if column is None or not are_mixed(column.values):
        return False
    answers = islice(source.records(), recognised.header.rows, None)
    return are_swapped(column.name, (column.cell(record) for _, record in answers if record))


def _choices(source: Source, recognised: Recognised) -> Counter[str]:
    """Count the cells of the column with joined reasons, in the file's first part."""
    column = recognised.columns.joined
    if column is None:
        return Counter()
    answers = islice(source.records(), recognised.header.rows, _ROWS_FOR_CHOICES)
    return Counter(record[column.index] for _, record in answers if record and column.index < len(record))
