"""The numbers of one wave as sentences and blocks, shared by the report, the digest and the confirmations."""

from dataclasses import dataclass, replace
from datetime import date

from slackblocks import (
    AxisConfig,
    BarChart,
    Block,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    SectionBlock,
)

from bot.mark import mark
from bot.message import escaped, mrkdwn
from bot.wording import Words
from scoring.change import Verdict, change
from scoring.interval import adjusted_wald
from scoring.nps import Tally, display

VERDICTS = {
    Verdict.UP: mark("{difference} since {wave} ({previous}): up, by more than chance explains."),
    Verdict.DOWN: mark("{difference} since {wave} ({previous}): down, by more than chance explains."),
    Verdict.NO_CLEAR_CHANGE: mark(
        "{difference} since {wave} ({previous}): no clear change, chance alone could do this."
    ),
}


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """One wave so far.

    `closes` is the day it closes, or closed; `invited` counts delivered invitations, None when nobody knows how many
    were asked; `previous` is the tally of the wave before this one, if there was one. An imported wave is called by its
    label instead of its number.
    """

    number: int
    closes: date
    is_open: bool
    tally: Tally
    invited: int | None
    previous: Tally | None = None
    label: str | None = None
    previous_number: int | None = None
    previous_label: str | None = None


def headline(survey: str, wave: WaveFacts, words: Words) -> str:
    """Give "Acme pulse: NPS +18". The name must be safe for where it goes."""
    return words("{survey}: NPS {nps}", survey=survey, nps=wave.tally.display)


def summary(survey: str, wave: WaveFacts, words: Words, bold: str = "") -> str:
    """Give "Acme pulse: NPS +18 [+1, +34]", the headline with its interval where there is one."""
    interval = adjusted_wald(wave.tally)
    title = f"{bold}{headline(survey, wave, words)}{bold}"
    return f"{title} {interval.display}" if interval else title


def standing(wave: WaveFacts, words: Words) -> str:
    """Give "Wave 3, open until December 5, 2025" in mrkdwn."""
    day = words.date(wave.closes)
    if wave.label:
        return words("{label}, closed on {day}", label=escaped(wave.label), day=day)
    if wave.is_open:
        return words("Wave {number}, open until {day}", number=wave.number, day=day)
    return words("Wave {number}, closed on {day}", number=wave.number, day=day)


def answered_of_invited(wave: WaveFacts, words: Words) -> str:
    """Give "31 of 40 answered (78%)", or "31 answers" when nobody knows of how many."""
    responses = wave.tally.responses
    if wave.invited is None:
        return words.plural("{n} answer", "{n} answers", responses)
    return words(
        "{responses} of {invited} answered ({rate})",
        responses=responses,
        invited=wave.invited,
        rate=words.percent(responses, wave.invited),
    )


def certainty(tally: Tally, words: Words, bold: str = "") -> str:
    """Give the interval and say in plain words what it means; nothing when nobody answered."""
    interval = adjusted_wald(tally)
    if interval is None:
        return ""
    return words(
        "{interval} We are {confidence} sure that the true value lies between {low} and {high}.",
        interval=f"{bold}{interval.display}{bold}",
        confidence=words.percentage(round(100 * interval.confidence)),
        low=display(interval.low),
        high=display(interval.high),
    )


def since_previous(wave: WaveFacts, words: Words, bold: str = "") -> str:
    """Say how far the NPS moved and whether that means anything; nothing without two NPS to compare."""
    moved = change(wave.previous, wave.tally) if wave.previous else None
    if wave.previous is None or moved is None:
        return ""
    known_as = escaped(wave.previous_label) if wave.previous_label else None
    return words(
        VERDICTS[moved.verdict],
        difference=f"{bold}{display(moved.difference)}{bold}",
        wave=known_as or words("wave {number}", number=wave.previous_number),
        previous=wave.previous.display,
    )


def category_lines(tally: Tally, words: Words) -> list[str]:
    """Give "Promoters (9 or 10): 18, 58%" and the two other lines, best first."""
    return [
        words(
            "{category}: {count}, {share}",
            category=category,
            count=count,
            share=words.percent(count, tally.responses),
        )
        for category, count in _categories(tally, words)
    ]


def numbers(wave: WaveFacts, words: Words) -> Block:
    """Make a grid of the three categories and the response rate."""
    responses = wave.tally.responses
    answered = words("Answered")
    if wave.invited is None:
        participation = words.number(responses)
    else:
        of_invited = words("{responses} of {invited}", responses=responses, invited=wave.invited)
        participation = f"{of_invited} · {words.percent(responses, wave.invited)}"
    return SectionBlock(
        fields=[
            *[
                mrkdwn(f"*{category}*\n{words.number(count)} · {words.percent(count, responses)}")
                for category, count in _categories(wave.tally, words)
            ],
            mrkdwn(f"*{answered}*\n{participation}"),
        ]
    )


def chart(tally: Tally, words: Words) -> Block:
    """Draw the three categories. Slack may refuse charts: the same facts always stand beside it."""
    names = [words("Promoters"), words("Passives"), words("Detractors")]
    counts = [tally.promoters, tally.passives, tally.detractors]
    points = [DataPoint(label=name, value=count) for name, count in zip(names, counts, strict=True)]
    return DataVisualizationBlock(
        title=words("Answers by category"),
        chart=BarChart(series=[DataSeries(words("Answers"), points)], axis_config=AxisConfig(names)),
    )


def nobody(wave: WaveFacts, words: Words) -> str:
    """Say what a wave without answers waits for."""
    if not wave.is_open:
        return words("Nobody answered this wave.")
    if not wave.invited:
        return words("The questions are on their way. The first answer will show here.")
    return words.plural(
        "Nobody has answered yet. {n} person has the question; the first answer will show here.",
        "Nobody has answered yet. {n} people have the question; the first answer will show here.",
        wave.invited,
    )


def _categories(tally: Tally, words: Words) -> list[tuple[str, int]]:
    return [
        (words("Promoters (9 or 10)"), tally.promoters),
        (words("Passives (7 or 8)"), tally.passives),
        (words("Detractors (0 to 6)"), tally.detractors),
    ]


EXAMPLE_WAVE = WaveFacts(
    number=3,
    closes=date(2025, 12, 5),
    is_open=True,
    tally=Tally(promoters=15, passives=9, detractors=6),
    invited=40,
    previous=Tally(promoters=12, passives=8, detractors=9),
    previous_number=2,
)
IMPORTED_WAVE = replace(
    EXAMPLE_WAVE,
    number=-3,
    is_open=False,
    invited=None,
    label="2025-Q4",
    previous_number=-2,
    previous_label="2025-Q3",
)
NOBODY_YET = replace(EXAMPLE_WAVE, tally=Tally(0, 0, 0))
