"""A quote, as a channel reads it: the words as plain text, where nothing is a link and nobody is called."""

from dataclasses import dataclass, replace

from slackblocks import Block, ContextBlock, PlainText, SectionBlock

from bot.message import QUOTE_LENGTH, Message, escaped, message, mrkdwn
from bot.typed import lines
from bot.wording import Words

QUOTED = 2900
"""Characters of a comment that one block shows."""


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What somebody said of a survey; `user_id` is None where their name may not stand beside it."""

    survey_name: str
    comment: str
    user_id: str | None = None


def render(facts: QuoteFacts, words: Words) -> Message:
    """Make the message. No score stands in it."""
    of_what = words("Somebody said of “{survey}”:", survey=escaped(facts.survey_name))
    may = words("Quoted without a name, as its author wishes.")
    if facts.user_id:
        of_what = words(
            "{person} said of “{survey}”:", person=f"<@{facts.user_id}>", survey=escaped(facts.survey_name)
        )
        may = words("Quoted with their consent.")
    blocks: list[Block] = [
        SectionBlock(mrkdwn(of_what)),
        SectionBlock(PlainText(words("“{comment}”", comment=lines(facts.comment, QUOTED)))),
        ContextBlock([PlainText(may)]),
    ]
    quoted = words("“{comment}”", comment=escaped(facts.comment, QUOTE_LENGTH))
    return message(f"{of_what}\n{quoted}\n{may}", blocks)


_UNNAMED = QuoteFacts("Acme <customers>", "Fast & *friendly*.\n<!channel> <https://x.example|here>")

EXAMPLES = {
    "without the name": _UNNAMED,
    "with the name": replace(_UNNAMED, user_id="U2"),
    "long": replace(_UNNAMED, comment="Long & " * 1000),
}
