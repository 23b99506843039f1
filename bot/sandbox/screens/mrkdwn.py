"""Read Slack's mrkdwn as a person sees it, without its marks (docs.slack.dev/messaging/formatting-message-text)."""

import re
from collections.abc import Mapping
from html import unescape

_REFERENCE = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_MARKED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])")


def unmarked(text: str, names: Mapping[str, str]) -> str:
    """Return the text a person reads; `names` maps user and channel ids to names.

    >>> unmarked("*Hello* <@U1>, R&amp;D says _hi_", {"U1": "Ada"})
    'Hello @Ada, R&D says hi'
    """
    read = _REFERENCE.sub(lambda found: _read(found[1], found[2], names), text)
    previous = None
    while read != previous:
        previous, read = read, _MARKED.sub(r"\2", read)
    return unescape(read)


def _read(target: str, label: str | None, names: Mapping[str, str]) -> str:
    if target[0] in "@#":
        return target[0] + (label or names.get(target[1:], target[1:]))
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return f"{label} ({target})" if label else target
