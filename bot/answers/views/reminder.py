"""The question once more, as a reply under it, for a person who has not answered."""

from dataclasses import dataclass

from slackblocks import ContextBlock, SectionBlock

from bot.answers.views.invitation import EXAMPLES as INVITATIONS
from bot.answers.views.invitation import (
    InvitationFacts,
    above,
    not_now,
    own_score_rows,
    question,
    question_header,
    who_sees,
)
from bot.answers.views.kept_for import kept_for
from bot.answers.views.scale import the_ends
from bot.kit.views.acted import you_said
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
        who_sees(asked, words),
        kept_for(asked.keep_days, words),
        you_said(asked.acted, words) if asked.acted else "",
    ]
    blocks = [
        SectionBlock(mrkdwn(lead)),
        *above(asked.acted, words),
        question_header(asked.asked, words),
        SectionBlock(mrkdwn(the_ends(words))),
        *own_score_rows(asked, words),
        ContextBlock([mrkdwn("\n".join(filter(None, lines[3:5])))]),
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
    "anonymous": ReminderFacts(INVITATIONS["anonymous"], number=1, is_last=True),
    "one more follows": ReminderFacts(INVITATIONS["employee"], number=1, is_last=False),
    "after something was done": ReminderFacts(
        INVITATIONS["after something was done"], number=1, is_last=True
    ),
    "the last": ReminderFacts(INVITATIONS["employee"], number=2, is_last=True),
    "the only one": ReminderFacts(INVITATIONS["customer"], number=1, is_last=True),
}
