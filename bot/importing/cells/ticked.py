"""Ticked reasons: several columns of one choice each, or one cell with several choices joined."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from bot.importing.cells.drivers import driver_of, known_driver
from bot.importing.cells.keys import key
from bot.importing.cells.words import NO, NO_WORDS

Tick = Callable[[Any], tuple[str, ...]]

_NUMBER = re.compile(r"\d{1,3}")
_PIECES = 100
_OFTEN = 3  # below this two choices may stand side by side by accident
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Separator:
    """What cuts a cell, and how it is `written` inside a label."""

    pattern: re.Pattern[str]
    written: str

    def pieces(self, cell: str) -> list[str]:
        if cell.startswith(('["', "['")):
            cell = cell.strip("[] ").replace('"', "").replace("'", "")
        return [piece.strip() for piece in self.pattern.split(cell, maxsplit=_PIECES) if piece.strip()]


_COMMA = Separator(re.compile(r",\s"), ", ")
_SEPARATORS = (
    Separator(re.compile(r"\n"), "\n"),
    Separator(re.compile(r"\|"), "|"),
    Separator(re.compile(";"), "; "),
    Separator(re.compile(r",(?![\s\0])"), ", "),
    _COMMA,
)
_BETWEEN_KNOWN = (Separator(re.compile(r"\s/\s"), " / "), Separator(re.compile(r"\s\+\s"), " + "))
"""They stand within labels, too: “Product / service quality”."""


def separate(labels: Sequence[str]) -> Tick:
    """Give the function from the cells below `labels` to the drivers ticked: a cell that is neither blank nor a no."""
    drivers = [driver_of(label) for label in labels]

    @lru_cache(maxsize=_REMEMBERED)
    def ticked(cells: tuple[str, ...]) -> tuple[str, ...]:
        return _once(
            driver
            for driver, cell in zip(drivers, cells, strict=True)
            if cell and cell.strip() and key(cell) not in NO
        )

    return ticked


@lru_cache(maxsize=_REMEMBERED)
def one_each(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Give the drivers of cells that hold one each."""
    return _once(
        driver_of(cell) for cell in cells if cell.strip() and cell.strip().casefold() not in NO_WORDS
    )


def joined(cells: Mapping[str, int], names: Sequence[str] = (), *, before: bool = False) -> Tick:
    """Give the function from one cell to the drivers in it, having seen how often each cell stands in the column.

    `names` are the choices in their order: they name choices given as numbers and are never cut in two. Earlier releases,
    which cut at fewer signs, are meant by `before`.

    >>> joined({"Price, value for money, Support": 1, "Support": 2})("Support, Price, value for money")
    ('support', 'Price, value for money')
    """
    separator = _separator_between(names, cells) or (
        _mark_in(cells) or _COMMA if before else separator_of(cells)
    )
    whole = frozenset(names) or _labels_in(cells, separator)

    @lru_cache(maxsize=_REMEMBERED)
    def ticked(cell: str) -> tuple[str, ...]:
        return _once(driver_of(_named(label, names)) for label in _cut(cell, separator, whole))

    return ticked


def separator_of(cells: Collection[str]) -> Separator:
    """Find what stands between choices. A comma right before the next choice is one; with a space it may be a label's.

    A slash or a plus is one where it cuts all cells into reasons that are known, or stand alone in other cells.
    """
    between = (each for each in _BETWEEN_KNOWN if _cuts_into_known(cells, each))
    return _mark_in(cells) or next(between, _COMMA)


def are_cut_otherwise(cells: Collection[str]) -> bool:
    """Whether earlier releases took these for whole labels."""
    return separator_of(cells) in _BETWEEN_KNOWN


def _mark_in(cells: Collection[str]) -> Separator | None:
    text = "\0".join(cells)
    return next((each for each in _SEPARATORS if each.pattern.search(text)), None)


def _cuts_into_known(cells: Collection[str], separator: Separator) -> bool:
    cut = [separator.pieces(cell) for cell in set(cells) if known_driver(cell) is None]
    alone = {piece for pieces in cut if len(pieces) == 1 for piece in pieces}
    parts = [piece for pieces in cut if len(pieces) > 1 for piece in pieces]
    return bool(parts) and all(piece in alone or known_driver(piece) for piece in parts)


def _labels_in(cells: Mapping[str, int], separator: Separator) -> frozenset[str]:
    if separator in _BETWEEN_KNOWN:
        return frozenset(filter(known_driver, cells))
    return labels_of(cells) if separator is _COMMA else frozenset()


def _separator_between(names: Sequence[str], cells: Iterable[str]) -> Separator | None:
    """Find the separator that leaves nothing but named choices, by name or by number."""
    known = {*names, *map(str, range(1, len(names) + 1))}
    fitting = (
        each for each in _SEPARATORS if all(known.issuperset(_cut(cell, each, known)) for cell in cells)
    )
    return next(fitting, None) if names else None


def labels_of(cells: Mapping[str, int]) -> frozenset[str]:
    """Find the labels that contain a comma, in a column where commas join them.

    Two pieces are one label when the second goes on in lower case where choices begin with a capital, when it closes
    a bracket, or when neither is ever seen without the other although there are cells with neither.
    """
    split = {cell: pieces for cell in cells if (pieces := _COMMA.pieces(cell))}
    capitals = all(pieces[0][0].isupper() or not pieces[0][0].isalpha() for pieces in split.values())
    seen, pairs, cells_in_all = Counter[str](), Counter[tuple[str, str]](), sum(map(cells.__getitem__, split))
    for cell, pieces in split.items():
        for piece in pieces:
            seen[piece] += cells[cell]
        for pair in pairwise(pieces):
            pairs[pair] += cells[cell]

    def is_one(begun: str, left: str, right: str) -> bool:
        always = (
            seen[left] == seen[right] == pairs[left, right] >= _OFTEN and pairs[left, right] < cells_in_all
        )
        apart = known_driver(left) and known_driver(right)
        return (
            (capitals and right[0].islower()) or begun.count("(") > begun.count(")") or (always and not apart)
        )

    labels = set()
    for pieces in split.values():
        begun = pieces[0]
        for left, right in pairwise(pieces):
            begun = f"{begun}, {right}" if is_one(begun, left, right) else right
            if begun is not right:
                labels.add(begun)
    return frozenset(labels)


def _cut(cell: str, separator: Separator, whole: Collection[str]) -> Iterator[str]:
    """Cut the cell into labels, preferring at each place the longest that is known to be one."""
    pieces = separator.pieces(cell)
    while pieces:
        lengths = range(len(pieces), 1, -1)
        taken = next((n for n in lengths if separator.written.join(pieces[:n]) in whole), 1)
        yield separator.written.join(pieces[:taken])
        del pieces[:taken]


def _named(label: str, names: Sequence[str]) -> str:
    number = int(label) if _NUMBER.fullmatch(label) else 0
    return names[number - 1] if 1 <= number <= len(names) else label


def _once(drivers: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(drivers))
