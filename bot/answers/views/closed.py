"""What the question becomes when its wave closes before somebody has answered."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import question
from bot.answers.views.opted_out import ask_again_button
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Question
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class ClosedQuestionFacts:
    """A question that takes no more answers; `wants_none` when its person asked for no more questions."""

    asked: Question
    wants_none: bool = False


def render(facts: ClosedQuestionFacts, words: Words) -> Message:
    """Say that the question is closed: it has no scores to tap any more."""
    asked = question(facts.asked, words, escaped)
    closed = words("This question is closed.")
    lines, buttons = [closed], list[Block]()
    if facts.wants_none:
        lines.append(words("I will not ask you again, in any survey."))
        buttons.append(ActionsBlock([ask_again_button(words)]))
    return message(
        "\n".join([asked, *lines]),
        [
            ContextBlock([PlainText(question(facts.asked, words))]),
            SectionBlock(mrkdwn("\n".join(lines))),
            *buttons,
        ],
    )


_CUSTOMERS = ClosedQuestionFacts(asked=Question(Kind.CUSTOMERS, "Acme"))

EXAMPLES = {
    "customers": _CUSTOMERS,
    "employees": replace(_CUSTOMERS, asked=Question(Kind.EMPLOYEES, "Acme")),
    "not to be asked": replace(_CUSTOMERS, wants_none=True),
}
