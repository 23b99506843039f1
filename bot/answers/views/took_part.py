"""What an anonymous question becomes once it is answered. No answer ever shows in it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import question, thanks
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Question
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class TookPartFacts:
    """That somebody answered. `closes_at` is in the reader's zone."""

    asked: Question
    closes_at: datetime
    is_closed: bool = False


def render(facts: TookPartFacts, words: Words) -> Message:
    """Make the message that replaces the eleven buttons: thanks, and when the result comes."""
    moment = words.moment(facts.closes_at) if facts.is_closed else words.deadline(facts.closes_at)
    if facts.is_closed:
        when = words("The question closed on {moment}.", moment=moment)
    else:
        when = words("Answers stay sealed until the question closes, {moment}.", moment=moment)
    return message(
        "\n".join([question(facts.asked, words, escaped), thanks(words), when]),
        [
            ContextBlock([PlainText(question(facts.asked, words))]),
            SectionBlock(mrkdwn(thanks(words))),
            ContextBlock([PlainText(when)]),
        ],
    )


_OPEN = TookPartFacts(Question(Kind.EMPLOYEES, "Acme"), datetime(2025, 12, 5, 17, 0, tzinfo=UTC))

EXAMPLES = {"open": _OPEN, "closed": replace(_OPEN, is_closed=True)}
