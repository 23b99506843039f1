"""What a survey's channel reads each week: short when nothing changed."""

from dataclasses import dataclass, replace

from slackblocks import Block, ContextBlock, HeaderBlock, PlainText, SectionBlock

from bot.answers.rules.drivers import DRIVER_NAMES
from bot.ids import COMMAND
from bot.message import Message, code, escaped, message, mrkdwn, one_line, sentence
from bot.reports.views.wave import (
    EXAMPLE_WAVE,
    IMPORTED_WAVE,
    NOBODY_YET,
    WaveFacts,
    answered_of_invited,
    category_lines,
    certainty,
    chart,
    headline,
    nobody,
    numbers,
    since_previous,
    standing,
    summary,
)
from bot.wording import Words
from scoring.nps import Tally
from storage.words import Driver

DRIVERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One survey's week; `wave` is the one to tell of, None when it has had none.

    `new_answers` counts those since the digest before, `commented` the wave's answers with a comment;
    `mentions` pairs drivers with how many ticked them, most mentioned first. `is_final` says that the wave has closed
    since the digest before, so that nobody has read its result yet.
    """

    survey_name: str
    wave: WaveFacts | None
    new_answers: int = 0
    commented: int = 0
    mentions: tuple[tuple[Driver, int], ...] = ()
    is_final: bool = False


def render(facts: DigestFacts, words: Words, *, with_chart: bool = True) -> Message:
    """Make the digest: in full when somebody has answered since the last one, else in two lines.

    Without `with_chart` the same facts stand in text, for workspaces where Slack refuses charts.
    """
    if facts.wave is None:
        return _never_opened(facts, words)
    if not facts.new_answers and not (facts.is_final and facts.wave.tally.responses):
        return _nothing_new(facts, facts.wave, words)
    return _full(facts, facts.wave, words, with_chart=with_chart)


def _full(facts: DigestFacts, wave: WaveFacts, words: Words, *, with_chart: bool) -> Message:
    week = _week(facts, wave, words)
    lines = [
        headline(escaped(facts.survey_name), wave, words),
        standing(wave, words),
        certainty(wave.tally, words),
        *category_lines(wave.tally, words),
        answered_of_invited(wave, words),
        *week,
        since_previous(wave, words),
    ]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
        SectionBlock(mrkdwn(certainty(wave.tally, words, bold="*"))),
        numbers(wave, words),
        SectionBlock(PlainText("\n".join(week))),
    ]
    moved = since_previous(wave, words, bold="*")
    if moved:
        blocks.append(SectionBlock(mrkdwn(moved)))
    if with_chart:
        blocks.append(chart(wave.tally, words))
    return message("\n".join(line for line in lines if line), blocks)


def _week(facts: DigestFacts, wave: WaveFacts, words: Words) -> list[str]:
    responses = wave.tally.responses
    lines = [
        words.plural("{n} new answer.", "{n} new answers.", facts.new_answers),
        words(
            "With a comment: {commented} of {responses} ({rate}).",
            commented=facts.commented,
            responses=responses,
            rate=words.percent(facts.commented, responses),
        ),
    ]
    if facts.mentions:
        named = ", ".join(
            f"{words(DRIVER_NAMES[driver])} ({words.number(count)})"
            for driver, count in facts.mentions[:DRIVERS_NAMED]
        )
        lines.append(words("Most mentioned: {drivers}.", drivers=named))
    return lines


def _nothing_new(facts: DigestFacts, wave: WaveFacts, words: Words) -> Message:
    name = escaped(facts.survey_name)
    news = nobody(wave, words)
    if wave.tally.responses:
        quiet = words("No new answers.") if wave.is_open else words("No wave is open.")
        news = f"{quiet} {answered_of_invited(wave, words)}."
    line = f"{news} {standing(wave, words)}."
    return message(
        f"{summary(name, wave, words)}\n{line}",
        [SectionBlock(mrkdwn(f"{summary(name, wave, words, bold='*')}\n{line}"))],
    )


def _never_opened(facts: DigestFacts, words: Words) -> Message:
    name = escaped(facts.survey_name)
    return sentence(
        words(
            "“{name}” has not asked anyone yet. A manager opens the first wave with {command}.",
            name=name,
            command=f"`{COMMAND} open {code(facts.survey_name)}`",
        )
    )


_WEEK = DigestFacts(
    survey_name="Acme customers",
    wave=EXAMPLE_WAVE,
    new_answers=8,
    commented=12,
    mentions=(
        (Driver.SUPPORT, 11),
        (Driver.QUALITY, 9),
        (Driver.REPUTATION, 6),
        (Driver.COMMUNICATION, 5),
    ),
)

EXAMPLES = {
    "a week": _WEEK,
    "first answer": replace(
        _WEEK,
        wave=replace(EXAMPLE_WAVE, number=1, tally=Tally(1, 0, 0), previous=None),
        new_answers=1,
        commented=1,
        mentions=(),
    ),
    "closed this week": replace(_WEEK, wave=replace(EXAMPLE_WAVE, is_open=False), is_final=True),
    "closed this week, answered before": replace(
        _WEEK, wave=replace(EXAMPLE_WAVE, is_open=False), is_final=True, new_answers=0
    ),
    "nothing new": replace(_WEEK, new_answers=0),
    "nobody yet": DigestFacts(survey_name="Acme customers", wave=NOBODY_YET),
    "no wave open": replace(_WEEK, wave=replace(EXAMPLE_WAVE, is_open=False), new_answers=0),
    "imported": replace(_WEEK, wave=IMPORTED_WAVE, new_answers=0),
    "imported this week": replace(_WEEK, wave=IMPORTED_WAVE),
    "never opened": DigestFacts(survey_name="Acme customers", wave=None),
}
