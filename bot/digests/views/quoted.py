"""Some of what people wrote, quoted for a channel: as plain text, where nothing is a link and nobody is called."""

from collections.abc import Sequence

from slackblocks import Block, PlainText, SectionBlock

from bot.message import escaped, mrkdwn
from bot.typed import lines
from bot.wording import Words

COMMENT_QUOTED = 400
"""Characters of one comment."""


def quoted_blocks(comments: Sequence[str], words: Words) -> list[Block]:
    """Make a title and a block for each comment; nothing without one."""
    if not comments:
        return []
    said = [SectionBlock(PlainText(_in_marks(lines(one, COMMENT_QUOTED), words))) for one in comments]
    return [SectionBlock(mrkdwn(f"*{words('Some of what people wrote')}*")), *said]


def quoted_lines(comments: Sequence[str], words: Words) -> list[str]:
    """Give the same in lines of mrkdwn."""
    if not comments:
        return []
    said = (_in_marks(escaped(one, COMMENT_QUOTED), words) for one in comments)
    return [words("Some of what people wrote"), *said]


def _in_marks(comment: str, words: Words) -> str:
    return words("“{comment}”", comment=comment)
