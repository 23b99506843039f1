"""`/nps score`: the NPS of some counts, and how far it can be trusted."""

from dataclasses import dataclass
from datetime import date

from slackblocks import HeaderBlock, PlainText, SectionBlock

from bot.message import Message, message, mrkdwn
from bot.reports.rules.gate import Released
from bot.reports.views.meaning import certainty
from bot.reports.views.wave import WaveFacts, category_lines
from bot.wording import Words
from scoring.nps import Tally


@dataclass(frozen=True, slots=True)
class CalculatedFacts:
    """Counts that somebody typed; `population` is how many could have answered, None where nobody knows."""

    tally: Tally
    population: int | None = None


def render(facts: CalculatedFacts, words: Words) -> Message:
    """Say the NPS, what it was computed from, and its interval with what that assumes."""
    tally, population = facts.tally, facts.population
    result = Released(tally.responses, population, nps=tally.display, tally=tally, population=population)
    wave = WaveFacts(number=1, closes=date.min, is_open=False, result=result)
    title = words("NPS {nps}", nps=tally.display)
    sure, counts = certainty(wave, words), "\n".join(category_lines(wave, words))
    marked = certainty(wave, words, bold="*")
    return message(
        f"{title}\n{sure}\n{counts}",
        [HeaderBlock(PlainText(title)), SectionBlock(mrkdwn(marked)), SectionBlock(mrkdwn(counts))],
    )


EXAMPLES = {
    "customers": CalculatedFacts(Tally(18, 11, 2)),
    "of forty": CalculatedFacts(Tally(15, 9, 6), 40),
    "everyone": CalculatedFacts(Tally(15, 9, 6), 30),
}
