"""The first rows of many, and how many more there are, in one statement: for whoever tells a person of them."""

from collections.abc import Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func

T = TypeVar("T")

IN_ALL: ColumnElement[Any] = func.count().over()
"""The last column of such a question: how many rows it would have without its limit."""


class First(NamedTuple, Generic[T]):
    """The rows that were asked for, and how many more there are."""

    rows: list[T]
    more: int


def first_of(found: Iterable[tuple[T, int]]) -> First[T]:
    """Take apart the rows and how many there are in all, which each of them names.

    >>> first_of([("a", 12), ("b", 12)])
    First(rows=['a', 'b'], more=10)
    """
    rows, totals = [], [0]
    for row, in_all in found:
        rows.append(row)
        totals.append(in_all)
    return First(rows, totals[-1] - len(rows))
