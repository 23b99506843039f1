"""The records of a CSV file with the line each begins on, in memory that a hostile file cannot fill."""

import csv
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.importing.errors import CellTooLong, ImportProblem, OpenQuote, UndecodableBytes
from bot.importing.files.dialect import Dialect, dialect_of
from bot.importing.files.text import Text, examine

# The csv module bounds a cell, but not how many cells a record has when its quotes hold line ends.
_MOST_LINES_OF_A_RECORD = 20_000
_SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and how its records are cut; where they are rows `by_record`, those are counted in place of lines.

    `formulas` says that there may be cells such as ="0042". In a `numbered` file, which is of our own making, the line that
    a record had stands before it; one with nothing else could not be read.
    """

    path: Path
    text: Text
    dialect: Dialect
    by_record: bool = False
    formulas: bool = False
    numbered: bool = False

    def records(self) -> Iterator[tuple[int, list[str] | None]]:
        """Give each record from the header on with its first line, and None for one with a stray quotation mark.

        Raises an ImportProblem for a quoted cell that does not end.
        """
        records = islice(self._records(), self.dialect.skipped, None)
        if self.numbered:
            return ((int(record[0]), record[1:] or None) for _, record in records if record)
        if self.by_record:
            return ((number, record) for number, (_, record) in enumerate(records, self.dialect.skipped + 1))
        return records

    def first(self, most: int) -> list[list[str]]:
        """Give the first records that are well formed."""
        with closing(self._records()) as records:
            begun = islice(records, self.dialect.skipped, self.dialect.skipped + most)
            found = [record for _, record in begun if record is not None]
        return [record[1:] for record in found if record[1:]] if self.numbered else found

    def _records(self) -> Generator[tuple[int, list[str] | None]]:
        with self.path.open(encoding=self.text.encoding, newline="") as file:
            lines = _Lines(file)
            reader = csv.reader(
                iter(lines),
                delimiter=self.dialect.delimiter,
                skipinitialspace=self.dialect.spaced,
                strict=True,
            )
            line = 1
            while True:
                try:
                    for record in reader:
                        yield line, list(map(_plain, record)) if self.formulas else record
                        line = reader.line_num + 1
                        lines.taken = 0
                except csv.Error as error:
                    if "expected after" not in str(error):
                        raise _fatal(line, reader.line_num, str(error)) from None
                    yield line, None
                    line = reader.line_num + 1
                except UnicodeDecodeError:
                    raise UndecodableBytes(self.text.encoding, line, 1) from None
                else:
                    return


def _plain(cell: str) -> str:
    """Give what is in a cell that a spreadsheet is told to leave as it is: ="0042"."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def source_of(path: Path, encoding: str | None = None, *, by_record: bool = False) -> Source:
    """Look at the whole file's bytes, and find its delimiter; an ImportProblem says why it is no CSV."""
    if by_record:  # written by us
        return Source(path, examine(path, "utf-8"), Dialect(","), by_record=True)
    text = examine(path, encoding)
    with path.open(encoding=text.encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        whole = not file.read(1)
    return Source(path, text, dialect_of(sample, whole=whole), formulas='="' in sample)


def joined_source(path: Path, lines: int) -> Source:
    """Give the source of a file that was written with the line of each record, out of one of so many lines."""
    return Source(path, Text("utf-8", lines), Dialect(","), numbered=True)


@dataclass(slots=True)
class _Lines:
    """The lines of a file; `taken` counts those since a record began."""

    file: Iterator[str]
    taken: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.taken += 1
            if self.taken > _MOST_LINES_OF_A_RECORD:
                message = "a record without end"
                raise csv.Error(message)
            yield line


def _fatal(begun: int, reached: int, problem: str) -> ImportProblem:
    if begun == reached and "limit" in problem:
        return CellTooLong(begun, csv.field_size_limit())
    return OpenQuote(begun)
