"""Which character stands between the cells, and from which record on."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from bot.importing.errors import NotCsv

DELIMITERS = (",", ";", "\t", "|")

_RECORDS = 200
_MARKUP = {"<": "a web page or XML", '{"': "JSON", "{\n": "JSON", "[{": "JSON", "[\n": "JSON"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`skipped` records stand before the header: blank lines, or Excel's "sep=;". `spaced` cells begin with a space."""

    delimiter: str
    skipped: int = 0
    spaced: bool = False


def dialect_of(sample: str, *, whole: bool) -> Dialect:
    r"""Find the delimiter that cuts the records of the sample into the same number of cells.

    `whole` says that the sample is the entire file, else its last record is not trusted. Raises NotCsv for markup.

    >>> dialect_of("Score;Why, in a word?\n9;Quick, kind\n", whole=True)
    Dialect(delimiter=';', skipped=0, spaced=False)
    """
    begin = sample.lstrip()
    for mark, kind in _MARKUP.items():
        if begin.replace("\r\n", "\n").startswith(mark):
            raise NotCsv(kind)
    first_line = begin.split("\n", 1)[0].strip(' "\r')
    if first_line.lower().startswith("sep=") and len(first_line) == len("sep=;"):
        return Dialect(first_line[-1], _blanks(sample) + 1)
    delimiter = max(DELIMITERS, key=lambda each: _fit(sample, each, whole=whole))
    _, *others = begin.splitlines()[0].split(delimiter) if begin else [""]
    spaced = bool(others) and all(cell.startswith(" ") for cell in others)
    return Dialect(delimiter, _blanks(sample), spaced)


def _blanks(sample: str) -> int:
    lines = StringIO(sample, newline="")
    return next((number for number, line in enumerate(lines) if line.strip()), 0)


def _fit(sample: str, delimiter: str, *, whole: bool) -> tuple[float, float, int]:
    """Weigh a delimiter: how alike its records are, how little its cells read on like a sentence, how many they are."""
    widths, spaced = [], 0
    try:
        for record in csv.reader(StringIO(sample, newline=""), delimiter=delimiter):
            if any(record):
                widths.append(len(record))
                spaced += sum(cell.startswith(" ") for cell in record)
            if len(widths) > _RECORDS:
                break
    except csv.Error:
        return 0.0, 0.0, 0
    if len(widths) > 1 and not whole:
        widths.pop()
    width, alike = Counter(widths).most_common(1)[0] if widths else (1, 0)
    if width == 1:
        return 0.0, 0.0, 0
    return round(alike / len(widths), 1), -round(spaced / sum(widths), 1), width
