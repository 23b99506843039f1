"""Imported answers as they are stored, without SQL: a process that only reads them need not wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

_MINUTES = [f" {hour:02}:{minute:02}:" for hour in range(24) for minute in range(60)]
_SECONDS = [f"{second:02}.000000" for second in range(60)]


Said = tuple[bytes, int, str | None, str | None, tuple[str, ...]]
"""One answer: its key, its score, its comment, its moment, what was ticked."""


@dataclass(frozen=True, slots=True)
class ImportedAnswers:
    """Answers that belong to nobody, column by column, since a million of them go from process to process.

    A key is the same whenever the same row comes; none stands here twice. Moments are as `stored_moment` writes them,
    None where nobody knows. `ticked` has each driver with the place of its answer, from 0.
    """

    keys: Sequence[bytes]
    scores: Sequence[int]
    comments: Sequence[str | None]
    moments: Sequence[str | None]
    ticked: Sequence[tuple[int, str]]


def in_columns(said: list[Said]) -> ImportedAnswers:
    """Put the answers, of which there is one at least, in the order of their keys.

    Keys are digests, so keys in the file's order would go all over their index.
    """
    said.sort(key=itemgetter(0))
    keys, scores, comments, moments, drivers = zip(*said, strict=True)
    ticked = [(place, driver) for place, some in enumerate(drivers) for driver in some]
    return ImportedAnswers(keys, scores, comments, moments, ticked)


def stored_moment(at: datetime) -> str:
    """Write a moment in UTC as SQLite keeps it, 2024-10-14 09:10:00.000000, from parts that are written already."""
    if at.microsecond:
        return at.isoformat(" ", "microseconds")[:-6]
    return _day(at.toordinal()) + _MINUTES[at.hour * 60 + at.minute] + _SECONDS[at.second]


@lru_cache(maxsize=1 << 12)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
