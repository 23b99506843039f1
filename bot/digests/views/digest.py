"""What a survey's channel reads each week: the most useful first, and short when nothing changed."""

from dataclasses import replace
from datetime import date

from slackblocks import Block, ContextBlock, HeaderBlock, PlainText, SectionBlock

from bot.digests.rules.news import Lead, lead
from bot.digests.views.digest_facts import Ahead, DigestFacts
from bot.digests.views.huddle import WEEK as HUDDLE
from bot.digests.views.huddle import huddle_lines
from bot.digests.views.quoted import quoted_blocks, quoted_lines
from bot.ids import COMMAND
from bot.kit.views.acted import DONE, you_said
from bot.message import Message, code, escaped, message, mrkdwn, sentence
from bot.reports.rules.gate import Hidden
from bot.reports.views import report
from bot.reports.views import trend as trend_view
from bot.reports.views.drivers import driver_name
from bot.reports.views.meaning import result_blocks, result_lines, since_previous
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
    who_answered_both,
)
from bot.typed import one_line
from bot.wording import Words
from scoring.change import Verdict, overlap_change
from storage.words import Driver

DRIVERS_NAMED = 3


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
    first = _lead(facts, wave)
    with_change = first not in {Lead.VERDICT, Lead.CLOSING}  # those begin with it
    week, ahead = _week(facts, wave, words), _ahead(facts, words)
    told = [
        headline(escaped(facts.survey_name), wave, words),
        standing(wave, words),
        _told_first(first, facts, wave, words),
        *week,
        *result_lines(wave, words, with_change=with_change),
        *quoted_lines(facts.comments, words),
        *ahead,
    ]
    opening = [f"*{_told_first(first, facts, wave, words)}*", *week]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
        SectionBlock(mrkdwn("\n".join(opening))),
        *result_blocks(wave, words, with_change=with_change),
        *spread_blocks(wave, words, with_chart=with_chart),
    ]
    blocks += quoted_blocks(facts.comments, words)
    if ahead:
        blocks.append(ContextBlock([mrkdwn("\n".join(ahead))]))
    return message("\n".join(told), blocks)


def _lead(facts: DigestFacts, wave: WaveFacts) -> Lead:
    trend = trend_view.moved(facts.trend) if facts.trend else None
    return lead(
        has_closed=facts.is_final,
        verdict=_verdict(wave),
        trend=trend.verdict if trend else None,
        has_opened=facts.has_opened,
        has_answers=facts.new_answers is None or facts.new_answers > 0,
    )


def _verdict(wave: WaveFacts) -> Verdict | None:
    before = wave.before
    if before is None or wave.result.tally is None or before.result.tally is None:
        return None
    moved = overlap_change(before.result.tally, wave.result.tally, who_answered_both(wave))
    return moved.verdict if moved else None


def _told_first(first: Lead, facts: DigestFacts, wave: WaveFacts, words: Words) -> str:
    """Word what stands first. It is bold as a whole, so that no part of it is."""
    closed = since_previous(wave, words) or words(
        "{wave} has closed: {answered}.", wave=_named(wave, words), answered=answered_of_invited(wave, words)
    )
    if first in {Lead.VERDICT, Lead.CLOSING}:
        return closed
    if first is Lead.TREND and facts.trend:
        return trend_view.verdict(facts.trend, words)
    if first is Lead.OPENING:
        return words(
            "{wave} has opened: {answered}.",
            wave=_named(wave, words),
            answered=answered_of_invited(wave, words),
        )
    return _new_answers(facts, wave, words)


def _named(wave: WaveFacts, words: Words) -> str:
    return escaped(wave.label) if wave.label else words("Wave {number}", number=wave.number)


def _new_answers(facts: DigestFacts, wave: WaveFacts, words: Words) -> str:
    if facts.new_answers is None:
        return f"{answered_of_invited(wave, words)}."
    return words.plural("{n} new answer.", "{n} new answers.", facts.new_answers)


def _ahead(facts: DigestFacts, words: Words) -> list[str]:
    """Say what comes next; of a wave that is told of and open, its first lines say until when."""
    ahead = facts.ahead
    if ahead is None:
        return []
    day = words.date(ahead.day)
    if ahead.is_open:
        return [words("Wave {number} is open until {day}.", number=ahead.number, day=day)]
    return [words("Wave {number} opens on {day}.", number=ahead.number, day=day)]


