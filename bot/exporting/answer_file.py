"""Answers as a file that other programs read: a CSV for spreadsheets and for `nps-bot import`, a workbook, or JSON."""

import csv
import io
import json
import shutil
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Protocol

from bot.answers.rules.drivers import DRIVER_NAMES
from bot.kit.rules.formulas import neutral
from scoring.scale import category_of
from storage.exporting import GivenAnswer

COLUMNS = ("wave", "date", "score", "category", "comment", "drivers", "answered_at")
PERSON = "person"

_IN_MEMORY = 1 << 20
_NAMES = {driver.value: name for driver, name in DRIVER_NAMES.items()}


class FileFormat(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


class Writing(Protocol):
    """A file while it is written: its beginning, pages, its end. All raise OSError where it takes no more."""

    def begin(self) -> None: ...
    def page(self, answers: Sequence[GivenAnswer]) -> None: ...
    def end(self) -> None: ...


def writing(
    file_format: FileFormat, file: BinaryIO, *, people: bool = False, semicolons: bool = False
) -> Writing:
    """Give what writes answers to the file. `people` adds who gave each; `semicolons` stand where Excel expects them."""
    columns = (*COLUMNS, PERSON) if people else COLUMNS
    if file_format is FileFormat.JSON:
        return _Json(file, columns)
    if file_format is FileFormat.XLSX:
        return _Workbook(file, columns)
    return _Csv(file, columns, ";" if semicolons else ",")


def driver_name(driver: str) -> str:
    """Give the name of one of our drivers, and any other as it is.

    >>> driver_name("support"), driver_name("Price")
    ('Service and support', 'Price')
    """
    return _NAMES.get(driver, driver)


def _cells(answer: GivenAnswer) -> tuple[Any, ...]:
    return (
        answer.wave,
        answer.day.isoformat(),
        answer.score,
        category_of(answer.score).value,
        answer.comment,
        [driver_name(driver) for driver in answer.drivers],
        answer.at and answer.at.isoformat(timespec="seconds"),
        answer.person,
    )


def _flat_cells(answer: GivenAnswer) -> tuple[Any, ...]:
    """Give the same as a row has it. Drivers stand on a line each: a label may hold any other separator."""
    wave, *fixed, comment, drivers, at, person = _cells(answer)
    ticked = "\n".join(" ".join(driver.split()) for driver in drivers)
    return (wave, *fixed, comment or "", ticked, at or "", person or "")


def _neutral_cells(answer: GivenAnswer) -> tuple[Any, ...]:
    """Give the same for a CSV: what would be a formula in a spreadsheet begins with an apostrophe."""
    return tuple(neutral(cell) if isinstance(cell, str) else cell for cell in _flat_cells(answer))


class _Csv:
    """A record of RFC 4180 an answer; the mark at the beginning tells a spreadsheet that this is UTF-8."""

    def __init__(self, file: BinaryIO, columns: Sequence[str], delimiter: str) -> None:
        self._file, self._columns, self._delimiter = file, columns, delimiter

    def begin(self) -> None:
        self._file.write(BOM_UTF8 + self._records([self._columns]))

    def page(self, answers: Sequence[GivenAnswer]) -> None:
        self._file.write(self._records(_neutral_cells(answer)[: len(self._columns)] for answer in answers))

    def end(self) -> None:
        """Write nothing: a CSV ends with its last record."""

    def _records(self, rows: Iterable[Sequence[object]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter).writerows(rows)
        return text.getvalue().encode()


class _Json:
    """An object a line; nothing said is null, nothing ticked an empty array. docs/answers.schema.json describes it."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._file, self._columns, self._between = file, columns, b""

    def begin(self) -> None:
        self._file.write(b"[")

    def page(self, answers: Sequence[GivenAnswer]) -> None:
        lines = ",\n".join(
            json.dumps(dict(zip(self._columns, _cells(answer), strict=False)), ensure_ascii=False)
            for answer in answers
        )
        self._file.write(self._between + ("\n" + lines).encode())
        self._between = b","

    def end(self) -> None:
        self._file.write(b"\n]\n")


class _Workbook:
    """A sheet with a row an answer, every text a text: written row by row, in little memory."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second that other forms need not wait for

        self._file, self._columns = file, columns
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("Answers")

    def begin(self) -> None:
        self._sheet.append(self._columns)

    def page(self, answers: Sequence[GivenAnswer]) -> None:
        for answer in answers:
            self._sheet.append([self._cell(value) for value in _flat_cells(answer)[: len(self._columns)]])

    def _cell(self, value: object) -> object:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - as above

        if not isinstance(value, str):
            return value
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value))
        cell.data_type = "s"  # never a formula, whatever it begins with
        return cell

    def end(self) -> None:
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
            self._book.save(whole)
            whole.seek(0)
            shutil.copyfileobj(whole, self._file)
