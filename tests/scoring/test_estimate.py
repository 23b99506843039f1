from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.interval import (
    Basis,
    adjusted_wald,
    estimate,
    normal_quantile,
    predictive,
    t_quantile,
    worst_case,
)
from scoring.nps import Tally
from tests.scoring.simulations.coverage import outcomes
from tests.scoring.strategies import answered_tallies, confidences

TEAM = Tally(promoters=15, passives=9, detractors=6)
degrees_of_freedom = st.integers(min_value=1, max_value=1000)


def width(answers: Tally, population: int | None = None) -> float:
    found = estimate(answers, population)
    assert found is not None
    assert found.interval is not None
    return found.interval.high - found.interval.low


def test_when_everyone_answered_the_nps_is_exact_and_has_no_interval() -> None:
    found = estimate(TEAM, 30)
    assert found is not None
    assert (found.nps, found.basis, found.interval, found.bounds) == (30, Basis.CENSUS, None, None)


def test_a_part_of_a_group_has_its_interval_and_the_bounds_whatever_the_silent_think() -> None:
    found = estimate(TEAM, 40)
    assert found is not None
    assert found.basis is Basis.PART
    assert (found.interval, found.bounds) == (predictive(TEAM, 40), worst_case(TEAM, 40))


def test_answers_of_who_knows_how_many_are_a_sample() -> None:
    found = estimate(TEAM)
    assert found is not None
    assert (found.basis, found.interval, found.bounds) == (Basis.SAMPLE, adjusted_wald(TEAM), None)


@pytest.mark.parametrize(
    ("answers", "population", "known", "unknown"), [(24, 30, 25, 55), (9, 12, 41, 81), (40, 50, 20, 44)]
)
def test_a_known_group_halves_the_interval(
    answers: int, population: int, known: float, unknown: float
) -> None:
    shares = log(0.45), log(0.35), log(0.20)
    narrow = wide = 0.0
    for found, orders in outcomes(answers):
        counts = found.promoters, found.passives, found.detractors
        chance = exp(orders + sum(count * share for count, share in zip(counts, shares, strict=True)))
        narrow += chance * width(found, population)
        wide += chance * width(found)
    assert (narrow, wide) == pytest.approx((known, unknown), abs=2)


def test_nobody_has_no_estimate_and_fewer_asked_than_answered_are_refused() -> None:
    assert estimate(Tally(0, 0, 0)) is None
    assert estimate(Tally(0, 0, 0), 12) is None
    assert estimate(Tally(0, 0, 0), 0) is None
    with pytest.raises(ValueError, match="population is 29, fewer than the 30"):
        estimate(TEAM, 29)
    with pytest.raises(ValueError, match="confidence must"):
        estimate(TEAM, 40, 95)


@given(answered_tallies, st.none() | st.integers(min_value=0, max_value=1000), confidences)
def test_only_a_census_has_no_interval(answers: Tally, silent: int | None, confidence: float) -> None:
    population = None if silent is None else answers.responses + silent
    found = estimate(answers, population, confidence)
    assert found is not None
    assert found.nps == answers.nps
    assert (found.interval is None) == (silent == 0)
    assert (found.bounds is None) == (not silent)
    if found.interval and found.bounds:
        assert found.bounds.low - 1e-9 <= found.interval.low
        assert found.interval.high <= found.bounds.high + 1e-9


# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: upper critical values of Student's t.
@pytest.mark.parametrize(
    ("confidence", "degrees", "published"),
    [
        (0.80, 1, 3.078),
        (0.95, 1, 12.706),
        (0.98, 1, 31.821),
        (0.95, 2, 4.303),
        (0.90, 5, 2.015),
        (0.95, 10, 2.228),
        (0.99, 30, 2.750),
        (0.998, 64, 3.223),
        (0.95, 100, 1.984),
    ],
)
def test_the_t_quantile_is_the_published_one(confidence: float, degrees: int, published: float) -> None:
    assert t_quantile(confidence, degrees) == pytest.approx(published, abs=6e-4)


# From SciPy 1.x, on either side of where the method changes.
@pytest.mark.parametrize(
    ("confidence", "degrees", "other"),
    [
        (0.9, 7, 1.8945786050900062),
        (0.95, 23, 2.0686576104190486),
        (0.999, 45, 3.520251464971136),
        (0.99, 199, 2.600760216058516),
        (0.99, 200, 2.600634436191558),
    ],
)
def test_the_t_quantile_is_right_to_nine_digits(confidence: float, degrees: int, other: float) -> None:
    assert t_quantile(confidence, degrees) == pytest.approx(other, rel=1e-9)


@given(degrees_of_freedom, confidences)
def test_the_t_quantile_falls_towards_the_normal_one(degrees: int, confidence: float) -> None:
    here, further = t_quantile(confidence, degrees), t_quantile(confidence, degrees + 1)
    assert here > further > normal_quantile(confidence)
    assert t_quantile(confidence, 10**9) == pytest.approx(normal_quantile(confidence))


def test_no_degree_of_freedom_and_no_confidence_are_refused() -> None:
    with pytest.raises(ValueError, match="degrees must be 1 or more, not 0"):
        t_quantile(0.95, 0)
    with pytest.raises(ValueError, match="degrees must"):
        t_quantile(0.95, -1)
    with pytest.raises(ValueError, match="confidence must"):
        t_quantile(1.0, 5)
