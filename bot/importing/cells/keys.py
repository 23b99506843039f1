"""Header words without what differs by accident: case, accents, spaces, punctuation."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_LONGEST = 2_000  # of a header: what follows says nothing of the column's kind


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Give the letters and digits alone, so that "RespondentID" and "Respondent ID" are one.

    >>> key("ID du répondant :")
    'iddurepondant'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Give the words with one space before, between and after them, to look for whole words or for their beginnings.

    >>> plain("Date d’envoi"), plain("surveyDate_utc")
    (' date d envoi ', ' survey date utc ')
    """
    apart = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text[:_LONGEST])).casefold()
    letters = (c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in apart)
    return f" {' '.join(''.join(letters).split())} "


def keys(words: str) -> frozenset[str]:
    """Give the key of each word of a list written with | between them."""
    return frozenset(stems(words))


def stems(words: str) -> tuple[str, ...]:
    """Give the same in their order, to look for inside a key."""
    return tuple(filter(None, map(key, words.split("|"))))


def beginnings(words: str) -> tuple[str, ...]:
    """Give the words to look for at the beginning of a word of `plain`; those that end in ! are whole words.

    >>> beginnings("indicar|at!")
    (' indicar', ' at ')
    """
    return tuple(
        plain(word.removesuffix("!")).removesuffix("" if word.endswith("!") else " ")
        for word in words.split("|")
    )


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether a `plain` text holds one of the beginnings."""
    return any(word in text for word in words)
