"""What reading a file gives, one value a row. Named tuples, since a million of them are made."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ReadBefore(NamedTuple):
    """The moment and the drivers of an answer as earlier releases read them."""

    answered_at: datetime | None
    drivers: tuple[str, ...]


class ImportedRow(NamedTuple):
    """One answer. `score` is None when the person skipped the question; `row_id` is the service's own, `number` one that names it beside its minute.

    `line` counts from 1, as an editor shows it. `drivers` are values of storage.words.Driver where a label is one of ours,
    else the label itself. `answered_at` is in UTC. `person` is as the file names them, and `wave` as our own export does.
    `before` has what earlier releases read otherwise; `clock` is the moment as the file writes it, where cells name their zones.
    """

    line: int
    row_id: str | None
    score: int | None
    comment: str | None
    drivers: tuple[str, ...]
    answered_at: datetime | None
    person: str | None = None
    properties: dict[str, str] | None = None
    wave: str | None = None
    before: ReadBefore | None = None
    clock: datetime | None = None
    number: str | None = None


class BadRow(NamedTuple):
    """A row that cannot be read; `problem` is a sentence without its place."""

    line: int
    column: str | None
    problem: str

    def __str__(self) -> str:
        place = f"Line {self.line}" if self.column is None else f"Line {self.line}, column “{self.column}”"
        return f"{place}: {self.problem}"


class Absence(StrEnum):
    """Why an answer does not count."""

    PREVIEW = "preview"
    SPAM = "spam"
    EXCLUDED = "excluded by the service"
    UNFINISHED = "unfinished"
    OTHER_SURVEY = "another kind of survey"
    REPEATED = "the same id again"
    TOTAL = "a total, not an answer"
    HEADER = "the header again"
    NOTE = "a note of the report's, not an answer"


class LeftOut(NamedTuple):
    """A row that is read well and does not count."""

    line: int
    why: Absence


Row = ImportedRow | BadRow | LeftOut
