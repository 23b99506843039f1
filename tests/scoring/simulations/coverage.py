"""How often a nominal 95 % interval holds the true NPS: `python -m tests.scoring.simulations.coverage [N ...]`.

Exact, by enumeration: every outcome of n answers, for every true distribution with shares in whole
fortieths. Prints, for each method, the mean over the distributions and the worst of them.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from math import comb, exp, lgamma, log, sqrt

from scoring.interval import adjusted_wald, normal_quantile, predictive
from scoring.nps import Tally

STEPS = 40
TEAMS = [(5, 10), (10, 12), (10, 20), (20, 40), (30, 40)]
Z = normal_quantile(0.95)
# An outcome on the edge of its interval must not fall out by the last bit of a float.
SLACK = 1e-9

Method = Callable[[Tally], Callable[[float], bool]]


def plain_wald(answers: Tally) -> Callable[[float], bool]:
    assert answers.nps is not None
    assert answers.variance is not None
    centre, margin = answers.nps / 100, Z * sqrt(answers.variance / answers.responses)
    return lambda truth: abs(truth - centre) <= margin + SLACK


def ours(answers: Tally) -> Callable[[float], bool]:
    interval = adjusted_wald(answers)
    assert interval is not None
    low, high = interval.low / 100 - SLACK, interval.high / 100 + SLACK
    return lambda truth: low <= truth <= high


def tango(answers: Tally) -> Callable[[float], bool]:
    """Tango, Statistics in Medicine 17 (1998), 891-908: the score test of a difference of paired shares."""
    n, up, down = answers.responses, answers.promoters, answers.detractors

    def holds(truth: float) -> bool:
        b = (2 * n - up + down) * truth - up - down
        c = -down * truth * (1 - truth)
        detractors = (sqrt(max(0.0, b**2 - 8 * n * c)) - b) / (4 * n)
        variance = n * (2 * detractors + truth * (1 - truth))
        return abs(up - down - n * truth) <= Z * sqrt(max(0.0, variance)) + SLACK

    return holds


METHODS: dict[str, Method] = {"Wald": plain_wald, "adjusted Wald": ours, "Tango score": tango}


def outcomes(n: int) -> list[tuple[Tally, float]]:
    """Every way n people can answer, with the logarithm of how many orders it can happen in."""
    return [
        (
            Tally(up, n - up - down, down),
            lgamma(n + 1) - lgamma(up + 1) - lgamma(down + 1) - lgamma(n - up - down + 1),
        )
        for up in range(n + 1)
        for down in range(n + 1 - up)
    ]


def distributions() -> Iterator[tuple[int, int, int]]:
    """Promoters, passives and detractors in fortieths, half of them: the other half mirrors these."""
    for up in range(STEPS + 1):
        for down in range(min(up, STEPS - up) + 1):
            yield up, STEPS - up - down, down


def logarithm(share: float) -> float:
    return log(share) if share else -1e6


def coverage(n: int, method: Method) -> tuple[float, float]:
    """Give the mean and the worst coverage over all the distributions."""
    tests = [(answers, orders, method(answers)) for answers, orders in outcomes(n)]
    by_surplus = defaultdict(list)
    for shares in distributions():
        by_surplus[shares[0] - shares[2]].append(shares)
    total, weight, worst = 0.0, 0, 1.0
    for surplus, group in by_surplus.items():
        held = [(answers, orders) for answers, orders, holds in tests if holds(surplus / STEPS)]
        for shares in group:
            up, passive, down = (logarithm(share / STEPS) for share in shares)
            covered = sum(
                exp(orders + answers.promoters * up + answers.passives * passive + answers.detractors * down)
                for answers, orders in held
            )
            twice = 2 if surplus else 1
            total, weight, worst = total + twice * covered, weight + twice, min(worst, covered)
    return total / weight, worst


def finite_coverage(n: int, members: int) -> tuple[float, float]:
    """Give the mean and worst coverage of the predictive interval over every team of so many members."""
    tests = [(answers, predictive(answers, members)) for answers, _ in outcomes(n)]
    covered = []
    for team, _ in outcomes(members):
        ways = sum(
            comb(team.promoters, answers.promoters)
            * comb(team.passives, answers.passives)
            * comb(team.detractors, answers.detractors)
            for answers, interval in tests
            if interval and team.nps is not None and interval.low - SLACK <= team.nps <= interval.high + SLACK
        )
        covered.append(ways / comb(members, n))
    return sum(covered) / len(covered), min(covered)


def lines(sizes: list[int]) -> Iterator[str]:
    yield "Mean / worst coverage of a nominal 95 % interval, by number of answers"
    yield f"{'answers':16}" + "".join(f"{size:>12}" for size in sizes)
    for name, method in METHODS.items():
        cells = (coverage(size, method) for size in sizes)
        yield f"{name:16}" + "".join(f"{mean:>7.2f}/{worst:.2f}" for mean, worst in cells)
    yield "\nPredictive interval, by answers of members"
    for n, members in TEAMS:
        mean, worst = finite_coverage(n, members)
        yield f"{f'{n} of {members}':16}{mean:>7.2f}/{worst:.2f}"


if __name__ == "__main__":
    for line in lines([int(size) for size in sys.argv[1:]] or [5, 10, 20, 50, 200]):
        print(line)  # noqa: T201
