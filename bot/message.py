"""What a view gives back, and the few things every view needs to stay safe and inside Slack's limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from slackblocks import Block, Markdown, MessageResponse, SectionBlock, View

from bot.typed import one_line
from storage.words import NAME_LENGTH

Json = dict[str, Any]

QUOTE_LENGTH = 300

_SECTION_LENGTH = 3000
_TEXT_LENGTH = 4000
_RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Message:
    """What `chat.postMessage` and its kin take. `text` tells the facts of `blocks` to notifications and screen readers."""

    text: str
    blocks: list[Json]


def message(text: str, blocks: list[Block]) -> Message:
    """Make a message; slackblocks raises InvalidUsageError where Slack's limits are passed."""
    return Message(text, _without_random_ids(MessageResponse(text=text, blocks=blocks).to_dict()["blocks"]))


def sentence(text: str) -> Message:
    """Make a message of one mrkdwn text."""
    return message(text, [SectionBlock(mrkdwn(text))])


def first_lines(lines: Sequence[str]) -> str:
    """Join as many lines as a text holds that may be changed later; the blocks say all of them."""
    text = "\n".join(lines)
    return text if len(text) <= _TEXT_LENGTH else text[: text.rindex("\n", 0, _TEXT_LENGTH)]


def sections(lines: Iterable[str]) -> list[Block]:
    """Put lines of mrkdwn into as few sections as hold them."""
    parts = list[str]()
    for line in lines:
        if parts and len(parts[-1]) + len(line) < _SECTION_LENGTH:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return [SectionBlock(mrkdwn(part)) for part in parts]


def view(surface: View) -> Json:
    """Make what `views.open`, `views.update` and `views.publish` take."""
    rendered: Json = surface.to_dict()
    return rendered | {"blocks": _without_random_ids(rendered["blocks"])}


def mrkdwn(text: str) -> Markdown:
    """Format the text as mrkdwn; Slack links only what is marked as a link, not a #word somebody typed."""
    return Markdown(text, verbatim=True)


def escaped(typed: str, limit: int = NAME_LENGTH) -> str:
    """Cut like `one_line` and escape, for mrkdwn, where a bare <!channel> would call everyone."""
    return one_line(typed, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(typed: str, limit: int = NAME_LENGTH) -> str:
    """Escape what goes between backticks: a backtick of its own would end the code early."""
    return escaped(typed, limit).replace("`", "'")


def _without_random_ids(blocks: list[Json]) -> list[Json]:
    # slackblocks invents an id for each block without one; a view must be the same each time.
    return [
        {key: value for key, value in block.items() if key != "block_id" or not _RANDOM_ID.fullmatch(value)}
        for block in blocks
    ]
