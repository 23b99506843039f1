"""One wave as its reader may see it: its name, how far it is, its counts."""

from dataclasses import dataclass, replace
from datetime import date

from slackblocks import Block, SectionBlock

from bot.message import escaped, mrkdwn
from bot.reports.rules.gate import Hidden, Released
from bot.wording import Words
from scoring.change import NOBODY_IN_BOTH, Overlap, overlap_change
from scoring.distribution import Distribution, mean_interval
from scoring.interval import Estimate, estimate
from scoring.nps import Tally
from storage.question import Offered


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """One wave, open or closed, with what the gate lets through of it.

    `closes` is the day it closes, or closed. An imported wave is called by its label instead of its number. `before` is
    the wave that closed before it, if there was one; `both` are the people who answered the two; `named` are the drivers that the
    survey calls by names of its own, where drivers are told.
    """

    number: int
    closes: date
    is_open: bool
    result: Released
    label: str | None = None
    before: "WaveFacts | None" = None
    both: Overlap = NOBODY_IN_BOTH
    named: tuple[Offered, ...] = ()


def headline(survey: str, wave: WaveFacts, words: Words) -> str:
    """Give "Acme pulse: NPS +18", or how far it is while it has no number. The name must be safe for where it goes."""
    if wave.result.nps is None:
        if wave.is_open:
            return words("{survey}: {answered}", survey=survey, answered=answered(wave, words))
        return words("{survey}: NPS not shown", survey=survey)
    if wave.is_open and wave.result.answered:
        return words("{survey}: NPS {nps} so far", survey=survey, nps=wave.result.nps)
    return words("{survey}: NPS {nps}", survey=survey, nps=wave.result.nps)


def summary(survey: str, wave: WaveFacts, words: Words, bold: str = "") -> str:
    """Give "Acme pulse: NPS +18 [+1, +34]", the headline with its interval where there is one."""
    found = estimated(wave)
    title = f"{bold}{headline(survey, wave, words)}{bold}"
    return f"{title} {found.interval.display}" if found and found.interval else title


def standing(wave: WaveFacts, words: Words) -> str:
    """Give "Wave 3, open until December 5, 2025" in mrkdwn."""
    day = words.date(wave.closes)
    if wave.label:
        return words("{label}, closed on {day}", label=escaped(wave.label), day=day)
    if wave.is_open:
        return words("Wave {number}, open until {day}", number=wave.number, day=day)
    return words("Wave {number}, closed on {day}", number=wave.number, day=day)


def called(wave: WaveFacts, words: Words) -> str:
    """Give "wave 3" as it stands in a sentence, or an imported wave's label, in mrkdwn."""
    return escaped(wave.label) if wave.label else words("wave {number}", number=wave.number)


def answered(wave: WaveFacts, words: Words) -> str:
    """Give "31 of 40 answered", or "31 answers" when nobody knows of how many."""
    result = wave.result
    if result.invited is None:
        return words.plural("{n} answer", "{n} answers", result.answered)
    return words("{responses} of {invited} answered", responses=result.answered, invited=result.invited)


def answered_of_invited(wave: WaveFacts, words: Words) -> str:
    """Give "31 of 40 answered (78%)", or "31 answers" when nobody knows of how many."""
    result = wave.result
    if not result.invited:
        return answered(wave, words)
    return words(
        "{responses} of {invited} answered ({rate})",
        responses=result.answered,
        invited=result.invited,
        rate=words.percent(result.answered, result.invited),
    )


def estimated(wave: WaveFacts) -> Estimate | None:
    """Say how far the NPS can be trusted; None where nobody answered, or nothing that tells it may be shown."""
    return estimate(wave.result.tally, wave.result.population) if wave.result.tally else None


def interval(wave: WaveFacts, words: Words) -> str:
    """Give "[+1, +34]" for a table; a dash where it may not be told."""
    found = estimated(wave)
    if found is None:
        return "\N{EN DASH}"
    return found.interval.display if found.interval else words("everyone answered")


def who_answered_both(wave: WaveFacts) -> Overlap:
    """Give the people who answered this wave and the one before; nobody where a result told is older than their answers."""
    now, before = wave.result.tally, wave.before.result.tally if wave.before else None
    if now is None or before is None:
        return NOBODY_IN_BOTH
    try:
        overlap_change(before, now, wave.both)
    except ValueError:
        return NOBODY_IN_BOTH
    return wave.both


