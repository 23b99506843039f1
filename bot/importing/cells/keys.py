"""Header words without what differs by accident: case, accents, spaces, punctuation."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Give the letters and digits alone, so that "RespondentID" and "Respondent ID" are one.

    >>> key("ID du répondant :")
    'iddurepondant'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def keys(words: str) -> frozenset[str]:
    """Give the key of each word of a list written with | between them."""
    return frozenset(stems(words))


def stems(words: str) -> tuple[str, ...]:
    """Give the same in their order, to look for inside a key."""
    return tuple(key(word) for word in words.split("|"))
