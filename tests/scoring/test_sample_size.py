import math
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.change import Verdict, change
from scoring.interval import adjusted_wald, predictive
from scoring.nps import Tally
from scoring.sample_size import answers_needed, detectable_change

TYPICAL = 0.5875


def half_width(low: float, high: float) -> float:
    return (high - low) / 2


def test_ten_points_either_way_need_382_answers_at_most_and_223_typically() -> None:
    assert answers_needed(10) == 382
    assert answers_needed(10, variance=TYPICAL) == 223


def test_the_interval_with_that_many_answers_is_as_narrow_as_planned() -> None:
    interval = adjusted_wald(Tally(promoters=191, passives=0, detractors=191))
    assert interval is not None
    assert half_width(interval.low, interval.high) == pytest.approx(10, abs=0.05)


@pytest.mark.parametrize("members", [50, 200, 1000])
def test_a_team_needs_fewer_and_its_interval_is_as_narrow_as_planned(members: int) -> None:
    needed = answers_needed(10, members)
    assert needed < min(members, answers_needed(10))
    enough, too_few = (predictive(Tally(n // 2, n % 2, n // 2), members) for n in (needed, needed - 5))
    assert enough is not None
    assert too_few is not None
    assert half_width(enough.low, enough.high) <= 10.05
    assert half_width(too_few.low, too_few.high) > 10


# Krejcie and Morgan, Educational and Psychological Measurement 30 (1970), 607-610, table 1: a share
# known to 5 % is an NPS, of two opposite categories, known to 10 points.
@pytest.mark.parametrize(
    ("members", "needed"), [(10, 10), (50, 44), (100, 80), (500, 217), (1000, 278), (100_000, 384)]
)
def test_a_team_needs_what_the_published_table_says(members: int, needed: int) -> None:
    assert answers_needed(10, members) == pytest.approx(needed, abs=1)


def test_a_team_of_nobody_needs_nobody() -> None:
    assert answers_needed(10, 0) == 0


@given(
    st.floats(min_value=0.1, max_value=100),
    st.integers(min_value=1, max_value=10**6),
    st.floats(min_value=0.01, max_value=1),
)
def test_finer_questions_larger_teams_and_wider_opinions_never_need_fewer(
    margin: float, members: int, variance: float
) -> None:
    needed = answers_needed(margin, members, variance=variance)
    assert 1 <= needed <= members
    assert answers_needed(margin / 2, members, variance=variance) >= needed
    assert answers_needed(margin, 2 * members, variance=variance) >= needed
    assert answers_needed(margin, members) >= needed


def test_two_waves_of_40_can_tell_about_32_points_apart() -> None:
    assert detectable_change(40, 40, variance=TYPICAL) == pytest.approx(32, abs=0.5)


def test_the_least_change_detected_is_on_the_edge_of_a_verdict() -> None:
    least = detectable_change(400, 400)
    assert least == pytest.approx(13.8, abs=0.05)
    below, above = (change(Tally(200, 0, 200), Tally(200 + more, 0, 200 - more)) for more in (27, 28))
    assert below is not None
    assert above is not None
    assert below.difference < least < above.difference
    assert (below.verdict, above.verdict) == (Verdict.NO_CLEAR_CHANGE, Verdict.UP)


def test_to_be_surely_found_a_change_must_be_larger() -> None:
    ratio = detectable_change(40, 40, power=0.8) / detectable_change(40, 40)
    assert ratio == pytest.approx((1.960 + 0.842) / 1.960, abs=1e-3)


@pytest.mark.parametrize("margin", [0, -10, 101, math.nan, math.inf])
def test_a_margin_that_cannot_be_is_refused(margin: float) -> None:
    with pytest.raises(ValueError, match=f"^margin must .* not {margin!r}$"):
        answers_needed(margin)


@pytest.mark.parametrize("variance", [0, -0.1, 1.01, math.nan])
def test_a_variance_that_cannot_be_is_refused(variance: float) -> None:
    with pytest.raises(ValueError, match="variance must"):
        answers_needed(10, variance=variance)
    with pytest.raises(ValueError, match="variance must"):
        detectable_change(40, 40, variance=variance)


@pytest.mark.parametrize("bad", [-1, 2.5, True])
def test_counts_that_cannot_be_are_refused_by_name(bad: object) -> None:
    count = cast("int", bad)
    with pytest.raises(ValueError, match="members must"):
        answers_needed(10, count)
    with pytest.raises(ValueError, match="before must"):
        detectable_change(count, 1)
    with pytest.raises(ValueError, match="after must"):
        detectable_change(1, count)


@pytest.mark.parametrize("power", [0, 1, -0.5, math.nan])
def test_a_power_that_cannot_be_is_refused(power: float) -> None:
    with pytest.raises(ValueError, match="power must"):
        detectable_change(40, 40, power=power)
