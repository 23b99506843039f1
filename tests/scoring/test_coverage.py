from fractions import Fraction
from math import exp, log

import pytest

from tests.scoring.simulations.coverage import (
    METHODS,
    TEAMS,
    coverage,
    distributions,
    finite_coverage,
    outcomes,
)

pytestmark = pytest.mark.slow

SIZES = (5, 10, 20, 50, 200)
TABLE = {
    "Wald": ((0.78, 0.12), (0.87, 0.22), (0.91, 0.40), (0.94, 0.72), (0.95, 0.87)),
    "adjusted Wald": ((0.95, 0.80), (0.95, 0.87), (0.95, 0.91), (0.95, 0.92), (0.95, 0.93)),
    "Tango score": ((0.97, 0.88), (0.96, 0.91), (0.96, 0.91), (0.95, 0.94), (0.95, 0.94)),
}
CELLS = [(name, size, *cell) for name, row in TABLE.items() for size, cell in zip(SIZES, row, strict=True)]


@pytest.mark.parametrize(("name", "size", "mean", "worst"), CELLS)
def test_the_coverage_table_holds(name: str, size: int, mean: float, worst: float) -> None:
    assert coverage(size, METHODS[name]) == pytest.approx((mean, worst), abs=0.01)


@pytest.mark.parametrize("size", SIZES)
def test_the_interval_shown_holds_the_truth_at_least_94_times_in_100_on_average(size: int) -> None:
    mean, _ = coverage(size, METHODS["adjusted Wald"])
    assert mean >= 0.94


@pytest.mark.parametrize(("answers", "members"), TEAMS)
def test_the_interval_of_a_known_team_holds_its_nps_as_often(answers: int, members: int) -> None:
    mean, worst = finite_coverage(answers, members)
    assert mean >= 0.94
    assert worst >= 0.75


def test_a_census_always_holds_its_nps() -> None:
    assert finite_coverage(8, 8) == (1, 1)


def test_the_enumeration_is_whole() -> None:
    shares = (Fraction(20, 40), Fraction(13, 40), Fraction(7, 40))
    assert shares[0] + shares[1] + shares[2] == 1
    total = sum(
        exp(
            orders
            + answers.promoters * log(shares[0])
            + answers.passives * log(shares[1])
            + answers.detractors * log(shares[2])
        )
        for answers, orders in outcomes(20)
    )
    assert total == pytest.approx(1)
    halves = list(distributions())
    assert sum(1 if up == down else 2 for up, _, down in halves) == 41 * 42 // 2
    assert {sum(half) for half in halves} == {40}
