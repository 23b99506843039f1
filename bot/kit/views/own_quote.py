"""That a person may be quoted, as they read it themselves, with the button that ends it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from slackblocks import Block, Button, SectionBlock

from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.words import QuoteState

COMMENT_SHOWN = 120


@dataclass(frozen=True, slots=True)
class OwnQuoteFacts:
    """What one person said of a survey and may be quoted with; `channel_id` is where it stands, or comes."""

    invitation_id: int
    survey_name: str
    comment: str
    with_name: bool = False
    state: QuoteState = QuoteState.OFFERED
    channel_id: str | None = None


def render(facts: OwnQuoteFacts, words: Words) -> Message:
    """Make a message of it, as App Home shows it."""
    return message(in_a_line(facts, words), own_quote_blocks([facts], words))


def own_quote_blocks(
    quotes: Iterable[OwnQuoteFacts], words: Words, action: ActionId = ActionId.QUOTE_TAKE_BACK
) -> list[Block]:
    """Make a block for each, with its button."""
    return [
        SectionBlock(
            mrkdwn(in_a_line(one, words)), accessory=take_back_button(one.invitation_id, words, action)
        )
        for one in quotes
    ]


def take_back_button(invitation_id: int, words: Words, action: ActionId = ActionId.QUOTE_TAKE_BACK) -> Button:
    """Make the button that ends it."""
    return Button(words("Do not quote me"), action_id=action, value=str(invitation_id))


def in_a_line(facts: OwnQuoteFacts, words: Words) -> str:
    """Say in mrkdwn what of theirs may be quoted, and where it is."""
    said = words(
        "Of “{survey}” you said “{comment}”.",
        survey=escaped(facts.survey_name),
        comment=escaped(facts.comment, COMMENT_SHOWN),
    )
    return f"{said} {standing(facts, words)}"


def standing(facts: OwnQuoteFacts, words: Words) -> str:
    """Say whether they may be quoted, or are, with their name or without."""
    if facts.state is QuoteState.POSTED and facts.channel_id:
        if facts.with_name:
            return words("You are quoted in {channel}, with your name.", channel=f"<#{facts.channel_id}>")
        return words("You are quoted in {channel}, without your name.", channel=f"<#{facts.channel_id}>")
    if facts.with_name:
        return words("You may be quoted, with your name.")
    return words("You may be quoted, without your name.")


_OFFERED = OwnQuoteFacts(41, "Acme <customers>", "Support answers within minutes, & they are <kind>.")

EXAMPLES = {
    "without the name": _OFFERED,
    "with the name": replace(_OFFERED, with_name=True),
    "quoted": replace(_OFFERED, state=QuoteState.POSTED, channel_id="C1"),
    "quoted, with the name": replace(_OFFERED, with_name=True, state=QuoteState.POSTED, channel_id="C1"),
    "long": replace(_OFFERED, comment="Long & " * 200),
}
