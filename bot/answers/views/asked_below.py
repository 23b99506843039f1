"""What an older message of a question becomes when the question has come again."""

from dataclasses import dataclass

from slackblocks import ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import question
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Question
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class AskedBelowFacts:
    """A question that stands in a newer message."""

    asked: Question


def render(facts: AskedBelowFacts, words: Words) -> Message:
    """Say that a newer message asks: this one has nothing to use any more."""
    asked = question(facts.asked, words, escaped)
    told = words("I have asked you again in a newer message, below.")
    return message(
        f"{asked}\n{told}",
        [ContextBlock([PlainText(question(facts.asked, words))]), SectionBlock(mrkdwn(told))],
    )


EXAMPLES = {"customers": AskedBelowFacts(asked=Question(Kind.CUSTOMERS, "Acme"))}
