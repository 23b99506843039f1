"""Cursors, the same for every list."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.errors import Code, SlackError

from .call import Arguments

T = TypeVar("T")
_PREFIX = "next:"


def page(items: Sequence[T], given: Arguments, *, default: int, most: int) -> tuple[list[T], dict[str, str]]:
    """Return one page and the `response_metadata` with the cursor of the next, empty after the last.

    Raises SlackError("invalid_limit" or "invalid_cursor").
    """
    limit = given.whole("limit", default)
    if not 0 < limit <= most:
        raise SlackError(Code.INVALID_LIMIT)
    start = _position(given.maybe("cursor"))
    end = start + limit
    cursor = b64encode(f"{_PREFIX}{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": cursor}


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix(_PREFIX))
    except ValueError:
        raise SlackError(Code.INVALID_CURSOR) from None
