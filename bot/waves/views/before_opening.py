"""What opening a wave would do, with the button that does it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.waves.rules.eligibility import AudienceCount
from bot.waves.views.who_is_asked import anonymous_lines, who_is_asked
from bot.wording import Words
from storage.words import QUARANTINE_DAYS, LeftOutBecause, Rhythm


@dataclass(frozen=True, slots=True)
class BeforeOpeningFacts:
    """The next wave of a survey; `closes_at` is when it would close, in the manager's zone.

    `audience` does not matter, and is None, when one question is to stand in `open_channel`.
    """

    survey_id: int
    survey_name: str
    wave_number: int
    closes_at: datetime
    audience: AudienceCount | None = None
    open_channel: str | None = None
    rhythm: Rhythm = Rhythm.ONCE
    quarantine_days: int = QUARANTINE_DAYS
    is_anonymous: bool = False
    minimum: int | None = None


def render(facts: BeforeOpeningFacts, words: Words) -> Message:
    """Make the question to the manager; where nobody can be asked, it has no button that opens the wave."""
    title = words(
        "Open wave {number} of “{survey}”?", number=facts.wave_number, survey=escaped(facts.survey_name)
    )
    lines = told(facts, words)
    buttons = [Button(words("Not now"), action_id=ActionId.NOT_NOW)]
    if may_open(facts):
        label = words("Open wave {number}", number=facts.wave_number)
        value = f"{facts.survey_id}:{facts.wave_number}"
        buttons.insert(0, Button(label, action_id=ActionId.AGREED_OPEN, value=value, style="primary"))
    blocks: list[Block] = [
        SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines]))),
        ActionsBlock(list(buttons)),
    ]
    return message("\n".join([title, *lines]), blocks)


def may_open(facts: BeforeOpeningFacts) -> bool:
    """Whether the wave would ask somebody, or somebody could answer it."""
    return bool(facts.open_channel or (facts.audience and facts.audience.may_open))


def told(facts: BeforeOpeningFacts, words: Words) -> list[str]:
    """Say who would be asked, when, and until when they could answer."""
    until = words("People can answer until {moment}.", moment=words.moment(facts.closes_at))
    if facts.open_channel:
        channel = f"<#{facts.open_channel}>"
        return [words("One message in {channel}; anyone there can answer.", channel=channel), until]
    asked = facts.audience and who_is_asked(facts.audience, facts.quarantine_days, facts.rhythm, words)
    if not may_open(facts):
        return asked or []
    if facts.is_anonymous and facts.audience:
        asked = [*(asked or []), *anonymous_lines(facts.audience, facts.minimum, words)]
    return [*(asked or []), words("Each gets it in their own working hours."), until]


_OPENING = BeforeOpeningFacts(
    survey_id=7,
    survey_name="Team pulse",
    wave_number=2,
    closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
    audience=AudienceCount(38, later=6, left_out={LeftOutBecause.BOT: 2, LeftOutBecause.QUARANTINED: 12}),
)

EXAMPLES = {
    "some later": _OPENING,
    "one person": replace(_OPENING, audience=AudienceCount(1)),
    "continuous": replace(
        _OPENING, rhythm=Rhythm.CONTINUOUS, audience=AudienceCount(3, later=2), quarantine_days=0
    ),
    "nobody": replace(_OPENING, audience=AudienceCount(0, left_out={LeftOutBecause.OPTED_OUT: 1})),
    "anonymous": replace(_OPENING, is_anonymous=True),
    "anonymous, from 40 answers on": replace(_OPENING, is_anonymous=True, minimum=40),
    "anonymous, and too few": replace(_OPENING, audience=AudienceCount(3), is_anonymous=True),
    "one open question": replace(_OPENING, audience=None, open_channel="C1"),
}
