"""Which column is the score."""

from collections.abc import Callable, Sequence
from itertools import groupby

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.cells.scores import NotAScore, is_score, score_of
from bot.importing.errors import (
    NoHeader,
    NoScoreColumn,
    NoSuchColumn,
    NotCsv,
    SeveralScores,
    UnknownHeader,
)
from bot.importing.files.header import Column, Header, is_date
from bot.importing.services.columns import is_group
from bot.importing.services.service import Service
from scoring.scale import HIGHEST, LOWEST


def score_columns(header: Header, service: Service, wanted: str | None) -> tuple[Column, ...]:
    """Give the score's column, or its eleven where each of 0 to 10 has its own; an ImportProblem says why not."""
    if wanted is not None:
        return _all_eleven(header, _named(header, wanted))
    own = service.score(header)
    named = [column for column in header.columns if not is_group(column)]
    asked = [column for column in named if column.says(words.RECOMMEND) or _is_nps(column)]
    called = [column for column in named if column.keys & words.SCORE]
    maybe = [column for column in named if column.keys & words.MAYBE_SCORE]
    tries = (own, _holding(asked), _holding(called), _holding(maybe), called, asked)
    found = next(filter(None, tries), [])
    if not found:
        raise _why_none(header)
    eleven = _all_eleven(header, found[0])
    if any(column not in eleven for column in found):
        raise SeveralScores([column.name for column in found])
    return eleven


def _is_nps(column: Column) -> bool:
    return "nps" in column.question.casefold().replace("_", " ").replace("-", " ").split()


def _holding(columns: Sequence[Column]) -> list[Column]:
    """Keep the columns of which most cells are scores, and those of eleven columns that are ticked."""
    return [
        column
        for column in columns
        if 2 * sum(map(is_score, column.values)) >= len(column.values) > 0 or is_score(column.label)
    ]


def _all_eleven(header: Header, column: Column) -> tuple[Column, ...]:
    for question, run in groupby(header.columns, key=lambda each: each.question):
        columns = tuple(run)
        if question == column.question and {_label_score(each) for each in columns} == set(
            range(LOWEST, HIGHEST + 1)
        ):
            return columns
    return (column,)


def _label_score(column: Column) -> int | None:
    try:
        return score_of(column.label)
    except NotAScore:
        return None


def _named(header: Header, wanted: str) -> Column:
    """Find the column by its exact name, its number, or a part of its name that only it has."""
    exact: list[Callable[[Column], bool]] = [
        lambda column: wanted in {column.question, column.label, column.code},
        lambda column: key(wanted) in column.keys,
        lambda column: wanted == str(column.number),
        lambda column: bool(key(wanted)) and key(wanted) in key(column.question),
    ]
    for fits in exact:
        found = [column for column in header.columns if fits(column)]
        if found:
            return _only(found)
    raise NoSuchColumn(wanted, header.names)


def _only(found: Sequence[Column]) -> Column:
    """Take the one that is no group; columns of one question count as one."""
    scores = [column for column in found if not is_group(column)] or found
    if len({column.question for column in scores}) > 1:
        raise SeveralScores([column.name for column in scores])
    return next(iter(_holding(scores)), scores[0])


def _why_none(header: Header) -> Exception:
    if all(is_date(column.question) or is_score(column.question) for column in header.columns):
        return NoHeader(1)
    maybe = [column.name for column in header.columns if column.values and all(map(is_score, column.values))]
    if maybe:
        return UnknownHeader(maybe)
    return NoScoreColumn(header.names) if len(header.columns) > 1 else NotCsv()