def category_lines(wave: WaveFacts, words: Words) -> list[str]:
    """Give "Promoters (9 or 10): 18, 58%" and the two other lines, best first, then the mean score."""
    tally = wave.result.tally
    if tally is None or not tally.responses:
        return []
    lines = [
        words(
            "{category}: {count}, {share}",
            category=category,
            count=count,
            share=words.percent(count, tally.responses),
        )
        for category, count in _categories(tally, words)
    ]
    mean = mean_score(wave, words)
    return [*lines, words("Mean score: {mean}", mean=mean)] if mean else lines


def mean_score(wave: WaveFacts, words: Words) -> str:
    """Give "7.9 (7.1 to 8.6)", the mean of the scores and its interval; nothing where it may not be shown."""
    found = mean_interval(wave.result.scores, wave.result.population) if wave.result.scores else None
    if found is None:
        return ""
    mean = words.decimal(found.mean)
    if found.low is None or found.high is None:
        return mean
    return words(
        "{mean} ({low} to {high})", mean=mean, low=words.decimal(found.low), high=words.decimal(found.high)
    )


def numbers(wave: WaveFacts, words: Words) -> list[Block]:
    """Make a grid of the three categories, the response rate and the mean score; nothing without counts."""
    result = wave.result
    if result.tally is None or not result.tally.responses:
        return []
    fields = {
        category: f"{words.number(count)} · {words.percent(count, result.answered)}"
        for category, count in _categories(result.tally, words)
    }
    participation = words.number(result.answered)
    if result.invited:
        of_invited = words("{responses} of {invited}", responses=result.answered, invited=result.invited)
        participation = f"{of_invited} · {words.percent(result.answered, result.invited)}"
    fields[words("Answered")] = participation
    if mean := mean_score(wave, words):
        fields[words("Mean score")] = mean
    return [SectionBlock(fields=[mrkdwn(f"*{name}*\n{value}") for name, value in fields.items()])]


def nobody(wave: WaveFacts, words: Words) -> str:
    """Say what a wave without answers waits for."""
    if not wave.is_open:
        return words("Nobody answered this wave.")
    if not wave.result.invited:
        return words("The questions are on their way. The first answer will show here.")
    return words.plural(
        "Nobody has answered yet. {n} person has the question; the first answer will show here.",
        "Nobody has answered yet. {n} people have the question; the first answer will show here.",
        wave.result.invited,
    )


def _categories(tally: Tally, words: Words) -> list[tuple[str, int]]:
    return [
        (words("Promoters (9 or 10)"), tally.promoters),
        (words("Passives (7 or 8)"), tally.passives),
        (words("Detractors (0 to 6)"), tally.detractors),
    ]


def everything(counts: tuple[int, ...], invited: int | None = 40, population: int | None = None) -> Released:
    """Make an example of a result of which all may be told: how many gave 0, 1 … 10."""
    scores = Distribution(counts)
    return Released(
        answered=scores.responses,
        invited=invited,
        nps=scores.tally.display,
        tally=scores.tally,
        population=population,
        comments=min(12, scores.responses),
        scores=scores,
    )


EXAMPLE_COUNTS = (1, 0, 0, 1, 0, 2, 2, 4, 5, 8, 7)
_EARLIER = WaveFacts(
    number=2,
    closes=date(2025, 11, 5),
    is_open=False,
    result=everything((2, 0, 1, 0, 2, 2, 2, 4, 4, 6, 6)),
)
EXAMPLE_WAVE = WaveFacts(
    number=3,
    closes=date(2025, 12, 5),
    is_open=True,
    result=everything(EXAMPLE_COUNTS),
    before=_EARLIER,
)
CLOSED_WAVE = replace(EXAMPLE_WAVE, is_open=False)
TEAM_EARLIER = replace(_EARLIER, result=replace(_EARLIER.result, population=40))
TEAM_WAVE = replace(
    CLOSED_WAVE,
    result=everything(EXAMPLE_COUNTS, population=40),
    before=TEAM_EARLIER,
    both=Overlap(people=26, before=2, after=9, products=14),
)
TEAM_OPEN = replace(
    TEAM_WAVE,
    is_open=True,
    result=Released(answered=12, invited=40, hidden=(Hidden.UNTIL_CLOSED,), fewest=5),
    both=NOBODY_IN_BOTH,
)
IMPORTED_WAVE = replace(
    CLOSED_WAVE,
    number=-3,
    label="2025-Q4",
    result=everything(EXAMPLE_COUNTS, invited=None),
    before=replace(_EARLIER, number=-2, label="2025-Q3", result=replace(_EARLIER.result, invited=None)),
)
NOBODY_YET = replace(EXAMPLE_WAVE, result=replace(everything((0,) * 11), scores=None))
