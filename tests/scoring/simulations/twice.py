"""How often two closed waves of one team are called different: `python -m tests.scoring.simulations.twice [RUNS]`.

Each member has a happiness in either wave, two normal values correlated by r, cut at the 20th and 55th
percentile into detractor, passive, promoter. In a true change the second wave's are .6 higher: 36 points.
Each member answers each wave by a throw of its own.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from math import exp, pi, sqrt
from statistics import NormalDist

from scoring.change import Change, Verdict, change, overlap, overlap_change, paired_change
from scoring.nps import Tally

CUTS = (NormalDist().inv_cdf(0.20), NormalDist().inv_cdf(0.55))
TRUE_SHIFT = 0.6
# A score of each category.
SCORES = (0, 7, 10)
# The integral over the first happiness: Simpson's rule on so many steps within so many deviations.
STEPS, REACH = 400, 8.0

Pair = tuple[int | None, int | None]
Pairs = Counter[Pair]


@dataclass(frozen=True)
class Team:
    """So many members, of which a part answers each wave; r says how far a person stays the same."""

    members: int
    answering: float
    r: float

    def __str__(self) -> str:
        return f"{self.members}, {self.answering:.0%}, r = {self.r}"


TEAMS = [
    Team(30, 1.0, 0.0),
    Team(30, 1.0, 0.5),
    Team(30, 1.0, 0.8),
    Team(30, 0.7, 0.5),
    Team(30, 0.7, 0.8),
    Team(50, 0.6, 0.8),
    Team(200, 0.5, 0.5),
    Team(12, 1.0, 0.8),
]


def chances(team: Team, shift: float) -> dict[Pair, float]:
    """Give the chance of each pair of scores of one member; None where they do not answer."""
    answers = {True: team.answering, False: 1 - team.answering}
    found: dict[Pair, float] = {}
    for (before, after), chance in chances_of_scores(team.r, shift).items():
        for first, second in product(answers, answers):
            pair = before if first else None, after if second else None
            found[pair] = found.get(pair, 0.0) + chance * answers[first] * answers[second]
    return found


def waves(team: Team, shift: float, runs: int, seed: int) -> Iterator[Pairs]:
    """Let the team answer two waves, again and again."""
    rng = random.Random(seed)  # noqa: S311 - a simulation that can be repeated
    pairs, weights = zip(*chances(team, shift).items(), strict=True)
    cumulated = list(accumulate(weights))
    for _ in range(runs):
        yield Counter(rng.choices(pairs, cum_weights=cumulated, k=team.members))


def independent(answers: Pairs) -> Change | None:
    return change(tally_of(answers, 0), tally_of(answers, 1))


def paired(answers: Pairs) -> Change | None:
    return paired_change(pair for pair, people in in_both(answers).items() for _ in range(people))


def overlapping(answers: Pairs) -> Change | None:
    return overlap_change(tally_of(answers, 0), tally_of(answers, 1), overlap(in_both(answers)))


METHODS: dict[str, Callable[[Pairs], Change | None]] = {
    "independent": independent,
    "paired": paired,
    "overlap": overlapping,
}


def share_called_different(
    team: Team, shift: float, runs: int, methods: tuple[str, ...] = tuple(METHODS)
) -> dict[str, float]:
    """Give, by test, in what share of the runs it says "up" or "down"."""
    called: Counter[str] = Counter()
    for answers in waves(team, shift, runs, seed=team.members):
        for name in methods:
            moved = METHODS[name](answers)
            called[name] += moved is not None and moved.verdict in {Verdict.UP, Verdict.DOWN}
    return {name: called[name] / runs for name in methods}


def tally_of(answers: Pairs, wave: int) -> Tally:
    counts: Counter[int | None] = Counter()
    for pair, people in answers.items():
        counts[pair[wave]] += people
    detractors, passives, promoters = (counts[score] for score in SCORES)
    return Tally(promoters, passives, detractors)


def in_both(answers: Pairs) -> dict[tuple[int, int], int]:
    return {
        (before, after): people
        for (before, after), people in answers.items()
        if before is not None and after is not None
    }


def chances_of_scores(r: float, shift: float) -> dict[tuple[int, int], float]:
    found = dict.fromkeys(product(SCORES, SCORES), 0.0)
    normal, spread = NormalDist(), sqrt(1 - r**2)
    edges = (-REACH, *CUTS, REACH)
    for place, before in enumerate(SCORES):
        low, high = edges[place], edges[place + 1]
        for step in range(STEPS + 1):
            first = low + (high - low) * step / STEPS
            weight = (1 if step in {0, STEPS} else 4 if step % 2 else 2) * (high - low) / STEPS / 3
            density = weight * exp(-(first**2) / 2) / sqrt(2 * pi)
            below = [normal.cdf((cut - shift - r * first) / spread) for cut in CUTS]
            for after, chance in zip(SCORES, (below[0], below[1] - below[0], 1 - below[1]), strict=True):
                found[before, after] += density * chance
    return found


def lines(runs: int) -> Iterator[str]:
    yield f"Verdicts on two closed waves of one team, {runs} runs: false alarms / a true change of 36 points found"
    yield f"{'members, answering':24}" + "".join(f"{name:>14}" for name in METHODS)
    for team in TEAMS:
        steady, moved = (share_called_different(team, shift, runs) for shift in (0.0, TRUE_SHIFT))
        yield f"{team!s:24}" + "".join(f"{steady[name]:>9.3f}/{moved[name]:.2f}" for name in METHODS)


if __name__ == "__main__":
    for line in lines(int((sys.argv[1:] or ["20000"])[0])):
        print(line)  # noqa: T201
