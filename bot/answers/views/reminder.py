"""The question once more, as a reply under it, for a person who has not answered."""

from dataclasses import dataclass

from slackblocks import ContextBlock, SectionBlock

from bot.answers.views.invitation import EXAMPLES as INVITATIONS
from bot.answers.views.invitation import (
    InvitationFacts,
    not_now,
    question,
    question_header,
    score_rows,
    the_ends,
    who_sees,
)
from bot.answers.views.kept_for import kept_for
from bot.ids import Action
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """A reminder of one invitation; `number` 1 is the first, `is_last` when no other follows."""

    invitation: InvitationFacts
    number: int
    is_last: bool


def render(facts: ReminderFacts, words: Words) -> Message:
    """Make the reply below the question: that it is still open, then the question with its eleven buttons again."""
    asked = facts.invitation
    lead = _lead(facts, words)
    lines = [
        lead,
        question(asked.asked, words, escaped),
        the_ends(words),
        who_sees(asked.asked.kind, words),
        kept_for(asked.keep_days, words),
    ]
    blocks = [
        SectionBlock(mrkdwn(lead)),
        question_header(asked.asked, words),
        SectionBlock(mrkdwn(the_ends(words))),
        *score_rows(Action.SCORE, asked.invitation_id, words),
        ContextBlock([mrkdwn("\n".join(filter(None, lines[3:])))]),
        *not_now(asked, words),
    ]
    return message("\n".join(filter(None, lines)), blocks)


def _lead(facts: ReminderFacts, words: Words) -> str:
    not_yet = words(
        "You have not answered yet. It takes ten seconds, and the question is open until {moment}.",
        moment=words.deadline(facts.invitation.closes_at),
    )
    if not facts.is_last:
        return not_yet
    last = words("This is the only reminder.") if facts.number == 1 else words("This is the last reminder.")
    return f"{not_yet} {last}"


EXAMPLES = {
    "one more follows": ReminderFacts(INVITATIONS["employee"], number=1, is_last=False),
    "the last": ReminderFacts(INVITATIONS["employee"], number=2, is_last=True),
    "the only one": ReminderFacts(INVITATIONS["customer"], number=1, is_last=True),
}
