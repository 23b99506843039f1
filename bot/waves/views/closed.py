"""What a manager hears when a wave closes: its result, from now on frozen."""

from dataclasses import dataclass, replace

from slackblocks import Block, SectionBlock

from bot.message import Message, escaped, message, mrkdwn
from bot.reports.views.meaning import result_blocks, result_lines
from bot.reports.views.spread import spread_blocks
from bot.reports.views.wave import CLOSED_WAVE, NOBODY_YET, TEAM_WAVE, WaveFacts, summary
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class ClosedWaveFacts:
    """A wave just closed."""

    survey_name: str
    wave: WaveFacts


def render(facts: ClosedWaveFacts, words: Words) -> Message:
    """Make the message of the result: NPS with interval, categories, response rate, change; or that nobody answered."""
    wave = facts.wave
    name = escaped(facts.survey_name)
    closed = words("Wave {number} of “{survey}” is closed.", number=wave.number, survey=name)
    if not wave.result.answered:
        [nobody_answered] = result_lines(wave, words)
        return message(
            f"{closed} {nobody_answered}", [SectionBlock(mrkdwn(f"*{closed}*\n{nobody_answered}"))]
        )
    lines = [closed, summary(name, wave, words), *result_lines(wave, words)]
    blocks: list[Block] = [
        SectionBlock(mrkdwn(f"{closed}\n{summary(name, wave, words, bold='*')}")),
        *result_blocks(wave, words),
        *spread_blocks(wave, words, with_chart=False),
    ]
    return message("\n".join(lines), blocks)


_CLOSED = ClosedWaveFacts(survey_name="Acme customers", wave=CLOSED_WAVE)

EXAMPLES = {
    "with answers": _CLOSED,
    "of employees": ClosedWaveFacts(survey_name="Team pulse", wave=TEAM_WAVE),
    "first wave": replace(_CLOSED, wave=replace(CLOSED_WAVE, number=1, before=None)),
    "nobody answered": replace(_CLOSED, wave=replace(NOBODY_YET, is_open=False)),
}
