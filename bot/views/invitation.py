"""The question and its eleven buttons: in a direct message, and again in App Home."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from slackblocks import ActionsBlock, Block, Button, ContextBlock, HeaderBlock, PlainText, SectionBlock

from bot.ids import Action
from bot.views.message import Message, escaped, message, mrkdwn, one_line
from bot.wording import Words, mark
from scoring.scale import HIGHEST, LOWEST

Kind = Literal["employees", "customers"]

QUESTIONS: dict[Kind, str] = {
    "employees": mark("How likely are you to recommend {subject} as a place to work?"),
    "customers": mark("How likely are you to recommend {subject} to a friend or colleague?"),
}
ROWS = (range(LOWEST, 6), range(6, HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """One person's question. `closes_at` is in the reader's zone; `chosen` is the score that stands, if any."""

    invitation_id: int
    subject: str
    kind: Kind
    closes_at: datetime
    chosen: int | None = None


def question(kind: Kind, subject: str, words: Words) -> str:
    """Word the question in plain text. A subject for mrkdwn must come escaped."""
    return words(QUESTIONS[kind], subject=subject)


def render(facts: InvitationFacts, words: Words) -> Message:
    lines = [
        question(facts.kind, escaped(facts.subject), words),
        what_to_do(facts, words, bold=""),
        the_ends(words),
        who_sees(words),
        until_when(facts.closes_at, words),
    ]
    return message("\n".join(lines), question_blocks(facts, words))


def question_blocks(facts: InvitationFacts, words: Words) -> list[Block]:
    """Make the blocks of one question, five of them."""
    small_print = f"{who_sees(words)}\n{until_when(facts.closes_at, words)}"
    return [
        HeaderBlock(PlainText(question(facts.kind, one_line(facts.subject), words))),
        SectionBlock(mrkdwn(f"{what_to_do(facts, words, bold='*')}\n{the_ends(words)}")),
        *(ActionsBlock([_score_button(score, facts, words) for score in row]) for row in ROWS),
        ContextBlock([mrkdwn(small_print)]),
    ]


def what_to_do(facts: InvitationFacts, words: Words, bold: str) -> str:
    if facts.chosen is None:
        return words("One tap is all it takes.")
    chosen = f"{bold}{facts.chosen}{bold}"
    return words("You chose {score}. Tap another number to change it.", score=chosen)


def the_ends(words: Words) -> str:
    return words("0 = not at all likely · 10 = extremely likely")


def who_sees(words: Words) -> str:
    return words("Managers can see your answer and your name. Everyone else sees only the totals.")


def until_when(closes_at: datetime, words: Words) -> str:
    return words("You can answer, and change your answer, until {moment}.", moment=words.moment(closes_at))


def _score_button(score: int, facts: InvitationFacts, words: Words) -> Button:
    return Button(
        text=str(score),
        action_id=f"{Action.SCORE}.{score}",
        value=f"{facts.invitation_id}:{score}",
        accessibility_label=_spoken(score, words),
    )


def _spoken(score: int, words: Words) -> str:
    if score == LOWEST:
        return words("{score} out of {highest}: not at all likely", score=score, highest=HIGHEST)
    if score == HIGHEST:
        return words("{score} out of {highest}: extremely likely", score=score, highest=HIGHEST)
    return words("{score} out of {highest}", score=score, highest=HIGHEST)


_CUSTOMER = InvitationFacts(
    invitation_id=41, subject="Acme", kind="customers", closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC)
)

EXAMPLES = {
    "customer": _CUSTOMER,
    "employee": replace(_CUSTOMER, kind="employees"),
    "changing": replace(_CUSTOMER, chosen=9),
}
