"""What a manager hears when a wave opens."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import SectionBlock

from bot.ids import COMMAND
from bot.views.message import Message, code, escaped, message, mrkdwn
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """A wave just opened; `invitations` will go out. `closes_at` is in the manager's zone."""

    survey_name: str
    wave_number: int
    invitations: int
    closes_at: datetime


def render(facts: OpenedFacts, words: Words) -> Message:
    name = escaped(facts.survey_name)
    opened = words("Wave {number} of “{survey}” is open.", number=facts.wave_number, survey=name)
    asked = words.plural(
        "{n} person is getting the question now; the wave closes on {moment}.",
        "{n} people are getting the question now; the wave closes on {moment}.",
        facts.invitations,
        moment=words.moment(facts.closes_at),
    )
    watch = words("See the answers come in with {command}.", command=f"`{COMMAND} {code(facts.survey_name)}`")
    return message(f"{opened} {asked} {watch}", [SectionBlock(mrkdwn(f"*{opened}*\n{asked}\n{watch}"))])


_FIRST = OpenedFacts(
    survey_name="Team pulse",
    wave_number=1,
    invitations=40,
    closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
)

EXAMPLES = {"forty people": _FIRST, "one person": replace(_FIRST, invitations=1)}
