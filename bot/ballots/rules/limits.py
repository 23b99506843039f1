"""How much one ballot holds: all of them are as long, so that no length tells who wrote much."""

from storage.words import MOST_DRIVERS, NAME_LENGTH

COMMENT_LENGTH = 1000
"""Characters of a comment."""

_BYTES = 4  # that one character takes at the most
_DRIVER = NAME_LENGTH + 4  # characters: two of one name are told apart by a number
SIZE = _BYTES * (COMMENT_LENGTH + MOST_DRIVERS * _DRIVER) + MOST_DRIVERS + 3
"""Bytes of every ballot before it is sealed: the longest comment, the most drivers, what parts them, and the score."""
