from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.nps import rounded_ratio, rounded_to_sum, whole_percents
from tests.scoring.strategies import counts

sixtieths = st.integers(min_value=-6000, max_value=6000).map(lambda number: Fraction(number, 60))
fractions = st.lists(sixtieths, max_size=12)


@pytest.mark.parametrize(
    ("parts", "percents"),
    [
        ([1, 1, 1], (33, 33, 34)),
        ([1, 0, 2], (33, 0, 67)),
        ([1] * 8, (12, 12, 12, 12, 13, 13, 13, 13)),
        ([999, 1], (100, 0)),
        ([5], (100,)),
    ],
)
def test_whole_percentages_sum_to_100(parts: list[int], percents: tuple[int, ...]) -> None:
    assert whole_percents(parts) == percents


def test_parts_of_nothing_have_none_and_a_negative_one_is_refused() -> None:
    assert whole_percents([0, 0]) is None
    assert whole_percents([]) is None
    with pytest.raises(ValueError, match="part must"):
        whole_percents([3, -1])


@given(st.lists(counts, min_size=1, max_size=12).filter(any))
def test_a_larger_part_never_has_a_smaller_percentage(parts: list[int]) -> None:
    percents = whole_percents(parts)
    assert percents is not None
    assert sum(percents) == 100
    in_order = [percent for _, percent in sorted(zip(parts, percents, strict=True))]
    assert in_order == sorted(in_order)
    for part, percent in zip(parts, percents, strict=True):
        assert abs(percent - Fraction(100 * part, sum(parts))) < 1


@given(fractions)
def test_rounded_values_sum_to_the_rounded_sum(values: list[Fraction]) -> None:
    exact = sum(values, Fraction())
    total = rounded_ratio(exact.numerator, exact.denominator)
    whole = rounded_to_sum(values, total)
    assert sum(whole) == total
    assert all(abs(rounded - value) < 1 for rounded, value in zip(whole, values, strict=True))


@given(st.lists(st.integers(min_value=-100, max_value=100), max_size=12))
def test_whole_values_stay(values: list[int]) -> None:
    assert rounded_to_sum([Fraction(value) for value in values], sum(values)) == tuple(values)


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    with pytest.raises(ValueError, match=r"total is 3, but the values sum to 1\.5"):
        rounded_to_sum([Fraction(1), Fraction(1, 2)], 3)
