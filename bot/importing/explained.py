"""What each column of a file was taken for, and why: shown before anything is taken."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.importing.cells.words import (
    COMMENT,
    DRIVER_QUESTION,
    MAYBE_COMMENT,
    RECOMMEND,
    RECOMMEND_WORDS,
    SCORE,
)
from bot.importing.columns.moments import PERIODS
from bot.importing.columns.roles import Columns, is_group
from bot.importing.dates.part_words import YEAR
from bot.importing.dates.words import ANY_DATE, NOT_OF_ANSWER, OF_ANSWER
from bot.importing.errors import listed, short
from bot.importing.files.header import Column
from bot.importing.foreign_file import Export

_SAMPLES = 3
_DAY_AND_CLOCK = 2
_LONGEST_SAMPLE = 40
_ADDRESS = re.compile(r"([^\s@]{1,64})@([^\s@]{1,190})")


class Role(StrEnum):
    """What a column is taken for."""

    SCORE = "score"
    DATE = "date"
    TIME_ZONE = "time zone"
    COMMENT = "comment"
    REASONS = "reasons"
    ID = "id"
    PERSON = "person"
    PROPERTY = "property"
    COUNT = "count"
    STATE = "whether it counts"
    WAVE = "wave"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column; `samples` are cells in which e-mail addresses are masked."""

    letter: str
    name: str
    role: Role
    why: str
    samples: tuple[str, ...]


def explained(export: Export) -> list[ColumnFacts]:
    """Say of each column of the file what it was taken for, in the file's order."""
    return [
        ColumnFacts(
            column.letter,
            column.full_name,
            *_role(column, export),
            tuple(masked(cell) for cell in column.values[:_SAMPLES]),
        )
        for column in export.recognised.header.columns
    ]


def masked(cell: str) -> str:
    """Give the cell on one short line, with the names in e-mail addresses hidden.

    >>> masked("write to ann@example.com")
    'write to a…@example.com'
    """
    return short(_ADDRESS.sub(lambda found: f"{found[1][:1]}…@{found[2]}", cell[:400]), _LONGEST_SAMPLE)


def _role(column: Column, export: Export) -> tuple[Role, str]:  # noqa: C901, PLR0911, PLR0912 - one return a role
    columns, options = export.recognised.columns, export.options
    if column in columns.score:
        if options.score_column:
            return Role.SCORE, "you said so"
        return Role.SCORE, _why_score(column, columns)
    for moment in columns.moments:
        if column in moment.stands_in:
            return Role.DATE, _why_date(column, moment, columns, named=options.date_column is not None)
    if column == columns.time_zone:
        return Role.TIME_ZONE, "its header says so"
    if export.layout.wave and column.question == "wave":
        return Role.WAVE, "our own export names it"
    if column == columns.row_id:
        if options.ids_repeat:
            return Role.PERSON, "its ids come again on other days"
        return Role.ID, "you said so" if options.id_column else "its header says id, and no cell repeats"
    if column == columns.number and columns.numbers_answers:
        return Role.ID, "the service numbers its answers so"
    if column == columns.rounded:
        return Role.LEFT_ALONE, "a spreadsheet has rounded these ids, so they name no row"
    if column in columns.comments:
        return Role.COMMENT, "you said so" if options.comment_columns else _why_comment(column)
    if column in (*columns.ticked, *columns.ranked) or column == columns.joined:
        return Role.REASONS, "you said so" if options.reason_column else _why_reasons(column)
    if column == columns.person:
        return Role.PERSON, "you said so" if options.person_column else "its cells name a person"
    if column in columns.properties:
        return Role.PROPERTY, "you said so" if options.properties else "few values, which sort people"
    if column == columns.count:
        return Role.COUNT, "you said so"
    if any(column == each.column for each in columns.telling):
        return Role.STATE, "its cells are a service's words"
    if column == columns.joined_before:
        return Role.LEFT_ALONE, "it says one thing in all rows, which nobody chose"
    return Role.LEFT_ALONE, _why_left_alone(column)


def _why_score(column: Column, columns: Columns) -> str:
    if len(columns.score) > 1:
        return "one column for each score"
    if column.says(RECOMMEND) or column.begins(RECOMMEND_WORDS):
        return "it asks to recommend"
    return "its header says score" if column.keys & SCORE else "its cells go from 0 to 10"


def _why_date(column: Column, moment: Column, columns: Columns, *, named: bool) -> str:
    parts = moment.stands_in
    if len(parts) > _DAY_AND_CLOCK:
        return f"{listed([part.name for part in parts])} make the date"
    if column != parts[0]:
        return f"the clock of “{parts[0].name}”"
    if named:
        return "you said so"
    if moment != columns.moments[0]:
        return f"where “{columns.moments[0].name}” is blank"
    if column.begins(OF_ANSWER):
        return "its header says when the answer came"
    return "its header is that of a date" if column.begins(ANY_DATE) else "all its cells are dates"


def _why_comment(column: Column) -> str:
    if column.says(COMMENT) or column.keys & MAYBE_COMMENT:
        return "its header asks for own words"
    return "free text that follows the score"


def _why_reasons(column: Column) -> str:
    return (
        "it asks what mattered" if column.says(DRIVER_QUESTION) else "its cells are reasons that were ticked"
    )


def _why_left_alone(column: Column) -> str:
    if not column.values:
        return "it is empty"
    if is_group(column):
        return "promoters and detractors follow from the scores"
    if column.keys & PERIODS or column.words.strip() in YEAR:
        return "it names no day"
    if column.begins(NOT_OF_ANSWER) and column.begins(ANY_DATE):
        return "a date, but not that of the answer"
    return "nothing here needs it"
