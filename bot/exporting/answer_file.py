"""Answers as a file that other programs read: a CSV for spreadsheets and for `nps-bot import`, or JSON."""

import csv
import io
import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.kit.rules.formulas import neutral
from scoring.scale import category_of
from storage.exporting import GivenAnswer

COLUMNS = ("wave", "date", "score", "category", "comment", "drivers")


class Format(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class Encoding:
    """The bytes of a file, page by page: `begin`, the pages with `between` between them, `end`."""

    begin: bytes
    page: Callable[[Sequence[GivenAnswer]], bytes]
    between: bytes
    end: bytes


def _csv_page(answers: Sequence[GivenAnswer]) -> bytes:
    """Write each answer as a record of RFC 4180.

    Cells that would be formulas begin with an apostrophe. Drivers stand on a line each: a label may hold any other
    separator.
    """
    return _records(
        (
            answer.wave,
            answer.day.isoformat(),
            answer.score,
            category_of(answer.score).value,
            neutral(answer.comment or ""),
            neutral("\n".join(" ".join(driver.split()) for driver in answer.drivers)),
        )
        for answer in answers
    )


def _records(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _json_page(answers: Sequence[GivenAnswer]) -> bytes:
    """Write each answer as an object on a line of its own; nothing said is null, nothing ticked an empty array."""
    return ("\n" + ",\n".join(map(_object, answers))).encode()


def _object(answer: GivenAnswer) -> str:
    said = (
        answer.wave,
        answer.day.isoformat(),
        answer.score,
        category_of(answer.score).value,
        answer.comment,
        answer.drivers,
    )
    return json.dumps(dict(zip(COLUMNS, said, strict=True)), ensure_ascii=False)


ENCODINGS = {
    # The mark tells a spreadsheet that this is UTF-8.
    Format.CSV: Encoding(BOM_UTF8 + _records([COLUMNS]), _csv_page, between=b"", end=b""),
    Format.JSON: Encoding(b"[", _json_page, between=b",", end=b"\n]\n"),
}
