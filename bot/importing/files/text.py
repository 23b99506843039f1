"""From bytes to text: which encoding, and is it text at all. Reads the whole file once, a piece at a time."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.importing.errors import (
    BinaryFile,
    EmptyFile,
    LineTooLong,
    UndecodableBytes,
    UnknownEncoding,
    UnknownLetters,
)
from bot.importing.files.encodings import likely_encoding, lines_beyond_ascii, words_beyond_ascii

LONGEST_LINE = 1_000_000

_PIECE = 1 << 18
_ENOUGH_WORDS = 2_000
_KINDS = {
    b"PK\x03\x04": "an Excel workbook or a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_LINE_END = re.compile(rb"[\r\n]")
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Text:
    """How to open the file as text. `lines` counts its line ends, for a progress bar."""

    encoding: str
    lines: int


@dataclass(slots=True)
class _Decoded:
    """What came of decoding a whole file: how much beyond ASCII was well formed, how much was not, and where first."""

    lines: int = 0
    rest: int = 0
    good: int = 0
    bad: int = 0
    first_bad: tuple[int, int] = (0, 0)


def examine(path: Path, encoding: str | None = None) -> Text:
    """Find the encoding: the one named, a byte order mark's, UTF-8 when all is valid, else the one that makes words.

    Raises an ImportProblem for what is empty, binary, cannot be decoded, or has a line beyond LONGEST_LINE.
    """
    with path.open("rb") as file:
        head = file.read(_PIECE)
    if not head:
        raise EmptyFile
    known = _named(encoding) if encoding else _utf16(head)
    if known:
        return _certain(path, known)
    _refuse_binary(head)
    decoded = _decode(path, "utf-8-sig")
    if not decoded.bad:
        return Text("utf-8-sig", decoded.lines)
    if (
        decoded.good > decoded.bad
    ):  # text in UTF-8 with a few broken bytes: as Windows-1252 all of it would be garbled
        raise UndecodableBytes("UTF-8", *decoded.first_bad)
    guessed = likely_encoding(_words(path), _lines(path), mac=b"\r" in head and b"\n" not in head)
    if guessed is None:
        raise UnknownLetters(*decoded.first_bad)
    return _certain(path, guessed)


def _words(path: Path) -> list[bytes]:
    """Give words that are not ASCII, from the first place in the file that has some."""
    found: list[bytes] = []
    for piece in _pieces(path):
        found += words_beyond_ascii(piece)
        if len(found) > _ENOUGH_WORDS:
            break
    return found[:_ENOUGH_WORDS]


def _lines(path: Path) -> list[bytes]:
    """Give whole lines that are not ASCII, from the first place in the file that has some."""
    found: list[bytes] = []
    for number, piece in enumerate(_pieces(path)):
        begun = _LINE_END.search(piece) if number else None
        ended = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        # A line that is cut may end in the middle of a letter; a whole file may be one line.
        last = len(piece) if len(piece) < _PIECE else ended
        found += lines_beyond_ascii(piece[begun.end() if begun else 0 : last])
        if found:
            break
    return found


def _certain(path: Path, encoding: str) -> Text:
    decoded = _decode(path, encoding)
    if decoded.bad:
        raise UndecodableBytes(encoding.removesuffix("-sig"), *decoded.first_bad)
    return Text(encoding, decoded.lines)


def _named(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        raise UnknownEncoding(encoding) from None
    return "utf-8-sig" if name == "utf-8" else name


def _utf16(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    begin = head[:200]
    halves = begin[::2].count(0), begin[1::2].count(0)
    if min(halves) == 0 and max(halves) > len(begin) // 4:
        return "utf-16-be" if halves[0] else "utf-16-le"
    return None


def _refuse_binary(head: bytes) -> None:
    for magic, kind in _KINDS.items():
        if head.startswith(magic):
            raise BinaryFile(kind)
    if b"\0" in head or len(head) - len(head.translate(None, _CONTROL)) > len(head) // 100:
        raise BinaryFile


def _decode(path: Path, encoding: str) -> _Decoded:
    decoded = _Decoded()
    errors = "strict" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for piece in _pieces(path):
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            decoded.bad += 1
            decoded.first_bad = (decoded.lines + 1, decoded.rest + 1)
            break
        if "\0" in text:
            raise BinaryFile
        if not text.isascii():
            _weigh(text, decoded)
        _measure(text, decoded)
    return decoded


def _pieces(path: Path) -> Iterator[bytes]:
    """Give the file piece by piece, and an empty piece for its end."""
    with path.open("rb") as file:
        yield from iter(partial(file.read, _PIECE), b"")
    yield b""


def _weigh(text: str, decoded: _Decoded) -> None:
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    escaped = len(_ESCAPED.findall(text))
    if escaped and not decoded.bad:
        found = _ESCAPED.search(text)
        before = text[: found.start() if found else 0]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") if lines else decoded.rest + len(before) + 1
        decoded.first_bad = (decoded.lines + lines + 1, column)
    decoded.bad += escaped
    decoded.good += beyond_ascii - escaped


def _measure(text: str, decoded: _Decoded) -> None:
    end = "\n" if "\n" in text else "\r"
    first = text.find(end)
    longest = decoded.rest + (len(text) if first < 0 else first)
    if longest > LONGEST_LINE:
        raise LineTooLong(decoded.lines + 1, LONGEST_LINE)
    decoded.lines += text.count(end)
    decoded.rest = longest if first < 0 else len(text) - text.rfind(end) - 1
