"""Why a survey opens no wave: it is paused or has ended; a button resumes it."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.ids import COMMAND, ActionId
from bot.message import Message, code, escaped, message, mrkdwn
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class AtRestFacts:
    """One survey that is paused or, with `has_ended`, over."""

    survey_id: int
    survey_name: str
    has_ended: bool = False


def render(facts: AtRestFacts, words: Words) -> Message:
    """Make the answer to a manager who would open a wave of it."""
    name = escaped(facts.survey_name)
    if facts.has_ended:
        why = words("“{name}” has ended, so it opens no wave.", name=name)
    else:
        why = words("“{name}” is paused, so it opens no wave.", name=name)
    resume = words("{command} lets it go on.", command=f"`{COMMAND} resume {code(facts.survey_name)}`")
    button = Button(words("Resume"), action_id=ActionId.RESUME, value=str(facts.survey_id))
    text = f"{why} {resume}"
    return message(text, [SectionBlock(mrkdwn(text)), ActionsBlock([button])])


_PAUSED = AtRestFacts(survey_id=7, survey_name="Team pulse")

EXAMPLES = {"paused": _PAUSED, "ended": replace(_PAUSED, has_ended=True)}
