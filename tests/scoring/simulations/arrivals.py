"""How often a steady team's wave is called different while it is open: `python -m tests.scoring.simulations.arrivals`.

Each of four weeks the wave so far is compared with the complete one before it; in the other column it
is compared once, when it closes. Nothing changes in truth. An answer comes in any week with the same
chance, or a promoter's comes twice as fast.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, product
from math import exp

from scoring.change import Verdict, change, overlap, overlap_change
from scoring.nps import Tally
from tests.scoring.simulations.twice import SCORES, chances_of_scores

WEEKS = 4
# Answers a week of one who has not answered yet; nine in ten have when the wave closes.
PACE = 0.7
AT_RANDOM, PROMOTERS_FIRST = 1.0, 2.0
GROUPS = (25, 50, 200)
NEVER = WEEKS + 1
MINIMUM = 5

# What one member answers, and in which week, in either wave.
Member = tuple[tuple[int, int], tuple[int, int]]
Members = Counter[Member]


def weeks(score: int, promoters_pace: float) -> dict[int, float]:
    """Give the chance of each week, and of never, for who gives this score."""
    pace = PACE * (promoters_pace if score == SCORES[-1] else 1)
    found = {week: exp(-pace * (week - 1)) - exp(-pace * week) for week in range(1, WEEKS + 1)}
    return found | {NEVER: exp(-pace * WEEKS)}


def waves(group: int, promoters_pace: float, r: float, runs: int) -> Iterator[Members]:
    rng = random.Random(group)  # noqa: S311 - a simulation that can be repeated
    by_score = {score: weeks(score, promoters_pace) for score in SCORES}
    cells: dict[Member, float] = {}
    for (before, after), chance in chances_of_scores(r, shift=0.0).items():
        for (first, early), (second, late) in product(by_score[before].items(), by_score[after].items()):
            cells[(before, first), (after, second)] = chance * early * late
    members, cumulated = list(cells), list(accumulate(cells.values()))
    for _ in range(runs):
        yield Counter(rng.choices(members, cum_weights=cumulated, k=group))


def false_alarms(group: int, promoters_pace: float, runs: int, r: float = 0.0) -> tuple[float, float]:
    """Give the share of waves called different at any of the four looks, and of those so called at closing."""
    at_a_look = at_closing = 0
    for members in waves(group, promoters_pace, r, runs):
        before = answered(members, 0, WEEKS)
        at_a_look += any(
            differs_while_open(before, answered(members, 1, week)) for week in range(1, WEEKS + 1)
        )
        both = overlap(pairs(members))
        moved = overlap_change(before, answered(members, 1, WEEKS), both)
        at_closing += moved is not None and moved.verdict in {Verdict.UP, Verdict.DOWN}
    return at_a_look / runs, at_closing / runs


def differs_while_open(before: Tally, so_far: Tally) -> bool:
    moved = change(before, so_far)
    enough = min(before.responses, so_far.responses) >= MINIMUM
    return enough and moved is not None and moved.verdict is not Verdict.NO_CLEAR_CHANGE


def answered(members: Members, wave: int, week: int) -> Tally:
    counts: Counter[int] = Counter()
    for answers, people in members.items():
        score, came = answers[wave]
        if came <= week:
            counts[score] += people
    detractors, passives, promoters = (counts[score] for score in SCORES)
    return Tally(promoters, passives, detractors)


def pairs(members: Members) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for ((before, first), (after, second)), people in members.items():
        if max(first, second) <= WEEKS:
            found[before, after] += people
    return found


def lines(runs: int) -> Iterator[str]:
    yield f"Steady waves called different, {runs} runs: at one of 4 looks or more / at closing / the same, r = .5"
    yield f"{'group':8}{'answers at random':>24}{'promoters twice as fast':>26}"
    for group in GROUPS:
        line = f"{group:<8}"
        for pace in (AT_RANDOM, PROMOTERS_FIRST):
            (looks, closing), (_, same) = (false_alarms(group, pace, runs, r) for r in (0.0, 0.5))
            line += f"{looks:>14.3f}/{closing:.3f}/{same:.3f}"
        yield line


if __name__ == "__main__":
    for line in lines(int((sys.argv[1:] or ["10000"])[0])):
        print(line)  # noqa: T201
