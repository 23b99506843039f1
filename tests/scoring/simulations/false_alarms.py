"""How often the weekly trend cries wolf: `python -m tests.scoring.simulations.false_alarms`.

Simulates years in which nothing changes: everyone answers from the same distribution all along.
"""

import random
from collections import deque
from collections.abc import Iterator

from scoring.change import Verdict
from scoring.nps import Tally
from scoring.trend import BASELINE_WEEKS, RECENT_WEEKS, TREND_CONFIDENCE, trend

STABLE = (45, 35, 20)
WEEKS_A_YEAR = 52
SPAN = BASELINE_WEEKS + RECENT_WEEKS


def stable_week(rng: random.Random, answers: int) -> Tally:
    drawn = rng.choices("+0-", STABLE, k=answers)
    return Tally(drawn.count("+"), drawn.count("0"), drawn.count("-"))


def false_alarms(answers: int, weeks: int, confidence: float = TREND_CONFIDENCE) -> list[bool]:
    """Tell for each of so many stable weeks, each with so many answers, whether the trend sees a change."""
    rng = random.Random(answers)  # noqa: S311 - a simulation that can be repeated
    window = deque((stable_week(rng, answers) for _ in range(SPAN)), maxlen=SPAN)
    alarms = []
    for _ in range(weeks):
        window.append(stable_week(rng, answers))
        moved = trend(list(window), confidence)
        assert moved is not None
        alarms.append(moved.verdict is not Verdict.NO_CLEAR_CHANGE)
    return alarms


def share_of_years(alarms: list[bool]) -> float:
    """Give the share of years with at least one alarm."""
    years = [alarms[start : start + WEEKS_A_YEAR] for start in range(0, len(alarms), WEEKS_A_YEAR)]
    return sum(map(any, years)) / len(years)


def lines(years: int) -> Iterator[str]:
    yield f"False alarms in {years} stable years: share of weeks / of years with at least one"
    yield f"{'answers a week':16}{'|z| > 1.96':>14}{'|z| > 2.58':>14}"
    for answers in (5, 10, 20, 40):
        cells = (false_alarms(answers, years * WEEKS_A_YEAR, confidence) for confidence in (0.95, 0.99))
        yield f"{answers:<16}" + "".join(
            f"{sum(alarms) / len(alarms):>9.3f}/{share_of_years(alarms):.2f}" for alarms in cells
        )


if __name__ == "__main__":
    for line in lines(years=400):
        print(line)  # noqa: T201
