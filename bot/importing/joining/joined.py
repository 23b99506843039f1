"""Rows of one question each become one row an answer: a table with a column for each question, as other files are."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.importing.cells.keys import key
from bot.importing.cells.words import CATEGORIES
from bot.importing.columns.named import NONE
from bot.importing.files.header import Column, Header, Record, header_of
from bot.importing.files.records import Source, joined_source
from bot.importing.joining.cells import JoinedCells, cells_of
from bot.importing.joining.question_rows import QuestionRows, question_rows
from bot.importing.joining.questions import Questions, most_frequent, questions_of
from bot.importing.joining.refused import NothingJoins, TooWide
from bot.importing.joining.rows_on_disk import RowOnDisk, RowsOnDisk
from bot.importing.options import Options
from storage.database.text import UNIT_SEPARATOR

_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Joined:
    """What was joined: `rows` below the column `question`, `by` the columns that name a response.

    `alone` of them name none. `encoding` and `titles` are those of the file itself.
    """

    question: str
    by: str
    rows: int
    responses: int
    questions: tuple[str, ...]
    alone: int
    encoding: str
    titles: int


@contextmanager
def joined_rows(source: Source, options: Options) -> Iterator[tuple[Source, Options, Joined | None]]:
    """Give a source with one record an answer, itself where it is one; what was written is gone on leaving.

    Raises NothingJoins where comments would be lost, TooWide and OSError.
    """
    records = source.first(_SAMPLE)
    found = _found(source, records, options)
    if found is None:
        yield source, options, None
        return
    header, rows, questions = found
    with RowsOnDisk(rows.ids, len(header.sample)) as disk:
        disk.fill(_rows(source, header, rows, questions))
        number = next((n for n in range(len(rows.ids)) if disk.joins(n, questions.scores)), None)
        if number is None:
            if questions.scores and any(one.is_for_own_words for one in questions.found.values()):
                raise NothingJoins(rows.question.name, rows.answers[0].name)
            yield source, options, None
            return
        cells = cells_of(header, rows, disk.responses(number))
        with TemporaryDirectory(prefix="nps-import-") as folder:
            path = Path(folder, "joined.csv")
            names = _names(questions, disk, number)
            responses = _write(path, records[header.titles], cells, names, questions, disk.responses(number))
            by = rows.ids[number]
            joined = Joined(
                rows.question.name,
                ", ".join(column.name for column in by),
                sum(one.rows for one in questions.found.values()),
                responses,
                tuple(dict.fromkeys(names.values())),
                disk.without_id(number),
                source.text.encoding,
                header.titles,
            )
            if options.id_column and options.id_column.casefold() != NONE:
                options = replace(options, id_column=by[0].question)  # a letter would mean another column now
            yield joined_source(path, source.text.lines), options, joined


def _found(
    source: Source, records: Sequence[Record], options: Options
) -> tuple[Header, QuestionRows, Questions] | None:
    """Find the questions of a file that has each in rows of its own; None for any other file."""
    if not any(cell.strip() for record in records for cell in record):
        return None
    header = header_of(records)
    rows = question_rows(header, options.id_column)
    questions = questions_of(_records(source, header), rows) if rows else None
    if not rows or not questions:
        return None
    wanted = options.score_column
    if wanted is not None:
        asked = {key(one.name) for one in questions.found.values()}
        if key(wanted) not in asked and any(key(wanted) in column.keys for column in header.columns):
            return None  # the operator wants each row to be an answer
    elif not questions.scores and not rows.sure:
        return None
    if rows.needs_words and not any(one.is_for_own_words for one in questions.found.values()):
        return None
    return header, rows, questions


def _records(source: Source, header: Header) -> Iterator[list[str]]:
    return (record for _, record in islice(source.records(), header.rows, None) if record)


def _rows(source: Source, header: Header, rows: QuestionRows, questions: Questions) -> Iterator[RowOnDisk]:
    """Give each row that says something; one that cannot be read has no cells. Raises TooWide."""
    width = len(header.columns)
    places = [column.index for column in rows.answers]
    scores = frozenset(questions.scores)
    for line, record in islice(source.records(), header.rows, None):
        if record is None:
            yield RowOnDisk(line, "", "", [])
        elif any(record):
            if any(record[width:]):
                raise TooWide(line, len(record), width)
            whole = [*record[:width], *[""] * (width - len(record))]
            known, _ = questions.of(whole)
            answer = UNIT_SEPARATOR.join(whole[at] for at in places)
            if known in scores and key(answer) in CATEGORIES:
                known = ""  # what follows from the score in the next row
            yield RowOnDisk(line, known, answer, whole)


def _names(questions: Questions, disk: RowsOnDisk, number: int) -> dict[str, str]:
    """Name the column of each question, that for the score first: one for all its wordings where nobody was asked two."""
    scores = questions.scores
    names = {known: questions.found[known].name for known in (*scores, *questions.found)}
    if len(scores) > 1 and not disk.meet(number, scores):
        best = names[most_frequent(questions, scores)]
        names |= dict.fromkeys(scores, best)
    return names


def _write(  # noqa: PLR0913, PLR0917 - what a table is made of
    path: Path,
    header: Record,
    cells: JoinedCells,
    names: dict[str, str],
    questions: Questions,
    responses: Iterator[list[RowOnDisk]],
) -> int:
    """Write the table, each record behind the line of its score; give how many answers it has."""
    scores = frozenset(questions.scores)
    headers = _columns(names, scores, cells)
    columns = {column: number for number, column in enumerate(headers)}
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([0, *(header[at] for at in cells.kept), *headers.values()])
        for rows in responses:
            told = [row for row in rows if row.record]
            if not told:
                writer.writerow([rows[0].line])
                continue
            first = next((row for row in told if row.question in scores), told[0])
            kept = [next(filter(None, (row.record[at] for row in (first, *told))), "") for at in cells.kept]
            said: list[list[str]] = [[] for _ in columns]
            for row in told:
                if row.question:
                    for remark, text in cells.said(row, is_score=row.question in scores):
                        place = said[columns[names[row.question], remark]]
                        if text not in place:
                            place.append(text)
            writer.writerow([first.line, *kept, *map("\n".join, said)])
            written += 1
    return written


def _columns(
    names: dict[str, str], scores: frozenset[str], cells: JoinedCells
) -> dict[tuple[str, Column | None], str]:
    """Give the header of each question's column, and behind it of those for the remarks beside its answers."""
    columns: dict[tuple[str, Column | None], str] = {}
    asking = {names[known] for known in scores}
    for name in dict.fromkeys(names.values()):
        columns[name, None] = name
        for remark in cells.remarks:
            columns[name, remark] = remark.question if name in asking else f"{name} \u2013 {remark.question}"
    return columns
