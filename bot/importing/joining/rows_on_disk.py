"""The rows of a file on disk, so that those of one response are found together in constant memory, in whatever order they come."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from bot.importing.files.header import Column
from bot.importing.on_disk import OnDisk

_APART = "\0"
"""No text that is read has it."""

_FEW = 50
"""One response in so many has two questions at least, where a column joins them; or most that are commented are scored."""

_MERGED = 4
_CONFLICTS = 100
"""One response in so many may have two scores: a row that came twice. Where more have, the ids are those of persons."""


class RowOnDisk(NamedTuple):
    """A row with its `line`; `question` is what tells its question apart, "" for none, and `answer` all that may be one."""

    line: int
    question: str
    answer: str
    record: list[str]


class RowsOnDisk(OnDisk):
    """Rows, found by what may join them: a column, or two of which the second's day counts."""

    def __init__(self, ids: Sequence[tuple[Column, ...]], sample: int) -> None:
        """`sample` rows gave the columns their values."""
        self._places = [tuple(column.index for column in columns) for columns in ids]
        # Where cells are merged, the id stands in the first row of each response alone.
        self._above = {
            columns[0].index: ""
            for columns in ids
            if (sample - len(columns[0].values)) * _MERGED > sample and columns[0].values
        }
        names = "".join(f", id{number} TEXT" for number in range(len(ids)))
        super().__init__(f"rows (line INTEGER, question TEXT, answer TEXT, record TEXT{names})")

    def fill(self, rows: Iterable[RowOnDisk]) -> None:
        marks = ", ".join("?" * (4 + len(self._places)))
        self._database.executemany(
            f"INSERT INTO rows VALUES ({marks})",  # noqa: S608 - question marks
            (
                (row.line, row.question, row.answer, _APART.join(row.record), *self._ids(row.record))
                for row in rows
            ),
        )

    def _ids(self, record: list[str]) -> Iterator[str | None]:
        for first, *others in self._places:
            cell = record[first].strip() if record else ""
            if first in self._above and record:
                cell = self._above[first] = cell or self._above[first]
            days = (record[other].strip().replace("T", " ").partition(" ")[0] for other in others)
            known = cell.casefold() if "@" in cell else cell
            yield _APART.join([known, *days]) if cell else None

    def joins(self, number: int, scores: Sequence[str]) -> bool:
        """Whether responses have several questions by this id, and each question for the score one answer at most."""
        marks = ", ".join("?" * len(scores))
        counted = (
            f"SELECT count(*), coalesce(sum(questions > 1), 0), coalesce(sum(scored = 0), 0) FROM "  # noqa: S608 - a number of ours
            f"(SELECT count(DISTINCT question) AS questions, sum(question IN ({marks})) AS scored FROM rows "
            f"WHERE id{number} IS NOT NULL AND question != '' GROUP BY id{number})"
        )
        responses, several, unscored = self._one(counted, *scores)
        twice = (
            f"SELECT count(*) FROM (SELECT 1 FROM rows WHERE id{number} IS NOT NULL AND question IN "  # noqa: S608 - a number
            f"({marks}) GROUP BY id{number}, question HAVING count(DISTINCT answer) > 1)"
        )
        (conflicts,) = self._one(twice, *scores)
        joined = several * _FEW >= responses or (bool(scores) and several >= unscored)
        return several > 0 and joined and conflicts * _CONFLICTS <= responses

    def meet(self, number: int, questions: Sequence[str]) -> bool:
        """Whether two of the questions were answered in one response."""
        found = self._database.execute(
            f"SELECT 1 FROM rows WHERE question IN ({', '.join('?' * len(questions))}) AND id{number} IS NOT NULL "  # noqa: S608 - a number of ours
            f"GROUP BY id{number} HAVING count(DISTINCT question) > 1 LIMIT 1",
            questions,
        )
        return found.fetchone() is not None

    def responses(self, number: int) -> Iterator[list[RowOnDisk]]:
        """Give the rows of each response, in the order in which they begin in the file; a row without an id alone."""
        self._database.execute(f"CREATE INDEX IF NOT EXISTS by_{number} ON rows (id{number}, line)")
        found = self._database.execute(
            f"SELECT begun, line, question, answer, record FROM rows JOIN "  # noqa: S608 - a number of ours
            f"(SELECT id{number} AS known, min(line) AS begun FROM rows WHERE id{number} IS NOT NULL GROUP BY id{number}) "
            f"ON id{number} = known UNION ALL "
            f"SELECT line, line, question, answer, record FROM rows WHERE id{number} IS NULL ORDER BY 1, 2"
        )
        for _, rows in groupby(found, itemgetter(0)):
            yield [
                RowOnDisk(line, question, answer, record.split(_APART) if record else [])
                for _, line, question, answer, record in rows
            ]

    def without_id(self, number: int) -> int:
        (rows,) = self._one(f"SELECT count(*) FROM rows WHERE id{number} IS NULL")  # noqa: S608 - a number of ours
        return int(rows)

    def _one(self, statement: str, *values: str) -> tuple[int, ...]:
        found: tuple[int, ...] = self._database.execute(statement, values).fetchone()
        return found
