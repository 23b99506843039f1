"""The question that stands once in a channel, for anyone there. No answer ever shows in it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import ContextBlock, PlainText, SectionBlock

from bot.answers.views.invitation import (
    above,
    may_be_quoted,
    question,
    question_header,
    unless_you_say_so,
    until_when,
)
from bot.answers.views.kept_for import kept_for
from bot.answers.views.scale import score_rows, the_ends
from bot.ids import ActionId
from bot.kit.views import time_zones
from bot.kit.views.acted import DONE, YouSaid, you_said
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Question
from storage.words import Kind


@dataclass(frozen=True, slots=True)
class OpenQuestionFacts:
    """A wave's one message. `closes_at` is in the survey's zone, since many read it.

    `acted` is what came last of what people said.
    """

    wave_id: int
    asked: Question
    closes_at: datetime
    is_closed: bool = False
    keep_days: int | None = None
    follows_up: bool = False
    may_be_quoted: bool = False
    acted: YouSaid | None = None


def render(facts: OpenQuestionFacts, words: Words) -> Message:
    """Make the channel's one message; once the wave is closed it has no buttons and thanks everyone."""
    return _closed(facts, words) if facts.is_closed else _open(facts, words)


def _open(facts: OpenQuestionFacts, words: Words) -> Message:
    invited = words("Everyone in this channel can answer. One tap is all it takes.")
    seen = words("Nobody here sees your answer. Managers can see it, and your name.")
    if facts.may_be_quoted:
        seen = f"{seen} {may_be_quoted(words)}"
    if facts.follows_up:
        seen = f"{seen} {unless_you_say_so(words)}"
    until = until_when(facts.closes_at, words)
    zone = words(
        "The time is that of {time_zone}.", time_zone=time_zones.readable(str(facts.closes_at.tzinfo))
    )
    asked = question(facts.asked, words, escaped)
    small_print = "\n".join(filter(None, [seen, f"{until} {zone}", kept_for(facts.keep_days, words)]))
    told = you_said(facts.acted, words) if facts.acted else ""
    return message(
        "\n".join(filter(None, [asked, invited, the_ends(words), small_print, told])),
        [
            *above(facts.acted, words),
            question_header(facts.asked, words),
            SectionBlock(mrkdwn(f"{invited}\n{the_ends(words)}")),
            *score_rows(ActionId.OPEN_SCORE, facts.wave_id, words),
            ContextBlock([mrkdwn(small_print)]),
        ],
    )


def _closed(facts: OpenQuestionFacts, words: Words) -> Message:
    asked = question(facts.asked, words, escaped)
    closed = words("This question is closed. Thank you to everyone who answered!")
    return message(
        f"{asked}\n{closed}",
        [
            ContextBlock([PlainText(question(facts.asked, words))]),
            SectionBlock(mrkdwn(closed)),
        ],
    )


_OPEN = OpenQuestionFacts(
    wave_id=5, asked=Question(Kind.CUSTOMERS, "Acme"), closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC)
)

EXAMPLES = {
    "open": _OPEN,
    "followed up": replace(_OPEN, follows_up=True),
    "may be quoted": replace(_OPEN, may_be_quoted=True),
    "after something was done": replace(_OPEN, acted=DONE),
    "closed": replace(_OPEN, is_closed=True),
    "kept for 90 days": replace(_OPEN, keep_days=90),
}
