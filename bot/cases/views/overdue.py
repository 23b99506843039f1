"""What the follow-up channel reads once of a case in which nobody has made contact in time."""

from dataclasses import dataclass

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.ids import COMMAND, ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class OverdueFacts:
    """One case; `owner` is who has it, None where nobody has."""

    case_id: int
    survey_name: str
    owner: str | None


def render(facts: OverdueFacts, words: Words) -> Message:
    """Make the message, with the button of what comes next. It names nobody but who has the case."""
    named = {
        "survey": escaped(facts.survey_name),
        "owner": f"<@{facts.owner}>",
        "command": f"`{COMMAND} cases overdue`",
    }
    if facts.owner is None:
        said = words(
            "Somebody who answered “{survey}” has waited for two working days to be contacted, and nobody has taken "
            "their case. {command} shows it.",
            **named,
        )
        button = Button(
            words("Take"), action_id=ActionId.CASE_TAKE, value=str(facts.case_id), style="primary"
        )
    else:
        said = words(
            "Somebody who answered “{survey}” has waited for two working days to be contacted. {owner} has their case. "
            "{command} shows it.",
            **named,
        )
        button = Button(words("Contacted"), action_id=ActionId.CASE_CONTACTED, value=str(facts.case_id))
    return message(said, [SectionBlock(mrkdwn(said)), ActionsBlock([button])])


EXAMPLES = {
    "nobody has it": OverdueFacts(5, "Acme <customers>", None),
    "somebody has it": OverdueFacts(5, "Acme", "U1"),
}
