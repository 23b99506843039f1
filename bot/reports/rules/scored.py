"""An NPS with all that is known about it, as programs read it: `nps-bot score --json` and what tells a wave's result."""

from dataclasses import dataclass
from typing import Any

from scoring.change import NOBODY_IN_BOTH, Change, Overlap, overlap_change
from scoring.interval import Interval, adjusted_wald, predictive, worst_case
from scoring.nps import Tally


@dataclass(frozen=True)
class Scored:
    """An NPS with all that is known about it; `worst` only with a population, `change` only with `before`."""

    tally: Tally
    confidence: float
    population: int | None
    interval: Interval | None
    worst: Interval | None
    before: Tally | None
    change: Change | None

    def data(self) -> dict[str, Any]:
        found = {
            "responses": self.tally.responses,
            "promoters": self.tally.promoters,
            "passives": self.tally.passives,
            "detractors": self.tally.detractors,
            "nps": self.tally.nps,
            "display": self.tally.display,
            "low": self.interval and self.interval.low,
            "high": self.interval and self.interval.high,
            "confidence": self.confidence,
            "method": "adjusted_wald" if self.population is None else "predictive",
            "population": self.population,
            "worst_case_low": self.worst and self.worst.low,
            "worst_case_high": self.worst and self.worst.high,
        }
        if self.before is None:
            return found
        moved = self.change
        return found | {
            "change": moved and moved.difference,
            "change_low": moved and moved.low,
            "change_high": moved and moved.high,
            "z": moved and moved.z,
            "p_value": moved and moved.p_value,
            "verdict": moved and moved.verdict.value,
        }


def scored(
    answers: Tally,
    confidence: float,
    population: int | None,
    before: Tally | None,
    both: Overlap = NOBODY_IN_BOTH,
) -> Scored:
    """Work out all that can be said. Raises ValueError naming what is out of range."""
    return Scored(
        tally=answers,
        confidence=confidence,
        population=population,
        interval=adjusted_wald(answers, confidence)
        if population is None
        else predictive(answers, population, confidence),
        worst=None if population is None else worst_case(answers, population),
        before=before,
        change=overlap_change(before, answers, both, confidence) if before else None,
    )
