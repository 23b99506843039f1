"""Which cells of such rows are the answer, which are of the whole response, and which are neither."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.cells.scores import is_score as is_a_score
from bot.importing.files.header import Column, Header, is_date
from bot.importing.joining.question_rows import QuestionRows
from bot.importing.joining.rows_on_disk import RowOnDisk

_LOOK = 5_000
_SELDOM = 50
"""What differs in one response of so many differs by accident."""

_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class JoinedCells:
    """`kept` are of the response. `answers` are tried in turn; `remarks` stand beside an answer in the same row.

    In rows of the questions `flagged` a yes or no says whether the choice beside it was ticked.
    """

    kept: tuple[int, ...]
    answers: tuple[int, ...]
    remarks: tuple[Column, ...]
    flagged: frozenset[str]

    def said(self, row: RowOnDisk, *, is_score: bool) -> Iterator[tuple[Column | None, str]]:
        """Give what the row answers, and what is remarked beside it with its column."""
        cells = [cell for at in self.answers if (cell := row.record[at].strip())]
        if row.question not in self.flagged:
            if answer := _best(cells, is_score=is_score):
                yield None, answer
                if key(answer) in words.OTHER and not is_score:
                    yield from ((None, cell) for cell in cells if cell != answer and not _is_bare(cell))
        elif not any(key(cell) in words.NO for cell in cells) and (answer := _best(cells, is_score=False)):
            yield None, answer
        for column in self.remarks:
            if remark := row.record[column.index].strip():
                yield column, remark


def _best(cells: list[str], *, is_score: bool) -> str:
    """Of a score and its label take the score, of a choice and its number the choice."""
    fitting = (cell for cell in cells if (is_a_score(cell) if is_score else not _is_bare(cell)))
    return next(fitting, cells[0] if cells else "")


def _is_bare(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit() or key(cell) in words.YES | words.NO


def cells_of(header: Header, rows: QuestionRows, responses: Iterator[list[RowOnDisk]]) -> JoinedCells:
    """Look at the first responses: what differs between the rows of one is an answer, or of the question alone."""
    varying, telling, together, filled = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    flags = defaultdict[str, set[str]](set)
    several = 0
    answers = [column.index for column in rows.answers]
    for some in islice(responses, _LOOK):
        records = [row.record for row in some if row.record]
        if len(records) < 2:  # noqa: PLR2004 - nothing can differ
            continue
        several += 1
        for at, cells in enumerate(zip(*records, strict=True)):
            seen = set(cells)
            varying[at] += len(seen) > 1
            telling[at] += len(seen - {""}) > 1
        for row in some:
            said = [at for at in answers if row.record and row.record[at].strip()]
            filled.update(said)
            if len(said) > 1:
                together.update(said)
                flags[row.question].update(
                    key(row.record[at]) if _is_bare(row.record[at].strip()) else "" for at in said
                )
    differing = [column for column in rows.answers if varying[column.index] * _SELDOM > several]
    differing = differing or list(rows.answers)  # all said the same
    remarks = tuple(
        column
        for column in differing
        if column.says(words.COMMENT) and together[column.index] * _TOGETHER > filled[column.index]
    )
    if len(remarks) == len(differing):
        remarks = ()
    asking = {rows.text, rows.code, rows.part}
    return JoinedCells(
        kept=tuple(
            column.index
            for column in header.columns
            if column not in asking
            and column not in differing
            and (telling[column.index] * _SELDOM <= several or _is_of_dates(column))
        ),
        answers=tuple(column.index for column in differing if column not in remarks),
        remarks=remarks,
        flagged=frozenset(
            question
            for question, cells in flags.items()
            if "" in cells and len(cells) > 1 and cells - {""} <= words.YES | words.NO
        ),
    )


def _is_of_dates(column: Column) -> bool:
    return bool(column.values) and all(map(is_date, column.values))
