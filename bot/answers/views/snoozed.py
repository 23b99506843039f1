"""What the question becomes when somebody wants to be asked later."""

from dataclasses import dataclass
from datetime import UTC, datetime

from slackblocks import ActionsBlock, Button, ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import question
from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Question
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class SnoozedFacts:
    """A question that comes again at `until`, in the reader's zone."""

    invitation_id: int
    asked: Question
    until: datetime


def render(facts: SnoozedFacts, words: Words) -> Message:
    """Say when the question comes again, with a button to answer it now."""
    asked = question(facts.asked, words, escaped)
    again = words("I will ask you again on {moment}.", moment=words.moment(facts.until))
    answer = Button(words("Answer now"), action_id=ActionId.ASK_NOW, value=str(facts.invitation_id))
    return message(
        f"{asked}\n{again}",
        [
            ContextBlock([PlainText(question(facts.asked, words))]),
            SectionBlock(mrkdwn(again)),
            ActionsBlock([answer]),
        ],
    )


EXAMPLES = {
    "until tomorrow": SnoozedFacts(
        invitation_id=41,
        asked=Question(Kind.CUSTOMERS, "Acme"),
        until=datetime(2025, 12, 5, 9, 0, tzinfo=UTC),
    )
}
