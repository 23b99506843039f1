"""What ending a survey would do, with the button that does it."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Button, SectionBlock

from bot.ids import COMMAND, ActionId
from bot.message import Message, code, escaped, message, mrkdwn
from bot.waves.views.before_closing import unanswered
from bot.waves.views.opened import EXAMPLES as OPENED
from bot.waves.views.opened import OpenedFacts
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class BeforeEndingFacts:
    """A survey; `wave` is its open one, if one is."""

    survey_id: int
    survey_name: str
    wave: OpenedFacts | None = None


def render(facts: BeforeEndingFacts, words: Words) -> Message:
    """Make the question to the manager."""
    title = words("End “{survey}”?", survey=escaped(facts.survey_name))
    lines = [words("No more waves open, and no more digests are posted. The results stay.")]
    if facts.wave:
        closes = words("Wave {number} closes now.", number=facts.wave.wave_number)
        lines += [" ".join([closes, *unanswered(facts.wave, words)])]
    command = f"`{COMMAND} resume {code(facts.survey_name)}`"
    lines.append(words("{command} takes it up again.", command=command))
    value = f"{facts.survey_id}:{facts.wave.wave_number if facts.wave else 0}"
    return message(
        "\n".join([title, *lines]),
        [
            SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines]))),
            ActionsBlock(
                [
                    Button(words("End it"), action_id=ActionId.AGREED_END, value=value, style="danger"),
                    Button(words("Not now"), action_id=ActionId.NOT_NOW),
                ]
            ),
        ],
    )


_BETWEEN = BeforeEndingFacts(survey_id=7, survey_name="Team pulse")

EXAMPLES = {
    "between two waves": _BETWEEN,
    "with a wave open": replace(_BETWEEN, wave=OPENED["sending"]),
}
