"""Which reasons a record names: ticked in columns of their own, joined in one cell, or ranked."""

from collections import Counter
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from bot.importing.cells.ticked import are_cut_otherwise, joined, one_each, separate
from bot.importing.columns.roles import Columns
from bot.importing.files.header import cells_of
from bot.importing.options import Options

AsRead = Callable[[str], str]


def drivers_of(
    columns: Columns, choices: Mapping[str, int], options: Options, read: AsRead, *, before: bool = False
) -> tuple[Callable[[list[str]], Any], Callable[[Any], tuple[str, ...]]] | None:
    """Give what takes the cells of a record, and what reads them; None where no column holds reasons.

    `choices` says how often each cell stands in the column of joined reasons. Each text is `read` before it is cut, as
    earlier releases did it where `before` is asked for.
    """
    if columns.joined:
        seen = Counter[str]()
        for cell, times in choices.items():
            seen[read(cell)] += times
        one = joined(seen, options.driver_labels, before=before)
        return itemgetter(columns.joined.index), lambda cell: one(read(cell))
    if columns.ticked:
        ticked = separate([read(column.label or column.question) for column in columns.ticked])
        return cells_of(columns.ticked), ticked
    if columns.ranked:
        return cells_of(columns.ranked), lambda cells: one_each(tuple(map(read, cells)))
    return None


def are_read_otherwise(columns: Columns, choices: Mapping[str, int], read: AsRead) -> bool:
    """Whether some of the texts say something else as they are `read`."""
    texts = [*choices, *(column.label or column.question for column in columns.ticked)]
    texts += [cell for column in columns.ranked for cell in column.values]
    return any(read(text) != text for text in texts) or are_cut_otherwise(choices)
