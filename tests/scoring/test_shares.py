"""Whether a share moved: against published figures, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.change import Verdict
from scoring.shares import share_change

groups = st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        # Newcombe 1998, table II, method 10: his difference is the first less the second.
        ((48, 80), (56, 70), 5.24, 33.39),
        ((3, 10), (9, 10), 17.05, 80.90),
        ((0, 20), (10, 10), 67.91, 100.0),
    ],
)
def test_published_intervals(
    before: tuple[int, int], after: tuple[int, int], low: float, high: float
) -> None:
    moved = share_change(before, after)
    assert moved is not None
    assert (moved.low, moved.high) == pytest.approx((low, high), abs=0.02)


@given(groups, groups)
def test_the_other_way_round_is_the_mirror(before: tuple[int, int], after: tuple[int, int]) -> None:
    there, back = share_change(before, after), share_change(after, before)
    assert there is not None
    assert back is not None
    assert (there.difference, there.low, there.high) == pytest.approx(
        (-back.difference, -back.high, -back.low)
    )
    assert -100 <= there.low <= there.difference <= there.high <= 100


@given(groups)
def test_the_same_share_has_not_moved(group: tuple[int, int]) -> None:
    moved = share_change(group, group)
    assert moved is not None
    assert moved.verdict in {Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW}


def test_few_are_not_compared_and_none_have_no_share() -> None:
    moved = share_change((4, 4), (0, 100))
    assert moved is not None
    assert moved.verdict is Verdict.TOO_FEW
    assert share_change((0, 0), (1, 9)) is None
