import math
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.interval import adjusted_wald, normal_quantile, predictive, worst_case
from scoring.nps import MINUS, Tally
from tests.scoring.cases import ONE_WAVE, counts_of, name_of
from tests.scoring.strategies import answered_tallies, confidences, mirror

NOBODY = Tally(0, 0, 0)
TEAM = Tally(promoters=15, passives=9, detractors=6)


@pytest.mark.parametrize(
    "case", [case for case in ONE_WAVE if case["expected"]["nps"] is not None], ids=name_of
)
def test_the_reference_cases_have_their_interval(case: dict[str, Any]) -> None:
    interval = adjusted_wald(counts_of(case))
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx(case["expected"]["adjwald95"], abs=5e-5)
    assert interval.confidence == 0.95


@pytest.mark.parametrize(("promoters", "shown"), [(5, "[+17, +100]"), (10, "[+48, +100]")])
def test_all_promoters_still_leave_room_for_doubt(promoters: int, shown: str) -> None:
    interval = adjusted_wald(Tally(promoters, 0, 0))
    assert interval is not None
    assert interval.display == shown


@pytest.mark.parametrize(
    ("population", "likely", "at_worst"),
    [
        (30, "[+30, +30]", "[+30, +30]"),
        (40, "[+16, +43]", f"[{MINUS}3, +48]"),
        (200, "[+3, +52]", f"[{MINUS}81, +90]"),
    ],
)
def test_a_known_team_narrows_the_interval(population: int, likely: str, at_worst: str) -> None:
    interval, bounds = predictive(TEAM, population), worst_case(TEAM, population)
    assert interval is not None
    assert bounds is not None
    assert (interval.display, bounds.display) == (likely, at_worst)


def test_a_huge_population_is_no_population() -> None:
    predicted, unlimited = predictive(TEAM, 10**9), adjusted_wald(TEAM)
    assert predicted is not None
    assert unlimited is not None
    assert (predicted.low, predicted.high) == pytest.approx((unlimited.low, unlimited.high), abs=1e-3)
    assert unlimited.display == "[+1, +54]"


def test_nobody_has_no_interval_but_a_worst_case() -> None:
    assert adjusted_wald(NOBODY) is None
    assert predictive(NOBODY, 12) is None
    assert worst_case(NOBODY, 0) is None
    bounds = worst_case(NOBODY, 12)
    assert bounds is not None
    assert (bounds.low, bounds.high, bounds.confidence) == (-100, 100, 1)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95.0, math.nan, math.inf])
def test_a_confidence_outside_0_to_1_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        adjusted_wald(TEAM, confidence)
    with pytest.raises(ValueError, match="confidence must lie between 0 and 1"):
        predictive(TEAM, 40, confidence)


@pytest.mark.parametrize("population", [29, -1, 40.0, True])
def test_a_population_that_cannot_be_is_refused(population: object) -> None:
    with pytest.raises(ValueError, match=r"^population"):
        predictive(TEAM, cast("int", population))
    with pytest.raises(ValueError, match=r"^population"):
        worst_case(TEAM, cast("int", population))


# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1: cumulative distribution of the normal.
@pytest.mark.parametrize(("confidence", "z"), [(0.90, 1.645), (0.95, 1.960), (0.99, 2.576)])
def test_the_quantile_is_the_published_one(confidence: float, z: float) -> None:
    assert normal_quantile(confidence) == pytest.approx(z, abs=5e-4)


@given(answered_tallies, st.integers(min_value=0, max_value=1000), confidences)
def test_every_interval_is_bounded_and_holds_the_nps(answers: Tally, silent: int, confidence: float) -> None:
    population = answers.responses + silent
    bounds = worst_case(answers, population)
    assert bounds is not None
    assert answers.nps is not None
    for interval in (adjusted_wald(answers, confidence), predictive(answers, population, confidence), bounds):
        assert interval is not None
        assert -100 <= interval.low <= answers.nps <= interval.high <= 100
    predicted = predictive(answers, population, confidence)
    assert predicted is not None
    assert bounds.low - 1e-9 <= predicted.low
    assert predicted.high <= bounds.high + 1e-9


@given(answered_tallies, st.integers(min_value=0, max_value=1000), confidences)
def test_mirrored_answers_have_the_mirrored_interval(answers: Tally, silent: int, confidence: float) -> None:
    population = answers.responses + silent
    for here, there in (
        (adjusted_wald(answers, confidence), adjusted_wald(mirror(answers), confidence)),
        (predictive(answers, population, confidence), predictive(mirror(answers), population, confidence)),
        (worst_case(answers, population), worst_case(mirror(answers), population)),
    ):
        assert here is not None
        assert there is not None
        assert (there.low, there.high) == pytest.approx((-here.high, -here.low), abs=1e-9)


@given(answered_tallies)
def test_a_promoter_more_never_lowers_either_end(answers: Tally) -> None:
    before = adjusted_wald(answers)
    after = adjusted_wald(Tally(answers.promoters + 1, answers.passives, max(answers.detractors - 1, 0)))
    assert before is not None
    assert after is not None
    assert after.low >= before.low - 1e-9


@given(answered_tallies)
def test_more_confidence_is_never_narrower(answers: Tally) -> None:
    likely, surer = adjusted_wald(answers, 0.8), adjusted_wald(answers, 0.99)
    assert likely is not None
    assert surer is not None
    assert surer.low <= likely.low
    assert surer.high >= likely.high


@given(answered_tallies)
def test_a_census_has_no_doubt(answers: Tally) -> None:
    census = predictive(answers, answers.responses)
    assert census is not None
    assert census.low == census.high == answers.nps
