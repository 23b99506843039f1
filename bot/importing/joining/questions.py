"""The questions of a file that has each in rows of its own: which there are, and which of them asks for the score."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.cells.scores import is_score
from bot.importing.files.header import Column, Record
from bot.importing.joining.question_rows import QuestionRows

MOST = 300
"""A file with more questions than this has something else in that column."""

_ENOUGH = 1_000
"""By so many answers it shows what a question asks for."""


@dataclass(slots=True)
class QuestionInFile:
    """`name` is its text, or its code where it has none. `in_words` counts answers that are no numbers."""

    name: str
    rows: int = 0
    scored: int = 0
    in_words: int = 0

    @property
    def column(self) -> Column:
        return Column(1, self.name)

    @property
    def asks_for_score(self) -> bool:
        """Whether it asks to recommend, and is mostly answered so."""
        asked = self.column.says(words.RECOMMEND) or self.column.begins(words.RECOMMEND_WORDS)
        named = key(self.name) in words.SCORE or "nps" in key(self.name)
        return (asked or named) and 2 * self.scored >= self.scored + self.in_words and self.scored > 0

    @property
    def is_for_own_words(self) -> bool:
        asked = self.column.says(words.COMMENT) or self.column.says(words.DRIVER_QUESTION)
        return asked and self.in_words > self.scored


@dataclass(slots=True)
class Questions:
    """All of them by what tells them apart: their text, or their code where people's names stand in the texts."""

    of: Callable[[Record], tuple[str, str]]
    found: dict[str, QuestionInFile] = field(default_factory=dict)

    @property
    def scores(self) -> list[str]:
        return [known for known, one in self.found.items() if one.asks_for_score]


def questions_of(records: Iterable[Record], rows: QuestionRows) -> Questions | None:
    """Count the questions; None where there is one only, or too many to be questions."""
    places = [column.index for column in rows.answers]
    ways = [_by(column, rows) for column in (rows.text, rows.code) if column]
    counted: list[Questions | None] = [Questions(way) for way in ways]
    for record in records:
        for number, each in enumerate(counted):
            if each is not None:
                _count(each, record, places)
                if len(each.found) > MOST:
                    counted[number] = None
        if not any(counted):
            return None
    return next((each for each in counted if each is not None and len(each.found) > 1), None)


def _by(column: Column, rows: QuestionRows) -> Callable[[Record], tuple[str, str]]:
    """Give the function from a record to what tells its question apart, and what it is called."""
    places = [each.index for each in (column, rows.text or column, rows.part) if each]
    most = max(places)

    @lru_cache(maxsize=1 << 12)
    def told(known: str, name: str, part: str = "") -> tuple[str, str]:
        known, name, part = (" ".join(cell.split()) for cell in (known, name, part))
        if known and part and not part.isdigit():
            return f"{known}\0{part}", f"{name or known} [{part}]"
        return known, name or known

    def of(record: Record) -> tuple[str, str]:
        return told(*(record[at] for at in places)) if len(record) > most else ("", "")

    return of


def _count(questions: Questions, record: Record, places: list[int]) -> None:
    known, name = questions.of(record)
    if not known:
        return
    one = questions.found.get(known)
    if one is None:
        one = questions.found[known] = QuestionInFile(name)
    one.rows += 1
    if one.rows > _ENOUGH:
        return
    cells = [cell for at in places if at < len(record) and (cell := record[at].strip())]
    if any(map(is_score, cells)):
        one.scored += 1
    elif cells and not cells[0].replace(".", "", 1).isdigit():
        one.in_words += 1


def most_frequent(questions: Questions, names: Iterable[str]) -> str:
    return Counter({name: questions.found[name].rows for name in names}).most_common(1)[0][0]
