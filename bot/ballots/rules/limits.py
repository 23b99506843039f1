"""How much one ballot holds: all of them are as long, so that no length tells who wrote much."""

SIZE = 4096
"""Bytes of every ballot before it is sealed."""
COMMENT_LENGTH = 1000
"""Characters of a comment; each takes four bytes at the most."""
