"""What reopening a closed wave would do, with the button that does it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class BeforeReopeningFacts:
    """A closed wave; `until` is when it would close again, in the manager's zone, `unanswered` who could answer after all."""

    survey_id: int
    survey_name: str
    wave_number: int
    until: datetime
    unanswered: int


def render(facts: BeforeReopeningFacts, words: Words) -> Message:
    """Make the question to the manager."""
    title = words(
        "Reopen wave {number} of “{survey}”?", number=facts.wave_number, survey=escaped(facts.survey_name)
    )
    lines = [
        words.plural(
            "{n} person who had not answered can answer after all, until {moment}.",
            "{n} people who had not answered can answer after all, until {moment}.",
            facts.unanswered,
            moment=words.moment(facts.until),
        ),
        words("Answers can be changed again until then. Its result is counted again when it closes."),
    ]
    label = words("Reopen wave {number}", number=facts.wave_number)
    value = f"{facts.survey_id}:{facts.wave_number}"
    return message(
        "\n".join([title, *lines]),
        [
            SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines]))),
            ActionsBlock(
                [
                    Button(label, action_id=ActionId.AGREED_REOPEN, value=value, style="primary"),
                    Button(words("Not now"), action_id=ActionId.NOT_NOW),
                ]
            ),
        ],
    )


_EARLY = BeforeReopeningFacts(
    survey_id=7,
    survey_name="Team pulse",
    wave_number=2,
    until=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
    unanswered=12,
)

EXAMPLES = {"closed early": _EARLY, "one person": replace(_EARLY, unanswered=1)}
