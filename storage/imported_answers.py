"""Imported answers as they are stored, without SQL: a process that only reads them need not wait for it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

_MINUTES = [f" {hour:02}:{minute:02}:" for hour in range(24) for minute in range(60)]
_SECONDS = [f"{second:02}.000000" for second in range(60)]


@dataclass(slots=True)
class ImportedAnswers:
    """Answers that belong to nobody, column by column, since a million of them go from process to process.

    A key is the same whenever the same row comes; none stands here twice. Moments are as `stored_moment` writes them,
    None where nobody knows. `ticked` has each driver with the place of its answer, from 0.
    """

    keys: list[bytes] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)
    comments: list[str | None] = field(default_factory=list)
    moments: list[str | None] = field(default_factory=list)
    ticked: list[tuple[int, str]] = field(default_factory=list)


def stored_moment(at: datetime) -> str:
    """Write a moment in UTC as SQLite keeps it, 2024-10-14 09:10:00.000000: isoformat would take thrice as long."""
    if at.microsecond:
        return at.isoformat(" ", "microseconds")[:-6]
    return _day(at.toordinal()) + _MINUTES[at.hour * 60 + at.minute] + _SECONDS[at.second]


@lru_cache(maxsize=1 << 12)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
