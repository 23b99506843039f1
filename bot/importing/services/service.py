"""What is known of one survey service's export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.importing.errors import listed
from bot.importing.files.header import Column, Header
from bot.importing.options import Format


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a file is of a service; of two services, the one with more `strength` is meant."""

    why: str
    strength: int


@dataclass(frozen=True, slots=True)
class Service:
    """`evidence` looks at a header, `score` finds what the service itself calls the score.

    `row_id` and `moments` are keys of header words, tried before those that any file may use. An answer is unfinished
    when its cell below `submitted` is blank.
    """

    format: Format
    evidence: Callable[[Header], Evidence | None]
    score: Callable[[Header], list[Column]] = lambda _: []
    row_id: frozenset[str] = frozenset()
    moments: tuple[frozenset[str], ...] = ()
    submitted: frozenset[str] = frozenset()


def marked(header: Header, marks: Mapping[str, frozenset[str]], *, needed: int) -> Evidence | None:
    """Give the marks that the header has, if they are at least `needed`; each mark has its words in all languages."""
    found = [
        next(column.name for column in header.columns if column.keys & words)
        for words in marks.values()
        if words & header.keys
    ]
    return Evidence(f"its header has {listed(found)}", len(found)) if len(found) >= needed else None
