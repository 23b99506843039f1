"""The header of an export, of one, two or three rows, and a sample of what stands below it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property, lru_cache
from operator import itemgetter

from bot.importing.cells.keys import holds, key, plain
from bot.importing.cells.words import GENERIC_LABELS, NO_WORDS
from bot.importing.dates.moment import NotADate, UnknownZone, reader
from bot.importing.dates.zones import zone_in_header, zone_of
from bot.importing.errors import short
from bot.importing.files.choices import choices_in, reasons_in
from bot.importing.files.titles import titles_above
from bot.importing.options import DateOrder

Record = Sequence[str]

_IMPORT_ID = '"ImportId"'
_SHORT = {"StartDate", "RecordedDate"}
_SELECTED = " - Selected Choice"
_SHORTEST_QUESTION = 12
_ASKING = ("?", "؟", ";", "ください", "下さい", "อะไร", "อย่างไร", "หรือไม่", "ไหม")
"""How a question ends; Japanese and Thai ask without a mark."""
_LONG_NUMBER = re.compile(r"\d{7,}")
_ZONE = re.compile(r'"timeZone"\s?:\s?"([^"]+)"')
_NO_DATE = re.compile(r"\d+(?:\.\d+)?|\d+(?:\.\d+){3,9}")  # numbers and addresses of the internet
_DATE_FORMAT = re.compile(
    r"[(\[]?\b(?:(?P<day>d{1,2}|jj|tt|gg)[./-]m{1,2}|(?P<month>m{1,2})[./-]d{1,2})[./-][ya]{2,4}",
    re.IGNORECASE,
)
_some_date = reader(DateOrder.DAY_FIRST, UTC)


@dataclass(frozen=True)
class Column:
    """`number` counts from 1. `code` is Qualtrics' short name, `label` what a second header row adds to the question.

    `values` are the cells of the sample that say something. `order` is that of its dates, where its name says it.
    """

    number: int
    question: str
    label: str = ""
    code: str = ""
    zone: tzinfo | None = None
    values: tuple[str, ...] = ()
    order: DateOrder | None = None

    @property
    def index(self) -> int:
        return self.number - 1

    @property
    def stands_in(self) -> tuple["Column", ...]:
        """The columns of the file that it is made of: itself."""
        return (self,)

    @property
    def read_before(self) -> tuple["Column", ...]:
        """The columns that earlier releases read in its place."""
        return (self,)

    def cell(self, record: Record) -> str:
        """Give its cell of a record, blank where that ends before."""
        return record[self.index] if self.index < len(record) else ""

    @cached_property
    def name(self) -> str:
        """What the column is called towards people."""
        return short(self.question or self.label or self.code or f"column {self.number}")

    @cached_property
    def full_name(self) -> str:
        """The same with the choice that the column is for."""
        return f"{self.name} [{short(self.label)}]" if self.label and self.question else self.name

    @cached_property
    def letter(self) -> str:
        """What a spreadsheet calls the column: A, B, …, AA.

        >>> Column(28, "").letter
        'AB'
        """
        letters, rest = "", self.number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return letters

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(filter(None, (key(self.question), key(self.label), key(self.code))))

    @cached_property
    def words(self) -> str:
        """The words of question and label, as `holds` looks at them."""
        return plain(self.question) + plain(self.label)

    @property
    def asks(self) -> bool:
        """Whether it is a question, in whatever script; stars and lines around it make letters bold or slanted."""
        return unicodedata.normalize("NFKC", self.question).rstrip("*_ 。").endswith(_ASKING)

    def says(self, stems: Sequence[str]) -> bool:
        """Whether the question or its label holds one of the stems."""
        text = key(self.question) + " " + key(self.label)
        return any(stem in text for stem in stems)

    def begins(self, beginnings: Sequence[str]) -> bool:
        """Whether a word of the question or its label begins so."""
        return holds(self.words, beginnings)


@dataclass(frozen=True)
class Header:
    """`rows` header records stand above the answers, `titles` of them above the names; `sample` are the first answers.

    `written` are the header's records as they stand in the file.
    """

    columns: tuple[Column, ...]
    rows: int
    sample: tuple[Record, ...]
    titles: int = 0
    written: tuple[Record, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset().union(*(column.keys for column in self.columns))

    @cached_property
    def own_questions(self) -> list[Column]:
        """The columns without those about another one: “Points - What is the reason?” beside “What is the reason?”."""
        questions = {column.question for column in self.columns} - {""}
        return [
            column
            for column in self.columns
            if column.question.partition(" - ")[2] not in questions
            and (column.label not in questions or len(column.label) < _SHORTEST_QUESTION)
        ]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class _Names:
    """The rows of a header, cell by cell; `zones` are time zones."""

    questions: Record
    labels: Record
    codes: Record
    zones: Record = ()


def header_of(records: Sequence[Record]) -> Header:
    """Read the header from the first records of a file, of which there is at least one.

    Lines with a title above it count as its rows.
    """
    titles = titles_above(records)
    return _below_titles(records[titles:], titles)


def _below_titles(records: Sequence[Record], titles: int) -> Header:
    first = [cell.strip() for cell in records[0]]
    blank = [""] * len(first)
    ids = next((n for n in (1, 2) if n < len(records) and any(_IMPORT_ID in cell for cell in records[n])), 0)
    if ids:
        return _with_short_names(records, records[1 if ids > 1 else 0], ids + 1, records[ids])
    if len(records) > 1 and _are_short_names(first, records[1]):
        return _with_short_names(records, records[1], 2)
    if len(records) > 1 and _is_second_row(first, records[1], records[2:3]):
        labels = [cell.strip() for cell in records[1]]
        return _header(_Names(_repeated(first), labels, blank), records, 2, titles)
    questions, labels = reasons_in(*choices_in(first), records[1:])
    return _header(_Names(questions, labels, blank), records, 1, titles)


def _with_short_names(records: Sequence[Record], asked: Record, rows: int, ids: Record = ()) -> Header:
    """Qualtrics: short names, the questions (with a choice after a dash), and what its own import reads."""
    choices = [question.partition(f"{_SELECTED} - ") for question in asked]
    questions = [begun if label else begun.removesuffix(_SELECTED) for begun, _, label in choices]
    labels = [label for _, _, label in choices]
    zones = [found[1] if (found := _ZONE.search(cell)) else "" for cell in ids]
    return _header(_Names(questions, labels, records[0], zones), records, rows)


def _are_short_names(first: Record, second: Record) -> bool:
    return any(
        name in _SHORT and cell.strip() and not is_date(cell)
        for name, cell in zip(first, second, strict=False)
    )


def _is_second_row(first: Record, second: Record, data: Sequence[Record]) -> bool:
    """Know a second header row: blank below what is no question, with labels where the first row is blank.

    Where no question has several columns, the labels are the service's own, or long numbers begin each answer.
    """
    if not any(second) or not first[0] or second[0].strip():
        return False
    numbered = bool(data) and len(data[0]) > 1 and all(_LONG_NUMBER.fullmatch(cell) for cell in data[0][:2])
    if any(label.strip() and not name for name, label in zip(first, second, strict=False)):
        return not data or bool("".join(data[0][:1]).strip())
    return numbered or all(key(label) in GENERIC_LABELS for label in second if label.strip())


def _repeated(cells: Sequence[str]) -> list[str]:
    """Fill each blank cell with its left neighbour: both belong to one question."""
    filled: list[str] = []
    for cell in cells:
        filled.append(cell or (filled[-1] if filled else ""))
    return filled


def _header(names: "_Names", records: Sequence[Record], rows: int, titles: int = 0) -> Header:
    written = tuple(records[:rows])
    sample = tuple(
        record for record in records[rows:] if any(record) and not is_header_again(record, written)
    )
    columns = []
    for index, question in enumerate(names.questions):
        asked, zone = zone_in_header(question.strip())
        asked, order = _order_in_header(asked)
        named_zone = zone_of(names.zones[index]) if index < len(names.zones) else None
        cells = tuple(
            cell
            for record in sample
            if index < len(record)
            and (cell := record[index]).strip()
            and cell.strip().casefold() not in NO_WORDS
        )
        label, code = (row[index] if index < len(row) else "" for row in (names.labels, names.codes))
        columns.append(Column(index + 1, asked, label, code, named_zone or zone, cells, order))
    return Header(tuple(columns), rows + titles, sample, titles, written)


def cells_of(columns: Sequence[Column]) -> Callable[[list[str]], tuple[str, ...]]:
    """Give what takes the cells of these columns from a record."""
    first, *others = (column.index for column in columns)
    return itemgetter(first, *others) if others else lambda record: (record[first],)


def is_header_again(record: Record, header: Sequence[Record]) -> bool:
    """Whether the record is one of the header's, once more: files are put together, reports name their columns on each page."""
    return any(
        key(record[0]) == key(one[0]) and _filled(record) == _filled(one) for one in header if record and one
    )


def _filled(record: Record) -> list[tuple[int, str]]:
    return [(place, named) for place, cell in enumerate(record) if (named := key(cell))]


def _order_in_header(name: str) -> tuple[str, DateOrder | None]:
    """Split a column's name from the form of its dates: Timestamp (MM/dd/yyyy)."""
    found = _DATE_FORMAT.search(name[:200])
    if not found:
        return name, None
    return (
        name[: found.start()].rstrip(" ([") or name,
        DateOrder.DAY_FIRST if found["day"] else DateOrder.MONTH_FIRST,
    )


@lru_cache(maxsize=1 << 16)
def is_date(cell: str) -> bool:
    """Whether the cell is a date or a moment, in whatever order and zone; bare numbers are neither."""
    if _NO_DATE.fullmatch(cell.strip()):
        return False
    try:
        return _some_date(cell) is not None
    except UnknownZone:
        return True
    except NotADate:
        return bool(re.match(r"\s{0,9}\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b", cell))
