"""A sheet of an Excel workbook as a CSV, row by row.

openpyxl and python-calamine were measured on 60,000 rows of 60 columns: calamine takes a twentieth of the time, and
364 MB; openpyxl 29 MB however long the sheet is, which is what counts here.
"""

import csv
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from bot.importing.errors import BadArchive, EmptyFile, MacroFile, NoSuchTable, SeveralTables
from bot.kit.rules.formulas import neutral

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_COLUMNS = 2_000
_A_LOOK = 50


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether the archive is an Excel workbook. Raises MacroFile for one with a program in it."""
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise MacroFile
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def workbook_to_csv(path: Path, target: Path, sheet: str | None) -> Path:
    """Write one sheet as a CSV: the one that is named, else the only one with rows.

    Raises NoSuchTable, SeveralTables, EmptyFile, and BadArchive for what is no workbook inside.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - a tenth of a second that other files need not wait for
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    try:
        # From its path, openpyxl would refuse a workbook that is called otherwise, or comes out of an archive.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that say nothing to us
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                _write(_rows(book, _chosen(book, sheet)), target)
            finally:
                book.close()
    except (InvalidFileException, ParseError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise BadArchive from None
    return target


def _chosen(book: "Workbook", wanted: str | None) -> str:
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if wanted:
        if wanted not in book.sheetnames:
            raise NoSuchTable(wanted, visible)
        return wanted
    filled = [name for name in visible if _is_filled(book, name)]
    if not filled:
        raise EmptyFile
    if len(filled) > 1:
        raise SeveralTables("sheets", filled)
    return filled[0]


def _is_filled(book: "Workbook", name: str) -> bool:
    return any(
        any(cell not in {None, ""} for cell in row)
        for row, _ in zip(_rows(book, name), range(_A_LOOK), strict=False)
    )


def _rows(book: "Workbook", name: str) -> Iterator[Sequence[object]]:
    sheet = book[name]
    sheet.reset_dimensions()  # some programs write a wrong one
    # Told how many columns there are, openpyxl would fill up each row to that width.
    return (row[:_MOST_COLUMNS] for row in sheet.iter_rows(values_only=True))


def _write(rows: Iterator[Sequence[object]], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            cells = list(map(_text, row))
            while len(cells) > 1 and not cells[-1]:
                cells.pop()
            writer.writerow(cells or [""])


def _text(cell: object) -> str:  # noqa: PLR0911 - one return a type
    """Write a cell as a CSV has it: a day without a clock, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        # What begins like a formula is a text here; in a CSV it would have its apostrophe.
        return neutral(cell.replace("_x000D_\n", "\n").replace("\0", ""))
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e18:  # noqa: PLR2004 - all digits are true up to here
        return str(int(cell))
    return str(cell)
