"""Values out of a request: each is what Slack sends in its place, or the request is refused."""

from typing import Any, TypeGuard

from bot.errors import Refused
from bot.kit.views import notices
from storage.database.text import storable

Body = dict[str, Any]

_LARGEST_ID = 2**31 - 1
"""PostgreSQL's integer, which the keys are, holds no more."""

_LONGEST_ID = 64
"""Slack's have eleven characters today, and it asks for room: it may make them longer."""


def malformed() -> Refused:
    """Say that a request does not hold what it should."""
    return Refused("malformed", notices.bad_click)


def number(text: object) -> int:
    """Read a whole number, such as a row's id, out of what we wrote into a button or a modal. Raises Refused."""
    if not (
        isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_ID))
    ):
        raise malformed()
    if (read := int(text)) > _LARGEST_ID:
        raise malformed()
    return read


def is_id(found: object) -> TypeGuard[str]:
    """Say whether this may be an id of Slack's: letters and digits, which every database can hold."""
    return isinstance(found, str) and found.isascii() and found.isalnum() and len(found) <= _LONGEST_ID


def as_object(found: object) -> Body:
    """Read a JSON object; what is none holds nothing."""
    return found if isinstance(found, dict) else {}


def as_list(found: object) -> list[object]:
    """Read a JSON list; what is none holds nothing."""
    return found if isinstance(found, list) else []


def as_text(value: object) -> str:
    """Read what we wrote into a button, an option or a block. Raises Refused."""
    if not isinstance(value, str):
        raise malformed()
    return value


def as_typed(typed: object) -> str:
    """Read what a person typed, as every database can hold it; what is no text is empty."""
    return storable(typed) if isinstance(typed, str) else ""
