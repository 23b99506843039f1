"""Cursors, the same for every list."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.failures.errors import Code, WebApiError

from .call import Arguments

T = TypeVar("T")
_PREFIX = "next:"


def window(given: Arguments, *, default: int, most: int, at_once: int | None = None) -> tuple[int, int]:
    """Return where the page asked for begins and ends; raise WebApiError("invalid_limit" or "invalid_cursor").

    Slack gives fewer than it was asked for when it likes: `at_once` at most.
    """
    limit = given.whole("limit", default)
    if not 0 < limit <= most:
        raise WebApiError(Code.INVALID_LIMIT)
    start = _position(given.maybe("cursor"))
    return start, start + min(limit, at_once or limit)


def next_cursor(end: int, total: int) -> dict[str, str]:
    """Return the `response_metadata` with the cursor of the page after this one, empty after the last."""
    return {"next_cursor": b64encode(f"{_PREFIX}{end}".encode()).decode() if end < total else ""}


def page(
    items: Sequence[T], given: Arguments, *, default: int, most: int, at_once: int | None = None
) -> tuple[list[T], dict[str, str]]:
    """Return one page and its `response_metadata`; raise WebApiError("invalid_limit" or "invalid_cursor")."""
    start, end = window(given, default=default, most=most, at_once=at_once)
    return list(items[start:end]), next_cursor(end, len(items))


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix(_PREFIX))
    except ValueError:
        raise WebApiError(Code.INVALID_CURSOR) from None
