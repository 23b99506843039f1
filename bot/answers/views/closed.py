"""What the question becomes when its wave closes before somebody has answered."""

from dataclasses import dataclass, replace

from slackblocks import ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import question
from bot.message import Message, escaped, message, mrkdwn, one_line
from bot.wording import Words
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class ClosedFacts:
    """A question that takes no more answers."""

    subject: str
    kind: Kind


def render(facts: ClosedFacts, words: Words) -> Message:
    """Say that the question is closed: it has no buttons any more."""
    asked = question(facts.kind, escaped(facts.subject), words)
    closed = words("This question is closed.")
    return message(
        f"{asked}\n{closed}",
        [
            ContextBlock([PlainText(question(facts.kind, one_line(facts.subject), words))]),
            SectionBlock(mrkdwn(closed)),
        ],
    )


_CUSTOMERS = ClosedFacts(subject="Acme", kind=Kind.CUSTOMERS)

EXAMPLES = {"customers": _CUSTOMERS, "employees": replace(_CUSTOMERS, kind=Kind.EMPLOYEES)}
