"""Which column is the score."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.importing.cells import words
from bot.importing.cells.keys import key, plain
from bot.importing.cells.scores import NotAScore, is_score, score_of
from bot.importing.columns.named import candidates
from bot.importing.columns.other_scales import refuse_other_figures
from bot.importing.columns.roles import is_group
from bot.importing.errors import NoHeader, NoScoreColumn, NotCsv, NotScores, SeveralScores, UnknownHeader
from bot.importing.files.header import Column, Header, is_date
from bot.importing.services.service import Service
from scoring.scale import HIGHEST, LOWEST

# A question that names its scale in its text is one of the scores, in whatever language: from 0 to 10, 0 a 10, 0〜10.
_SCALE = re.compile(
    r"(?<![\d.,])0\s?[^\d\s]{0,12}(?:\s[^\d\s]{1,12}){0,2}\s?10(?![\d%]|[.,]\d)"
    r"|(?:/|out of|sur|von|de|su|van|av|из)\s?10\)?$"
)


_ENOUGH = 8
_COUNTS = (" count ", " counts ")
_A_NAME = 3
_IDS = (" id ", " ids ", " uuid ", " guid ", " key ", " complete ")


def score_columns(header: Header, service: Service, wanted: str | None) -> tuple[Column, ...]:
    """Give the score's column, or its eleven where each of 0 to 10 has its own; an ImportProblem says why not."""
    if wanted is not None:
        named_so = _named(header, wanted)
        if _is_an_answer(header, named_so):
            raise NoHeader(header.titles + 1)
        return _all_eleven(header, named_so)
    own = service.score(header)
    named = [column for column in header.own_questions if not is_group(column) and not _is_id(column)]
    named = [column for column in named if not _is_beside(column)] or named
    asked = _of_all(column for column in named if _asks_to_recommend(column))
    called = [column for column in named if column.keys & words.SCORE]
    scaled = [column for column in named if _SCALE.search(column.question[:1000])]
    maybe = [column for column in named if column.keys & words.MAYBE_SCORE]
    answers = [column for column in named if column.keys & words.ANSWER]
    whose = [column for column in named if _says_whose(column)]
    summed = [column for column in named if _is_summed(column)]
    groups = [] if _names_each_answer(header) else [column for column in named if _summing(column)]
    tries = (
        _holding([column for column in some if column not in groups])
        for some in (asked, called, scaled, maybe, answers, whose, summed)
    )
    found = own or next(filter(None, tries), [])
    found = [column for column in found if not _is_in_words(column)] or found
    if not found:
        refuse_other_figures(header, [*asked, *called, *maybe])
        found = [column for column in called or asked if column not in groups]
    if not found:
        raise _why_none(header)
    eleven = _all_eleven(header, found[0])
    if any(column not in eleven and not _says_the_same(column, found[0], header) for column in found):
        raise SeveralScores([column.full_name for column in found])
    return eleven


def _is_id(column: Column) -> bool:
    """Whether the header ends as that of an id or a state does: NPS_Id and nps_complete have numbers too."""
    return plain(column.question).endswith(_IDS) and not column.asks


def _is_beside(column: Column) -> bool:
    """Whether it tells the score of an earlier time, or counts one answer in each row."""
    counts = plain(column.question).endswith(_COUNTS) and set(column.values) == {"1"}
    return counts or (column.begins(words.PREVIOUS) and not column.asks)


def _of_all(columns: Iterable[Column]) -> list[Column]:
    """Leave out what was asked from 1 to 5 beside the question that names 0 to 10."""
    asked = list(columns)
    scaled = [column for column in asked if _SCALE.search(column.question[:1000])]
    return [column for column in asked if column in scaled or not _ends_at_five(column)] if scaled else asked


def _ends_at_five(column: Column) -> bool:
    cells = [cell.strip() for cell in column.values]
    return len(cells) >= _ENOUGH and set(cells) <= set("12345")


def _is_summed(column: Column) -> bool:
    """Whether it is called the sum or the average of a score, and holds nothing but scores."""
    name = key(column.words.removeprefix(_summing(column) or column.words))
    return name in words.SCORE | words.MAYBE_SCORE and all(map(is_score, column.values))


def _summing(column: Column) -> str | None:
    return next((each for each in words.SUMMED if column.words.startswith(each)), None)


def _names_each_answer(header: Header) -> bool:
    """Whether each row has an answer's id of its own: then a sum or an average is that of one answer."""
    return any(
        column.keys & words.ROW_ID[0] and len(set(column.values)) == len(header.sample)
        for column in header.columns
    )


def _says_whose(column: Column) -> bool:
    """Whether it is called a score that is somebody's or of all: Note du client, Overall rating."""
    of_it = [word for word in column.words.split() if word not in words.CUSTOMERS | words.WHOSE_SCORE]
    return len(of_it) == 1 and of_it[0] in words.MAYBE_SCORE


def _says_the_same(column: Column, other: Column, header: Header) -> bool:
    """Whether a column called NPS has the question's scores once more, in rows enough to be no accident."""
    if not (column.keys | other.keys) & words.SCORE or len(set(column.values)) == 1:
        return False
    same = all(column.cell(record) == other.cell(record) for record in header.sample)
    return same and len(column.values) >= _ENOUGH


def _is_in_words(column: Column) -> bool:
    """Whether it says more than there are scores, and never a number alone: people end with one, too."""
    return len(set(column.values)) > HIGHEST + 1 and not any(cell.strip().isdigit() for cell in column.values)


def _asks_to_recommend(column: Column) -> bool:
    return (column.says(words.RECOMMEND) or column.begins(words.RECOMMEND_WORDS)) and not column.says(
        words.COMMENT[3:7]
    )


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
    """Find the column that the operator named: of several, the one that is no group; of one question, one is enough."""
    found = candidates(header, "--score-column", wanted)
    scores = [column for column in found if not is_group(column)] or found
    if len({column.question for column in scores}) > 1:
        raise SeveralScores([column.name for column in scores])
    column = next(iter(_holding(scores)), scores[0])
    if column.values and not any(map(is_score, column.values)):
        refuse_other_figures(header, [column])
        raise NotScores(column.name, column.values[0])
    return column


def _is_an_answer(header: Header, score: Column) -> bool:
    """Whether the header is an answer: it has a score alone among other cells of its kind. Questions may be called 1, 2, 3."""
    names = [column.question for column in header.columns if column.question]
    if not score.question.isdigit() or sum(map(is_score, names)) > 1:
        return False
    return names == [score.question] or any(
        is_date(name) or "@" in name or (len(name.split()) > _A_NAME and not column.asks)
        for column in header.columns
        if (name := column.question) and column is not score
    )


def _why_none(header: Header) -> Exception:
    if all(is_date(column.question) or is_score(column.question) for column in header.columns):
        return NoHeader(header.titles + 1)
    maybe = [column for column in header.columns if column.values and all(map(is_score, column.values))]
    if any(_is_an_answer(header, column) for column in maybe):
        return NoHeader(header.titles + 1)
    if maybe:
        return UnknownHeader([column.name for column in maybe])
    return NoScoreColumn(header.names) if len(header.columns) > 1 else NotCsv()
