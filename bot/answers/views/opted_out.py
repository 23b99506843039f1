"""What the question becomes when somebody wants no more of them, and when they have thought better of it."""

from dataclasses import dataclass

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from bot.ids import ActionId
from bot.message import Message, message, mrkdwn
from bot.wording import Words
from storage.words import QUARANTINE_DAYS


@dataclass(frozen=True, slots=True)
class OptedOutFacts:
    """A person's wish; `asked_again` when they have taken it back."""

    asked_again: bool = False
    quarantine_days: int = QUARANTINE_DAYS


def render(facts: OptedOutFacts, words: Words) -> Message:
    """Say that no survey asks any more, with a button to undo it; or, after that button, that they ask again."""
    if facts.asked_again:
        again = words("Thank you, I will ask you again.")
        told = " ".join(filter(None, [again, at_most_once(facts.quarantine_days, words)]))
    else:
        told = words("I will not ask you again, in any survey.")
    blocks: list[Block] = [SectionBlock(mrkdwn(told))]
    if not facts.asked_again:
        blocks.append(ActionsBlock([ask_again_button(words)]))
    return message(told, blocks)


def ask_again_button(words: Words) -> Button:
    """Make the button that undoes an opt-out; App Home has it too."""
    return Button(words("Ask me again"), action_id=ActionId.ASK_AGAIN)


def at_most_once(quarantine_days: int, words: Words) -> str:
    """Promise how seldom one person is asked; nothing where the workspace wants no such rule."""
    if not quarantine_days:
        return ""
    return words.plural(
        "You get at most one question in {n} day.",
        "You get at most one question in {n} days.",
        quarantine_days,
    )


EXAMPLES = {
    "stopped": OptedOutFacts(),
    "asked again": OptedOutFacts(asked_again=True),
    "asked again, without a quarantine": OptedOutFacts(asked_again=True, quarantine_days=0),
}