def _week(facts: DigestFacts, wave: WaveFacts, words: Words) -> list[str]:
    """Say what else the week brought, below what stands first."""
    result = wave.result
    told = []
    if facts.new_answers and _lead(facts, wave) is not Lead.ANSWERS:
        told.append(_new_answers(facts, wave, words))
    if result.comments is not None and result.answered:
        told.append(
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
        told.append(words("Most mentioned: {drivers}.", drivers=named))
    return [*told, *_besides(facts, words)]


def _besides(facts: DigestFacts, words: Words) -> list[str]:
    huddle = huddle_lines(facts.huddle, words) if facts.huddle else []
    return [*huddle, *(you_said(one, words) for one in facts.acted)]


def _nothing_new(facts: DigestFacts, wave: WaveFacts, words: Words) -> Message:
    name = escaped(facts.survey_name)
    news = nobody(wave, words)
    if wave.result.answered:
        quiet = words("No new answers.") if wave.is_open else words("No wave is open.")
        if wave.is_open and facts.new_answers is None:
            quiet = words("The result comes when the wave closes.")
        news = f"{quiet} {answered_of_invited(wave, words)}."
    lines = "\n".join([f"{news} {standing(wave, words)}.", *_besides(facts, words)])
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
_FINAL = replace(_WEEK, wave=CLOSED_WAVE, is_final=True, ahead=Ahead(4, date(2026, 3, 5), is_open=False))
_TEAM_RESULT = replace(TEAM_WAVE.result, mentions=_MENTIONS, fewest=5)

EXAMPLES = {
    "a week": _WEEK,
    "a week, and something was done": replace(_WEEK, acted=(DONE,)),
    "a week, with a huddle": replace(_WEEK, huddle=HUDDLE, acted=(DONE,)),
    "nothing new, with a huddle": replace(_WEEK, new_answers=0, huddle=HUDDLE),
    "nothing new, but something was done": replace(_WEEK, new_answers=0, acted=(DONE,)),
    "a week, hidden": _TEAM,
    "a week, hidden, first wave": replace(_TEAM, wave=replace(TEAM_OPEN, before=None)),
    "first answer": replace(
        _WEEK,
        wave=replace(EXAMPLE_WAVE, number=1, result=everything((*(0,) * 10, 1)), before=None),
        new_answers=1,
    ),
    "opened this week": replace(_WEEK, has_opened=True),
    "opened this week, anonymous": replace(_TEAM, has_opened=True, new_answers=None),
    "closed this week": _FINAL,
    "closed this week, with comments": replace(
        _FINAL, comments=("<!channel> is *loud* & <https://x.example|here>\nall day", "Great!", "Long " * 200)
    ),
    "closed this week, the next is open": replace(_FINAL, ahead=Ahead(4, date(2025, 12, 19), is_open=True)),
    "closed this week, and clearly up": replace(
        _FINAL,
        wave=replace(
            CLOSED_WAVE, before=replace(TEAM_WAVE, number=2, result=everything((9, 9, 7, *(1,) * 8)))
        ),
    ),
    "closed this week, and the trend is down": replace(_FINAL, trend=trend_view.EXAMPLES["weekly, down"]),
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
    "closed this week, 24 of 30": replace(_FINAL, wave=report.EXAMPLES["24 of 30"].wave),
    "closed this week, 9 of 12": replace(_FINAL, wave=report.EXAMPLES["9 of 12"].wave),
    "closed this week, hidden complement": replace(
        _FINAL, wave=report.EXAMPLES["hidden complement, nearly unanimous"].wave
    ),
    "nothing new": replace(_WEEK, new_answers=0),
    "nothing new, hidden": replace(_TEAM, new_answers=0),
    "nobody yet": DigestFacts(survey_name="Acme customers", wave=NOBODY_YET),
    "no wave open": replace(_WEEK, wave=CLOSED_WAVE, new_answers=0),
    "imported": replace(_WEEK, wave=IMPORTED_WAVE, new_answers=0),
    "imported this week": replace(_WEEK, wave=IMPORTED_WAVE),
    "never opened": DigestFacts(survey_name="Acme customers", wave=None),
}
