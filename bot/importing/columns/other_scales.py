"""Figures that are no answers from 0 to 10: told, never taken."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.importing.cells import words
from bot.importing.cells.keys import key, keys
from bot.importing.cells.scores import NotAScore, is_score, score_of
from bot.importing.columns.not_scores import CategoriesOnly, CountTable, NpsFigures, OtherScale, WeightsOnly
from bot.importing.columns.roles import Columns
from bot.importing.files.header import Column, Header
from scoring.scale import HIGHEST, LOWEST

_ENOUGH = 10
_A_SAMPLE = 900
_HIGHEST_OF_FIVE = 5
_HIGHEST_OF_SEVEN = 7
_MANY = 30
_HUNDREDS = 200
_ONES = 8
"""With as many ones and never a zero, the scale began at one: people who are at the end of a scale take its end."""

_MOST_ROWS_OF_A_TABLE = 2 * (HIGHEST + 1)
_FROM_ONE = re.compile(r"(?<![\w.,/])1\s?(?:-|\u2013|\u2014|to|bis|à|a|до|〜|~)\s?(5|7|10)(?![\d%/]|[.,]\d)")
_FIGURE = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,6})?", re.ASCII)
_PROMOTERS = keys("promoters|promoteurs|promotoren|promotores|promotori|promoters count|number of promoters")
_DETRACTORS = keys(
    "detractors|détracteurs|detraktoren|kritiker|detractores|detratores|detrattori|number of detractors"
)
_WEIGHTS = {-100.0, 0.0, 100.0}
_NO_ANSWER = {-1.0, -2.0, -8.0, -9.0, -99.0, 88.0, 97.0, 98.0, 99.0}
"""What statistics programs write where nobody answered: rows that cannot be read, which are told."""


def refuse_other_figures(header: Header, columns: Sequence[Column]) -> None:
    """Raise WeightsOnly, NpsFigures or CategoriesOnly where that is what stands where the scores should be."""
    for column in columns:
        figures = [figure for cell in column.values if (figure := _figure(cell)) is not None]
        if len(figures) < len(column.values) or not figures or not all(-100 <= one <= 100 for one in figures):  # noqa: PLR2004
            continue
        if set(figures) <= _WEIGHTS:
            raise WeightsOnly(column.name)
        others = {one for one in figures if not LOWEST <= one <= HIGHEST or one != int(one)}
        if others and not (others <= _NO_ANSWER and len(others) < len(set(figures))):
            raise NpsFigures(column.name, column.values[0])
    for column in header.columns:
        if column.says(words.COMMENT):
            continue
        cells = {key(cell) for cell in column.values}
        if cells and cells <= words.CATEGORIES and len(cells - words.CATEGORIES) == 0 and cells & _SURE:
            raise CategoriesOnly(column.name)


_SURE = words.CATEGORIES - {"neutral", "neutrals", "neutro", "indifferent", "indifferente", "passive"}


def refuse_other_scale(columns: Columns, header: Header) -> None:
    """Raise OtherScale or CountTable where the scores can be read and are no answers from 0 to 10."""
    if len(columns.score) > 1:
        return
    column = columns.score[0]
    figures = {figure for cell in column.values if (figure := _figure(cell)) is not None}
    if figures <= _WEIGHTS and figures & {-100.0, 100.0}:
        raise WeightsOnly(column.name)
    scores = Counter(_score(cell) for cell in column.values if is_score(cell))
    if _has_counts(header, _PROMOTERS) and _has_counts(header, _DETRACTORS):
        raise NpsFigures(column.name, column.values[0])
    if columns.count is None and (count := _count_beside(column, scores, header)):
        raise CountTable(column.name, count.name)
    if not scores[0] and (asked := _FROM_ONE.search(column.question[:1000])):
        raise OtherScale(
            column.name, f"a question from 1 to {asked[1]} and no answer of 0", f"1 to {asked[1]}"
        )
    if len(header.sample) < _A_SAMPLE:  # of more, the whole file decides
        refuse_scale_of(column.name, scores)


def _has_counts(header: Header, names: frozenset[str]) -> bool:
    """Whether a column of that name holds how many there were: then a row is a result, and no answer."""
    return any(
        column.keys & names
        and all(map(str.isdigit, cells := [cell.strip().replace(",", "") for cell in column.values]))
        and any(int(cell) > 1 for cell in cells)
        for column in header.columns
    )


def refuse_scale_of(column: str, scores: Counter[int]) -> None:
    """Raise OtherScale where a whole file's scores are those of a scale that begins at 1, or ends at 5."""
    given = [score for score, many in scores.items() if many]
    if scores.total() >= _ENOUGH and 0 < max(given) <= _HIGHEST_OF_FIVE:
        lowest = "0" if 0 in given else "1"
        raise OtherScale(column, f"no answer above {max(given)}", f"{lowest} to 5")
    if scores.total() >= _MANY and not scores[0] and max(given) == _HIGHEST_OF_SEVEN:
        raise OtherScale(column, "no answer of 0 and none above 7", "1 to 7")
    if scores.total() >= _HUNDREDS and not scores[0] and scores[1] >= _ONES:
        raise OtherScale(
            column, f"{scores[1]:,} answers of 1 and none of 0 among {scores.total():,}", "1 to 10"
        )


def _count_beside(score: Column, scores: Counter[int], header: Header) -> Column | None:
    """Find the column that counts, where each score stands once."""
    each_once = scores.total() == len(scores) > 2 and len(header.sample) <= _MOST_ROWS_OF_A_TABLE  # noqa: PLR2004
    if not each_once:
        return None
    others = [column for column in header.columns if column is not score and column.values]
    counts = [column for column in others if all(map(_is_count, column.values))]
    called = [column for column in counts if column.keys & words.COUNT]
    in_order = [_score(cell) for cell in score.values]
    of_all = (
        counts == others and len(scores) > HIGHEST and in_order in (sorted(in_order), sorted(in_order)[::-1])
    )
    return next(iter(called or (counts if of_all else [])), None)


def _is_count(cell: str) -> bool:
    return cell.strip().replace(",", "").isdigit()


def _score(cell: str) -> int:
    try:
        return score_of(cell) or 0
    except NotAScore:
        return 0


def _figure(cell: str) -> float | None:
    text = cell.strip().replace("\u2212", "-").removesuffix("%").replace(",", ".").strip()
    return float(text) if _FIGURE.fullmatch(text) else None
