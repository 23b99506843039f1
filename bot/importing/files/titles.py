"""Lines above the header: what a report is called, when it was made. They are skipped, and told."""

import re
from collections.abc import Sequence

from bot.importing.cells.keys import keys, plain
from bot.importing.cells.words import ANSWER, MAYBE_COMMENT, MAYBE_SCORE, RECOMMEND, RECOMMEND_WORDS, SCORE

_MOST = 20
_TITLE_CELLS = 2  # "Survey name", "Acme"
_WIDE = 4
_DIGITS = re.compile(r"^\W?\d|\d{2}$")  # an answer, a date
_NAMES = SCORE | MAYBE_SCORE | ANSWER | MAYBE_COMMENT | keys("date|comment|email|name|id")


def titles_above(records: Sequence[Sequence[str]]) -> int:
    """Count the records above the header: those of one cell, or of two where the header has many more.

    >>> titles_above([["Acme"], [""], ["Date", "Score"], ["2024-10-14", "9"]])
    2
    """
    filled = [sum(bool(cell.strip()) for cell in record) for record in records[: _MOST + 1]]
    most = max(filled)
    for number, (cells, record) in enumerate(zip(filled, records, strict=False)):
        many = cells > 1 if most < _WIDE else cells > _TITLE_CELLS
        if most <= 1 or ((many or (cells and _names(record))) and not _tells(record)):
            return number + _is_band(record, records[number + 1 : number + 2]) if number <= _MOST else 0
    return 0


def _tells(record: Sequence[str]) -> bool:
    """Whether the record says something of the whole report: “Survey:”, “Acme NPS”."""
    texts = [cell.strip() for cell in record if cell.strip()]
    return len(texts) == _TITLE_CELLS and texts[0].endswith((":", "\uff1a")) and record[0].strip() == texts[0]


def _is_band(record: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the record groups the columns that the one below it names, as merged cells do."""
    if not below or len(record) > len(below[0]) or all(cell.strip() for cell in record):
        return False
    texts = list(map(str.strip, below[0]))
    return all(texts) and _names(texts) and not any(map(_DIGITS.search, texts))


def _names(record: Sequence[str]) -> bool:
    """Whether a record of few cells is a header all the same: one of them is what columns are called."""
    texts = [plain(cell) for cell in record if cell.strip()]
    return any(
        (squeezed := text.replace(" ", "")) in _NAMES
        or (any(stem in squeezed for stem in RECOMMEND) and len(texts) > 1)
        or any(word in text and len(text.split()) > 1 for word in RECOMMEND_WORDS[1:4])
        for text in texts
    )
