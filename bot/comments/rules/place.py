"""Which conversation a button means, and where the page of comments begins that it stands in."""

import re
from typing import NamedTuple

_WAVE = re.compile(r"[0-9]{1,9}")
KEY_LENGTH = 16
"""Bytes of a conversation's key, as of a ballot's."""


class Place(NamedTuple):
    """A conversation, and the ballot after which the page of comments begins; None for the first page."""

    key: bytes
    after: tuple[int, bytes] | None = None


def read(written: str) -> Place | None:
    r"""Read what `written_as` wrote; None where that is something else.

    >>> read(written_as(b"k" * 16, (7, "00ff")))
    Place(key=b'kkkkkkkkkkkkkkkk', after=(7, b'\x00\xff'))
    >>> read("something else")
    """
    key, _, place = written.partition(":")
    wave, _, ballot = place.partition(":")
    try:
        found, after = bytes.fromhex(key), bytes.fromhex(ballot)
    except ValueError:
        return None
    if len(found) != KEY_LENGTH or (place and not _WAVE.fullmatch(wave)):
        return None
    return Place(found, (int(wave), after) if place else None)


def written_as(key: bytes, after: tuple[int, str] | None = None) -> str:
    """Write it into a button."""
    return ":".join([key.hex(), *map(str, after or ())])
