"""One cell's score."""

import re
import unicodedata
from functools import lru_cache

from bot.importing.cells.months import month_key, months
from bot.importing.cells.notes import is_of_report
from bot.importing.cells.words import NO_SCORE, NOTHING
from bot.importing.errors import short
from scoring.scale import HIGHEST, LOWEST

_OUT_OF_TEN = r"(?:/|out of|of|sur|von|de|su|van|av|z)\s*10"
_LONGEST = 200
_UNSEEN = " \t\r\n\v\f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_NUMBER = rf"(?:#\s?)?(\d{{1,3}})(?:[.,]0+)?(?:\s*\(?{_OUT_OF_TEN}\)?)?"
_LABELLED = re.compile(
    rf"{_NUMBER}(?:\s*[-\u2013\u2014:=.()|]\D*|[分점点點]|\s+\D+)?"  # 10 - Extremely likely; 10 (Extremely likely)
    rf"|[^\d\W]\D*?(?:\s*[-\u2013\u2014:=(|]\s*|\s+){_NUMBER}\)?",  # Not at all likely - 0
)


_IN_WORDS = {
    word: score
    for words in (
        "zero one two three four five six seven eight nine ten",
        "zéro un deux trois quatre cinq six sept huit neuf dix",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
        "zero um dois três quatro cinco seis sete oito nove dez",
        "zero uno due tre quattro cinque sei sette otto nove dieci",
    )
    for score, word in enumerate(words.split())
}
_DAY = re.compile(r"\d{1,2}[-. ]([^\W\d_]{3,9})\.?")


class NotAScore(ValueError):  # noqa: N818
    """The message is a sentence."""


@lru_cache(maxsize=4096)
def score_of(cell: str) -> int | None:
    """Give the score of a cell, None for a blank one and for N/A and its like. Anything but a whole number from 0 to 10 is a NotAScore.

    >>> score_of("10 - Extremely likely"), score_of("Not at all likely - 0"), score_of(" ")
    (10, 0, None)
    """
    text = unicodedata.normalize("NFKC", cell).strip(_UNSEEN).lstrip("'").strip(_UNSEEN)
    if not text or text.casefold() in NOTHING | NO_SCORE:
        return None
    if (in_words := _IN_WORDS.get(text.casefold())) is not None:
        return in_words
    found = _LABELLED.fullmatch(text) if len(text) <= _LONGEST and not is_of_report(text) else None
    if (day := _DAY.fullmatch(text)) and month_key(day[1]) in months():
        message = f"“{short(cell)}” is a date, which a spreadsheet makes of a score such as 9/10."
        raise NotAScore(message)
    score = int(found[1] or found[2]) if found else -1
    if not LOWEST <= score <= HIGHEST:
        message = f"“{short(cell)}” is not a score; a score is a whole number from {LOWEST} to {HIGHEST}."
        raise NotAScore(message)
    return score


def is_score(cell: str) -> bool:
    try:
        return score_of(cell) is not None
    except NotAScore:
        return False
