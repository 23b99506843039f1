"""From what people have to one CSV file: ZIP and gzip archives, workbooks, JSON and standard input, in bounded room."""

import gzip
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from bot.importing.errors import (
    BadArchive,
    Bomb,
    EmptyArchive,
    LockedFile,
    NoSuchTable,
    OldWorkbook,
    SeveralTables,
)
from bot.importing.files.json_rows import is_json, json_to_csv
from bot.importing.files.workbook import is_workbook, workbook_to_csv

MOST_BYTES = 8 << 30
_SUSPICIOUS = 64 << 20
_MOST_TIMES = 300
"""Beyond so many bytes out of one, and beyond `_SUSPICIOUS`, an archive is a trap: answers pack by five to thirty."""

_PIECE = 1 << 20
_DEEP = 3
_TABLES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".json", ".jsonl", ".ndjson", ".gz")


@dataclass(frozen=True, slots=True)
class Plain:
    """A CSV on disk. `by_record` says that its records are rows of a sheet, which have no lines of their own."""

    path: Path
    by_record: bool = False


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def unpacked(path: Path, table: str | None = None) -> Iterator[Plain]:
    """Give the file as a CSV, itself where it is one; what had to be unpacked is gone on leaving.

    `path` is `-` for standard input, or a pipe. `table` names the file in an archive or the sheet of a workbook, where there are
    several. Raises an ImportProblem and OSError.
    """
    with TemporaryDirectory(prefix="nps-import-") as folder:
        if str(path) == "-":
            piped = sys.stdin.buffer if sys.stdin else BytesIO()  # none where it was closed
            path = _copied(piped, Path(folder, "standard-input"), 0)
        elif path.is_fifo():
            with path.open("rb") as pipe:
                path = _copied(pipe, Path(folder, "pipe"), 0)
        yield _plain(path, Path(folder), table, 0)


def _plain(path: Path, folder: Path, table: str | None, depth: int) -> Plain:
    with path.open("rb") as file:
        head = file.read(1 << 12)
    target = folder / f"unpacked-{depth}"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _old(path)
    if depth < _DEEP:
        if head.startswith(b"PK\x03\x04"):
            return _from_zip(path, folder, table, depth)
        if head.startswith(b"\x1f\x8b"):
            try:
                with gzip.open(path) as packed:
                    _copied(packed, target, path.stat().st_size)
            except (gzip.BadGzipFile, EOFError, zlib.error):
                raise BadArchive from None
            return _plain(target, folder, table, depth + 1)
    if is_json(head):
        return Plain(json_to_csv(path, folder / "rows.csv"), by_record=True)
    return Plain(path)


def _from_zip(path: Path, folder: Path, table: str | None, depth: int) -> Plain:
    try:
        with zipfile.ZipFile(path) as archive:
            if is_workbook(archive):
                if sum(member.file_size for member in archive.infolist()) > _room(path.stat().st_size):
                    raise Bomb
                return Plain(workbook_to_csv(path, folder / "sheet.csv", table), by_record=True)
            member = _member(archive, table)
            if member.flag_bits & 1:
                raise LockedFile
            # A file's own name stays its own: nothing is unpacked to where the archive says.
            with archive.open(member) as packed:
                inner = _copied(packed, folder / f"member-{depth}", member.compress_size)
            return _plain(inner, folder, table, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError):
        raise BadArchive from None


def _member(archive: zipfile.ZipFile, table: str | None) -> zipfile.ZipInfo:
    """Find the one table in an archive, or the one that is named."""
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and member.filename.lower().endswith(_TABLES)
        and not any(part.startswith((".", "__MACOSX")) for part in Path(member.filename).parts)
    ]
    if table:
        names = [member.filename for member in found]
        chosen = [member for member in found if table in {member.filename, Path(member.filename).name}]
        # Of an archive with one workbook, the name may be that of a sheet.
        if chosen or len(found) != 1:
            if not chosen:
                raise NoSuchTable(table, names)
            return chosen[0]
    if not found:
        raise EmptyArchive
    if len(found) > 1:
        raise SeveralTables("files", [member.filename for member in found])
    return found[0]


def _copied(source: _Readable, target: Path, packed: int) -> Path:
    """Copy the bytes to a file, as long as they are not far more than a table would unpack to."""
    room, taken = _room(packed), 0
    with target.open("wb") as file:
        while piece := source.read(_PIECE):
            taken += len(piece)
            if taken > room:
                raise Bomb
            file.write(piece)
    return target


def _room(packed: int) -> int:
    return min(MOST_BYTES, max(_SUSPICIOUS, packed * _MOST_TIMES)) if packed else MOST_BYTES


def _old(path: Path) -> Exception:
    """Tell a workbook with a password from one that is too old: both are in the container of Office 97."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if "EncryptedPackage".encode("utf-16-le") in piece:
                return LockedFile()
    return OldWorkbook()
