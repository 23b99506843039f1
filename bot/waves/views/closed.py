"""What a manager hears when a wave closes: its result, from now on frozen."""

from dataclasses import dataclass, replace

from slackblocks import Block, SectionBlock

from bot.message import Message, escaped, message, mrkdwn
from bot.reports.views.wave import (
    EXAMPLE_WAVE,
    NOBODY_YET,
    WaveFacts,
    answered_of_invited,
    category_lines,
    nobody,
    numbers,
    since_previous,
    summary,
)
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class ClosedFacts:
    """A wave just closed."""

    survey_name: str
    wave: WaveFacts


def render(facts: ClosedFacts, words: Words) -> Message:
    """Make the message of the result: NPS with interval, categories, response rate, change; or that nobody answered."""
    wave = facts.wave
    name = escaped(facts.survey_name)
    closed = words("Wave {number} of “{survey}” is closed.", number=wave.number, survey=name)
    if not wave.tally.responses:
        nobody_answered = nobody(wave, words)
        return message(
            f"{closed} {nobody_answered}", [SectionBlock(mrkdwn(f"*{closed}*\n{nobody_answered}"))]
        )
    lines = [
        closed,
        summary(name, wave, words),
        *category_lines(wave.tally, words),
        answered_of_invited(wave, words),
        since_previous(wave, words),
    ]
    blocks: list[Block] = [
        SectionBlock(mrkdwn(f"{closed}\n{summary(name, wave, words, bold='*')}")),
        numbers(wave, words),
    ]
    moved = since_previous(wave, words, bold="*")
    if moved:
        blocks.append(SectionBlock(mrkdwn(moved)))
    return message("\n".join(line for line in lines if line), blocks)


_CLOSED = ClosedFacts(survey_name="Acme customers", wave=replace(EXAMPLE_WAVE, is_open=False))

EXAMPLES = {
    "with answers": _CLOSED,
    "first wave": replace(_CLOSED, wave=replace(_CLOSED.wave, number=1, previous=None)),
    "nobody answered": replace(_CLOSED, wave=replace(NOBODY_YET, is_open=False)),
}
