"""What a survey's channel reads each week: short when nothing changed."""

from dataclasses import dataclass, replace

from slackblocks import Block, ContextBlock, HeaderBlock, PlainText, SectionBlock

from bot.ids import COMMAND
from bot.kit.views.acted import DONE, YouSaid, you_said
from bot.message import Message, code, escaped, message, mrkdwn, sentence
from bot.reports.rules.gate import Hidden
from bot.reports.views.drivers import driver_name
from bot.reports.views.meaning import result_blocks, result_lines
from bot.reports.views.spread import spread_blocks
from bot.reports.views.wave import (
    CLOSED_WAVE,
    EXAMPLE_COUNTS,
    EXAMPLE_WAVE,
    IMPORTED_WAVE,
    NOBODY_YET,
    TEAM_OPEN,
    TEAM_WAVE,
    WaveFacts,
    answered_of_invited,
    everything,
    headline,
    nobody,
    standing,
    summary,
)
from bot.typed import one_line
from bot.wording import Words
from storage.words import Driver

DRIVERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One survey's week; `wave` is the one to tell of, None when it has had none.

    `new_answers` counts those since the digest before, None where nobody knows, as of an anonymous wave. `is_final` says that the wave has closed since the digest before,
    so that nobody has read its result yet. `acted` is what was planned or done since.
    """

    survey_name: str
    wave: WaveFacts | None
    new_answers: int | None = 0
    is_final: bool = False
    acted: tuple[YouSaid, ...] = ()


def render(facts: DigestFacts, words: Words, *, with_chart: bool = True) -> Message:
    """Make the digest: in full when somebody has answered since the last one, else in two lines.

    Without `with_chart` the same facts stand in text, for workspaces where Slack refuses charts.
    """
    if facts.wave is None:
        return _never_opened(facts, words)
    if not facts.new_answers and not (facts.is_final and facts.wave.result.answered):
        return _nothing_new(facts, facts.wave, words)
    return _full(facts, facts.wave, words, with_chart=with_chart)


def _full(facts: DigestFacts, wave: WaveFacts, words: Words, *, with_chart: bool) -> Message:
    week = _week(facts, wave, words)
    lines = [
        headline(escaped(facts.survey_name), wave, words),
        standing(wave, words),
        *week,
        *result_lines(wave, words),
    ]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
        SectionBlock(mrkdwn("\n".join(week))),
        *result_blocks(wave, words),
        *spread_blocks(wave, words, with_chart=with_chart),
    ]
    return message("\n".join(lines), blocks)


def _week(facts: DigestFacts, wave: WaveFacts, words: Words) -> list[str]:
    result = wave.result
    lines = []
    if facts.new_answers is not None:
        lines.append(words.plural("{n} new answer.", "{n} new answers.", facts.new_answers))
    else:
        lines.append(f"{answered_of_invited(wave, words)}.")
    if result.comments is not None and result.answered:
        lines.append(
            words(
                "With a comment: {commented} of {responses} ({rate}).",
                commented=result.comments,
                responses=result.answered,
                rate=words.percent(result.comments, result.answered),
            )
        )
    if result.mentions:
        named = ", ".join(
            f"{escaped(driver_name(driver, words, wave.named))} ({words.number(count)})"
            for driver, count in result.mentions[:DRIVERS_NAMED]
        )
        lines.append(words("Most mentioned: {drivers}.", drivers=named))
    return [*lines, *_acted(facts, words)]


def _acted(facts: DigestFacts, words: Words) -> list[str]:
    return [you_said(one, words) for one in facts.acted]


def _nothing_new(facts: DigestFacts, wave: WaveFacts, words: Words) -> Message:
    name = escaped(facts.survey_name)
    news = nobody(wave, words)
    if wave.result.answered:
        quiet = words("No new answers.") if wave.is_open else words("No wave is open.")
        if wave.is_open and facts.new_answers is None:
            quiet = words("The result comes when the wave closes.")
        news = f"{quiet} {answered_of_invited(wave, words)}."
    lines = "\n".join([f"{news} {standing(wave, words)}.", *_acted(facts, words)])
    return message(
        f"{summary(name, wave, words)}\n{lines}",
        [SectionBlock(mrkdwn(f"{summary(name, wave, words, bold='*')}\n{lines}"))],
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


_MENTIONS = (
    (Driver.SUPPORT.value, 11),
    (Driver.QUALITY.value, 9),
    ("Price & <value>", 6),
    (Driver.COMMUNICATION.value, 5),
)
_WEEK = DigestFacts(
    survey_name="Acme customers",
    wave=replace(EXAMPLE_WAVE, result=replace(EXAMPLE_WAVE.result, mentions=_MENTIONS)),
    new_answers=8,
)
_TEAM = replace(_WEEK, survey_name="Team pulse", wave=TEAM_OPEN)
_FINAL = replace(_WEEK, wave=CLOSED_WAVE, is_final=True)
_TEAM_RESULT = replace(TEAM_WAVE.result, mentions=_MENTIONS, fewest=5)

EXAMPLES = {
    "a week": _WEEK,
    "a week, and something was done": replace(_WEEK, acted=(DONE,)),
    "nothing new, but something was done": replace(_WEEK, new_answers=0, acted=(DONE,)),
    "a week, hidden": _TEAM,
    "a week, hidden, first wave": replace(_TEAM, wave=replace(TEAM_OPEN, before=None)),
    "first answer": replace(
        _WEEK,
        wave=replace(EXAMPLE_WAVE, number=1, result=everything((*(0,) * 10, 1)), before=None),
        new_answers=1,
    ),
    "closed this week": _FINAL,
    "closed this week, answered before": replace(_FINAL, new_answers=0),
    "closed this week, overlap": replace(
        _FINAL, survey_name="Team pulse", wave=replace(TEAM_WAVE, result=_TEAM_RESULT)
    ),
    "closed this week, everyone answered": replace(
        _FINAL,
        survey_name="Team pulse",
        wave=replace(TEAM_WAVE, result=everything(EXAMPLE_COUNTS, 30, population=30), before=None),
    ),
    "closed this week, too few": replace(
        _FINAL,
        survey_name="Team pulse",
        wave=replace(
            TEAM_OPEN, is_open=False, result=replace(TEAM_OPEN.result, answered=4, hidden=(Hidden.TOO_FEW,))
        ),
    ),
    "nothing new": replace(_WEEK, new_answers=0),
    "nothing new, hidden": replace(_TEAM, new_answers=0),
    "nobody yet": DigestFacts(survey_name="Acme customers", wave=NOBODY_YET),
    "no wave open": replace(_WEEK, wave=CLOSED_WAVE, new_answers=0),
    "imported": replace(_WEEK, wave=IMPORTED_WAVE, new_answers=0),
    "imported this week": replace(_WEEK, wave=IMPORTED_WAVE),
    "never opened": DigestFacts(survey_name="Acme customers", wave=None),
}
