"""The modal in which a manager says where a quote is to stand."""

from dataclasses import dataclass, replace

from slackblocks import (
    ContextBlock,
    ConversationFilter,
    ConversationSelectMenu,
    InputBlock,
    ModalView,
    PlainText,
    SectionBlock,
)

from bot.ids import Callback, Field
from bot.message import Json, escaped, mrkdwn, view
from bot.typed import lines
from bot.wording import Words

COMMENT_SHOWN = 2900


@dataclass(frozen=True, slots=True)
class QuoteFormFacts:
    """A quote, and the channel of its survey's digest, if one is to come.

    `shown` is which comments the manager read before: 0 for all, and else a number for each category.
    """

    quote_id: int
    survey_name: str
    comment: str
    shown: int
    user_id: str | None = None
    digest_channel: str | None = None


def render(facts: QuoteFormFacts, words: Words) -> Json:
    """Make the modal. Its `private_metadata` is "<quote>:<which comments were shown>"; `user_id` is None where the name may not stand."""
    who = (
        words("{person} may be quoted with the name.", person=f"<@{facts.user_id}>")
        if facts.user_id
        else words("It is quoted without the name.")
    )
    hint = words("It comes at once, and may be taken back at any time: by you, and by the person.")
    if facts.digest_channel:
        hint = words("If you choose none, it comes right after the next digest, in the same channel.")
    return view(
        ModalView(
            title=words("Quote"),
            submit=words("Quote"),
            close=words("Cancel"),
            callback_id=Callback.QUOTE,
            private_metadata=f"{facts.quote_id}:{facts.shown}",
            blocks=[
                SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*")),
                SectionBlock(PlainText(words("“{comment}”", comment=lines(facts.comment, COMMENT_SHOWN)))),
                ContextBlock([mrkdwn(who)]),
                InputBlock(
                    label=words("In which channel?"),
                    hint=hint,
                    optional=facts.digest_channel is not None,
                    block_id=Field.QUOTE_CHANNEL,
                    element=ConversationSelectMenu(
                        action_id=Field.QUOTE_CHANNEL,
                        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
                        placeholder=words("A channel"),
                    ),
                ),
            ],
        )
    )


_UNNAMED = QuoteFormFacts(3, "Acme <customers>", "Fast & *friendly* <!channel>", 1, digest_channel="C1")

EXAMPLES = {
    "without the name": _UNNAMED,
    "with the name": replace(_UNNAMED, user_id="U2"),
    "no digest": replace(_UNNAMED, digest_channel=None),
    "long": replace(_UNNAMED, comment="Long & " * 1000),
}
