from collections import Counter
from random import Random
from statistics import fmean, variance
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.distribution import Distribution, distribution, mean_interval
from scoring.nps import tally
from tests.scoring.strategies import confidences, scores

answers = st.lists(scores, min_size=1, max_size=60)
ONE_EACH = Distribution((1,) * 11)


def spread(loose: list[int]) -> Distribution:
    return distribution(Counter(loose))


def test_each_score_has_its_count_and_its_share() -> None:
    found = distribution({10: 3, 9: 1, 7: 2, 0: 1})
    assert found.counts == (1, 0, 0, 0, 0, 0, 0, 2, 0, 1, 3)
    assert found.percents == (14, 0, 0, 0, 0, 0, 0, 29, 0, 14, 43)


def test_nobody_has_no_shares_and_no_mean() -> None:
    nobody = distribution({})
    assert (nobody.responses, nobody.percents, nobody.mean, nobody.variance) == (0, None, None, None)
    assert mean_interval(nobody) is None


@given(answers)
def test_a_distribution_knows_what_the_scores_know(loose: list[int]) -> None:
    found = spread(loose)
    assert found.responses == len(loose)
    assert found.tally == tally(loose)
    assert found.mean == pytest.approx(fmean(loose))
    if len(loose) > 1:
        assert found.variance == pytest.approx(variance(loose))


@given(answers)
def test_the_shares_sum_to_100_and_a_score_given_more_often_never_has_a_smaller_one(loose: list[int]) -> None:
    found = spread(loose)
    assert found.percents is not None
    assert sum(found.percents) == 100
    for count, percent in zip(found.counts, found.percents, strict=True):
        assert abs(percent - 100 * count / len(loose)) < 1
        assert (percent == 0) or count
    by_count = sorted(zip(found.counts, found.percents, strict=True))
    assert [percent for _, percent in by_count] == sorted(found.percents)


# Student's own example, the hours of sleep gained (Biometrika 6, 1908), has no whole scores; this is the
# textbook's sum by hand: mean 5, variance 11, n 11, t 2.228.
def test_the_interval_by_hand() -> None:
    found = mean_interval(ONE_EACH)
    assert found is not None
    assert found.mean == 5
    assert (found.low, found.high) == pytest.approx((5 - 2.2281, 5 + 2.2281), abs=1e-4)


def test_a_known_group_narrows_the_interval_and_a_whole_one_has_none() -> None:
    alone, part, whole = (mean_interval(ONE_EACH, population) for population in (None, 44, 11))
    assert alone is not None
    assert part is not None
    assert whole is not None
    assert alone.high is not None
    assert part.high is not None
    assert (part.high - 5) / (alone.high - 5) == pytest.approx(0.75**0.5)
    assert (whole.mean, whole.low, whole.high) == (5, None, None)


@pytest.mark.parametrize("loose", [[7], [10, 10, 10]])
def test_where_nothing_tells_the_spread_there_is_no_interval(loose: list[int]) -> None:
    found = mean_interval(spread(loose))
    assert found is not None
    assert (found.mean, found.low, found.high) == (loose[0], None, None)


def test_95_of_100_intervals_hold_the_mean() -> None:
    rng = Random(8)  # noqa: S311 - a simulation that can be repeated
    weights = (1, 0, 1, 1, 1, 3, 3, 5, 7, 5, 4)
    truth = sum(score * weight for score, weight in enumerate(weights)) / sum(weights)
    held = 0
    for _ in range(2000):
        found = mean_interval(spread(rng.choices(range(11), weights, k=20)))
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


@given(answers, st.none() | st.integers(min_value=0, max_value=100), confidences)
def test_the_interval_is_bounded_holds_the_mean_and_mirrors(
    loose: list[int], silent: int | None, confidence: float
) -> None:
    population = None if silent is None else len(loose) + silent
    found = mean_interval(spread(loose), population, confidence)
    mirrored = mean_interval(spread([10 - score for score in loose]), population, confidence)
    assert found is not None
    assert mirrored is not None
    assert mirrored.mean == pytest.approx(10 - found.mean)
    assert (found.low is None) == (found.high is None) == (mirrored.low is None)
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.mean <= found.high <= 10
        assert (mirrored.low, mirrored.high) == pytest.approx((10 - found.high, 10 - found.low))


def test_what_is_no_distribution_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not 11$"):
        distribution({11: 1})
    with pytest.raises(ValueError, match="answers with score 3 must"):
        distribution({3: -1})
    with pytest.raises(ValueError, match=r"counts must be 11 numbers.*not 10$"):
        Distribution((1,) * 10)
    with pytest.raises(ValueError, match="answers with score 0 must"):
        Distribution((cast("int", 1.0), *[0] * 10))
    with pytest.raises(ValueError, match="population is 10, fewer than the 11"):
        mean_interval(ONE_EACH, 10)
    with pytest.raises(ValueError, match="population must"):
        mean_interval(ONE_EACH, -1)
