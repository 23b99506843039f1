"""How far teams' shrunken NPS lie from the true ones: `python -m tests.scoring.simulations.teams [RUNS]`.

Eight teams with true NPS spread around 25 points, so many answers from each. Prints the root
mean square error of the raw NPS and of the shrunken ones.
"""

import random
import sys
from collections.abc import Iterator
from math import sqrt

from scoring.nps import Tally
from scoring.segments import shrunken

TEAMS = 8
PROMOTERS, DETRACTORS = 0.45, 0.20
SIZES = (5, 8, 15)
# Standard deviations of the teams' true NPS, in points.
SPREADS = (0, 10, 20)


def errors(size: int, spread: float, runs: int) -> tuple[float, float]:
    """Give the error of the raw and of the shrunken NPS, in points."""
    rng = random.Random(size)  # noqa: S311 - a simulation that can be repeated
    raw = drawn = 0.0
    for _ in range(runs):
        shares = [shares_of_team(rng.gauss(0, spread)) for _ in range(TEAMS)]
        found = shrunken({place: answers(rng, size, *both) for place, both in enumerate(shares)})
        assert found is not None
        for row in found.rows:
            promoters, detractors = shares[row.name]
            truth = 100 * (promoters - detractors)
            raw += (row.raw - truth) ** 2
            drawn += (row.nps - truth) ** 2
    return sqrt(raw / runs / TEAMS), sqrt(drawn / runs / TEAMS)


def shares_of_team(points: float) -> tuple[float, float]:
    """Give promoters and detractors of a team so many points above the others, as far as there is room."""
    shift = max(-PROMOTERS, min(DETRACTORS, points / 200))
    return PROMOTERS + shift, DETRACTORS - shift


def answers(rng: random.Random, size: int, promoters: float, detractors: float) -> Tally:
    drawn = rng.choices("+0-", (promoters, 1 - promoters - detractors, detractors), k=size)
    return Tally(drawn.count("+"), drawn.count("0"), drawn.count("-"))


def lines(runs: int) -> Iterator[str]:
    yield f"Root mean square error of {TEAMS} teams' NPS, {runs} runs: raw / shrunken, by their true spread"
    yield f"{'answers a team':16}" + "".join(f"{spread:>10} points" for spread in SPREADS)
    for size in SIZES:
        cells = (errors(size, spread, runs) for spread in SPREADS)
        yield f"{size:<16}" + "".join(f"{raw:>11.0f}/{drawn:<5.0f}" for raw, drawn in cells)


if __name__ == "__main__":
    for line in lines(int((sys.argv[1:] or ["2000"])[0])):
        print(line)  # noqa: T201
