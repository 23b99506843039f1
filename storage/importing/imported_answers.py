"""Imported answers as they are stored, without SQL: a process that only reads them need not wait for it."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple, TypeVar

Value = TypeVar("Value")

_MINUTES = [f" {hour:02}:{minute:02}:" for hour in range(24) for minute in range(60)]
_SECONDS = [f"{second:02}.000000" for second in range(60)]


class Said(NamedTuple):
    """One answer: its key, what it says, its moment, what was ticked, who gave it, and what else the file tells.

    `old_key` is how the release before knew the same row.
    """

    key: bytes
    old_key: bytes | None
    score: int
    comment: str | None
    moment: str | None
    drivers: tuple[str, ...] = ()
    person: str | None = None
    properties: dict[str, str] | None = None


class Linked(NamedTuple):
    """How many `people` the answers name by an e-mail address, and how many of them are `known` in Slack."""

    people: int
    known: int


@dataclass(frozen=True, slots=True)
class ImportedAnswers:
    """Answers column by column, since a million of them go from process to process.

    A key is the same whenever the same row comes; none stands here twice. Moments are as `stored_moment` writes them,
    None where nobody knows. `drivers` are what each answer named; `told` has each property with the place of its answer,
    from 0.
    """

    keys: Sequence[bytes]
    old_keys: Sequence[bytes | None]
    scores: Sequence[int]
    comments: Sequence[str | None]
    moments: Sequence[str | None]
    people: Sequence[str | None]
    drivers: Sequence[tuple[str, ...]]
    told: Sequence[tuple[int, str, str]] = ()

    def without(self, known: Container[bytes]) -> "ImportedAnswers":
        """Leave out the answers with these keys."""
        places = [place for place, key in enumerate(self.keys) if key not in known]
        new_place = {place: number for number, place in enumerate(places)}
        return ImportedAnswers(
            _picked(self.keys, places),
            _picked(self.old_keys, places),
            _picked(self.scores, places),
            _picked(self.comments, places),
            _picked(self.moments, places),
            _picked(self.people, places),
            _picked(self.drivers, places),
            [(new_place[place], name, value) for place, name, value in self.told if place in new_place],
        )


class SaidColumns(NamedTuple):
    """The same for many answers, column by column; `old_keys` is `keys` itself where no release knew them by others."""

    keys: Sequence[bytes]
    old_keys: Sequence[bytes | None]
    scores: Sequence[int]
    comments: Sequence[str | None]
    moments: Sequence[str | None]
    drivers: Sequence[tuple[str, ...]]
    people: Sequence[str | None]
    properties: Sequence[dict[str, str] | None]

    def at(self, places: Iterable[int]) -> ImportedAnswers:
        """Give the answers at these places in the order of their keys.

        Keys are digests, so keys in the file's order would go all over their index.
        """
        order = sorted(places, key=self.keys.__getitem__)
        keys = _picked(self.keys, order)
        properties = enumerate(_picked(self.properties, order))
        return ImportedAnswers(
            keys,
            keys if self.old_keys is self.keys else _picked(self.old_keys, order),
            _picked(self.scores, order),
            _picked(self.comments, order),
            _picked(self.moments, order),
            _picked(self.people, order),
            _picked(self.drivers, order),
            [(place, name, value) for place, some in properties if some for name, value in some.items()],
        )


def _picked(column: Sequence[Value], places: Iterable[int]) -> list[Value]:
    return list(map(column.__getitem__, places))


def in_columns(said: Sequence[Said]) -> ImportedAnswers:
    """Put the answers, of which there is one at least, in the order of their keys."""
    return SaidColumns(*zip(*said, strict=True)).at(range(len(said)))


def stored_moment(at: datetime) -> str:
    """Write a moment in UTC as SQLite keeps it, 2024-10-14 09:10:00.000000, from parts that are written already."""
    if at.microsecond:
        return at.isoformat(" ", "microseconds")[:-6]
    return _day(at.toordinal()) + _MINUTES[at.hour * 60 + at.minute] + _SECONDS[at.second]


@lru_cache(maxsize=1 << 12)
def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
