"""What a manager sees of a wave from its opening on: one message, kept up to date while it is being sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from slackblocks import ActionsBlock, Block, Button, ContextBlock, Element, SectionBlock

from bot.ids import ActionId
from bot.kit.views.remedy import remedy_for_all
from bot.message import Message, escaped, message, mrkdwn
from bot.waves.views.left_out import left_out_line
from bot.waves.views.progress import EXAMPLE_PROGRESS, WaveProgress, bar, progress_line
from bot.wording import Words
from storage.words import QUARANTINE_DAYS, LeftOutBecause


@dataclass(frozen=True, slots=True)
class OpenedFacts:
    """An open wave; `closes_at` is in the manager's zone.

    `progress` is None while its invitations are planned. `left_out` counts those that it does not ask, by why. When `paused`,
    `paused_for` is Slack's error code, or None if a manager did it. When the wave is one open question in
    `open_channel`, `is_posted` is whether it stands there yet; it comes in working hours.
    """

    survey_id: int
    survey_name: str
    wave_number: int
    closes_at: datetime
    progress: WaveProgress | None = None
    left_out: Mapping[LeftOutBecause, int] = field(default_factory=dict)
    quarantine_days: int = QUARANTINE_DAYS
    paused: bool = False
    paused_for: str | None = None
    open_channel: str | None = None
    is_posted: bool = False


def render(facts: OpenedFacts, words: Words) -> Message:
    """Make the manager's message: how far it has come with a bar, what stopped it, who is left out, its buttons."""
    opened = head(facts, words)
    lines = [where_it_stands(facts, words), *interruption(facts, words)]
    drawn = bar(facts.progress) if facts.progress and not facts.open_channel else ""
    left_out = left_out_line(facts.left_out, facts.quarantine_days, words)
    blocks: list[Block] = [
        SectionBlock(mrkdwn("\n".join(filter(None, [f"*{opened}*", drawn, *lines])))),
        *([ContextBlock([mrkdwn(left_out)])] if left_out else []),
        ActionsBlock(_buttons(facts, words)),
    ]
    return message("\n".join(filter(None, [opened, *lines, left_out])), blocks)


def head(facts: OpenedFacts, words: Words) -> str:
    """Give “Wave 3 of “Acme” is open until December 5 at 17:00.”, in mrkdwn."""
    return words(
        "Wave {number} of “{survey}” is open until {moment}.",
        number=facts.wave_number,
        survey=escaped(facts.survey_name),
        moment=words.moment(facts.closes_at),
    )


def where_it_stands(facts: OpenedFacts, words: Words) -> str:
    """Say in one line how far the wave has come; nothing when it was stopped before it began."""
    channel = f"<#{facts.open_channel}>"
    if facts.open_channel and facts.is_posted:
        return words("The question stands in {channel}; anyone there can answer.", channel=channel)
    if facts.progress and not facts.open_channel:
        return progress_line(facts.progress, words)
    if facts.paused:
        return ""
    if facts.open_channel:
        return words("The question comes to {channel} in working hours.", channel=channel)
    return words("Reading who is in the audience…")


def interruption(facts: OpenedFacts, words: Words) -> list[str]:
    """Say what has stopped the wave, and what makes it go on; nothing while it goes on."""
    if not facts.paused:
        return []
    if facts.paused_for is None:
        return [words("Paused: nothing more is sent until somebody resumes it.")]
    return [
        words("I had to stop. {remedy}", remedy=remedy_for_all(facts.paused_for, words)),
        words("Nothing is lost; I go on by myself as soon as it works again."),
    ]


def pause_or_resume(facts: OpenedFacts, words: Words) -> list[Element]:
    """Make the button that stops the sending or lets it go on; one open question is sent at once or not at all."""
    survey = str(facts.survey_id)
    if facts.paused:
        return [Button(words("Resume"), action_id=ActionId.RESUME, value=survey)]
    if facts.open_channel:
        return []
    return [Button(words("Pause"), action_id=ActionId.PAUSE, value=survey)]


def _buttons(facts: OpenedFacts, words: Words) -> list[Element]:
    progress = Button(words("Progress"), action_id=ActionId.WAVES, value=str(facts.survey_id))
    return [progress, *pause_or_resume(facts, words)]


_PLANNING = OpenedFacts(
    survey_id=7, survey_name="Team pulse", wave_number=3, closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC)
)
_SENDING = replace(
    _PLANNING,
    progress=EXAMPLE_PROGRESS,
    left_out={LeftOutBecause.BOT: 2, LeftOutBecause.OPTED_OUT: 3, LeftOutBecause.QUARANTINED: 12},
)

EXAMPLES = {
    "planning": _PLANNING,
    "sending": _SENDING,
    "paused by a manager": replace(_SENDING, paused=True),
    "stopped by Slack": replace(_SENDING, paused=True, paused_for="token_revoked"),
    "stopped while planning": replace(_PLANNING, paused=True, paused_for="no_such_subteam"),
    "sent to all": replace(_PLANNING, progress=WaveProgress(delivered=380, answered=120)),
    "sent to nearly all": replace(
        _SENDING, progress=replace(EXAMPLE_PROGRESS, planned=0, sending=0, delivered=471)
    ),
    "one person": replace(_PLANNING, progress=WaveProgress(delivered=1)),
    "one open question": replace(_PLANNING, open_channel="C1", is_posted=True),
    "one open question, on a sunday": replace(_PLANNING, open_channel="C1"),
    "one open question, channel archived": replace(
        _PLANNING, open_channel="C1", paused=True, paused_for="is_archived"
    ),
    "nobody yet": replace(_PLANNING, progress=WaveProgress()),
}
