"""Which columns hold the reasons that were ticked."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby

from bot.importing.cells import words
from bot.importing.cells.drivers import LONGEST_LABEL, known_driver
from bot.importing.cells.keys import key
from bot.importing.cells.markup import written
from bot.importing.cells.ticked import separator_of
from bot.importing.files.choices import REASONS
from bot.importing.files.header import Column

_MOST_CHOICES = 60
_ENOUGH_TO_REPEAT = 20
_NEAR = 2
_OFTEN = 8
_SOMETIMES = 4
_SHORT = 6
_FEW_WORDS = 3
_NUMBERED = re.compile(r"(.{3,100}?)[\s#_.:-]*\d", re.DOTALL)


def ticked_columns(columns: Sequence[Column], score: Column) -> tuple[Column, ...]:
    """Find the columns of one choice each: of a question about reasons, with our reasons, or right after the score."""
    runs = [tuple(run) for _, run in groupby(columns, key=_question_of_choice)]
    groups = [
        run
        for run in runs
        if len(run) > 1
        and _question_of_choice(run[0]) is not None
        and are_ticks(run)
        and not run[0].begins(words.NO_DRIVER)
    ]
    for group in groups:
        named = group[0].says(words.DRIVER_QUESTION) or REASONS.fullmatch(group[0].question)
        if named or any(known_driver(choice_of(column)) for column in group):
            return group
    return next(
        (
            group
            for group in groups
            if group[0].number == score.number + 1
            and (not group[0].label or group[0].says(words.MANY_ANSWERS))
        ),
        (),
    )


def joined_column(columns: Sequence[Column], score: Column, *, numbered: bool = False) -> Column | None:
    """Find the column with all reasons in one cell: asked for as such, or mostly with several of ours in it.

    Where the operator has `numbered` the reasons, one number to a cell is a reason, too; otherwise it would be a rating.
    """
    choices = [column for column in columns if not column.begins(words.NO_DRIVER)]
    asked = (
        column
        for column in choices
        if (column.says(words.DRIVER_QUESTION) or column.keys & words.DRIVERS)
        and not {key(cell) for cell in column.values} <= words.YES | words.NO
        and _are_choices(column, numbered=numbered)
    )
    ours = (
        column
        for column in choices
        if _are_ours(pieces := pieces_of(column)) and pieces.total() > len(column.values)
    )
    many = (
        column
        for column in choices
        if column.says(words.MANY_ANSWERS)
        and abs(column.number - score.number) <= _NEAR
        and _are_choices(column, numbered=numbered)
    )
    chosen = (
        column
        for column in choices
        if column.says(words.REASON) and (_repeats(column) or _are_names_beside_words(column, choices))
    )
    return next(asked, None) or next(ours, None) or next(many, None) or next(chosen, None)


def says_one_thing(column: Column, rows: int) -> bool:
    """Whether each of the rows, which are many enough, has the same word, not one of ours, and none asked for it: nobody's choice."""
    if len(column.values) < rows or rows < _OFTEN or column.asks:
        return False
    pieces = pieces_of(column)
    return len(pieces) == 1 and not any(map(known_driver, pieces))


def ranked_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Find Reason 1, Reason 2 and so on: each holds one reason, the first the weightiest."""
    groups = defaultdict[str, list[Column]](list)
    for column in columns:
        if found := _NUMBERED.fullmatch(f"{column.question} {column.label}".strip()):
            groups[key(found[1])].append(column)
    for name, group in groups.items():
        of_reasons = name in words.DRIVERS or any(stem in name for stem in words.REASON)
        if len(group) > 1 and of_reasons and all(map(_holds_names, group)):
            return tuple(group)
    return ()


def _holds_names(column: Column) -> bool:
    """Whether its cells are the names of reasons, and not what somebody wrote."""
    return all(len(cell) <= LONGEST_LABEL for cell in column.values) and (
        _repeats(column) or all(len(cell.split()) <= _FEW_WORDS for cell in column.values)
    )


def _repeats(column: Column) -> bool:
    """Whether its cells are chosen from few, each short and seen often; less often in a file of few rows."""
    cells = column.values
    few = _OFTEN <= len(cells) < _ENOUGH_TO_REPEAT and len(set(cells)) * _SOMETIMES <= len(cells)
    return (
        (few or len(cells) >= _ENOUGH_TO_REPEAT)
        and (few or len(set(cells)) * _OFTEN <= len(cells))
        and all(len(cell) <= LONGEST_LABEL and len(cell.split()) <= _SHORT for cell in set(cells))
        and not all(cell.strip().isdigit() for cell in cells)
    )


def _are_names_beside_words(column: Column, columns: Sequence[Column]) -> bool:
    """Whether, in a file of few rows, short names come again beside a column of comments that do not."""
    cells = column.values
    few = _OFTEN <= len(cells) < _ENOUGH_TO_REPEAT and 2 * len(set(cells)) <= len(cells)
    return (
        few
        and all(len(cell.split()) <= _FEW_WORDS and cell.strip()[-1:] not in ".!?" for cell in cells)
        and any(
            (other.says(words.COMMENT) or other.keys & words.MAYBE_COMMENT)
            and len(set(other.values)) > len(set(cells))
            and not _holds_names(other)
            for other in columns
            if other is not column
        )
    )


def choice_of(column: Column) -> str:
    return column.label or column.question


def is_other_in_words(column: Column) -> bool:
    """Whether the last choice is a field for one's own words."""
    ticks = {key(choice_of(column)), *words.YES, *words.NO}
    return (
        key(choice_of(column)) in words.OTHER
        and ticks.isdisjoint(map(key, column.values))
        and bool(column.values)
    )


def are_ticks(columns: Sequence[Column]) -> bool:
    """Whether the cells tick what their columns are called, and do not rate it.

    A tick is the choice itself or its number, a yes or a no, or one and the same word for all.
    """
    texts: set[str] = set()
    for number, column in enumerate(columns, 1):
        if key(choice_of(column)) in words.OTHER:
            continue
        own = {key(choice_of(column)), key(column.question), key(column.code), str(number)}
        texts |= {key(cell) for cell in column.values} - own - words.YES - words.NO
    return len(texts) <= 1 and not any(text.isdigit() for text in texts)


def _question_of_choice(column: Column) -> str | None:
    """Give what the columns of one question share, None for a column that is no choice."""
    if key(column.label) in words.GENERIC_LABELS:
        return None
    if column.label:
        return column.question
    own = key(column.question)
    cells = {key(cell) for cell in column.values}
    repeats = cells == {own}
    ours = known_driver(column.question) is not None and cells <= {own, *words.YES, *words.NO}
    return "" if repeats or ours or own in words.OTHER else None


def pieces_of(column: Column) -> Counter[str]:
    cells = list(map(written, column.values))
    separator = separator_of(cells)
    return Counter(piece for cell in cells for piece in separator.pieces(cell))


def _are_choices(column: Column, *, numbered: bool) -> bool:
    """Whether cells are made of few choices, which own words are not; of too few to tell, whether they are short."""
    pieces = pieces_of(column)
    if all(piece.replace(".", "").isdigit() for piece in pieces):
        return numbered or pieces.total() > len(column.values)
    if pieces.total() < _ENOUGH_TO_REPEAT:
        return bool(pieces) and all(len(piece) <= LONGEST_LABEL and piece[-1] not in ".!" for piece in pieces)
    return _are_ours(pieces) or (len(pieces) <= _MOST_CHOICES and 2 * len(pieces) <= pieces.total())


def _are_ours(pieces: Counter[str]) -> bool:
    return 2 * sum(known_driver(piece) is not None for piece in pieces) > len(pieces)
