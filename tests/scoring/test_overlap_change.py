from collections import Counter
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.change import Change, Overlap, Verdict, change, overlap, overlap_change
from scoring.nps import Tally, tally
from scoring.scale import category_of
from tests.scoring.strategies import answered_tallies, confidences, scores

Pairs = list[tuple[int, int]]
pairs = st.lists(st.tuples(scores, scores), min_size=5, max_size=60)
# Those who answered both, only the first wave, only the second.
waves = st.tuples(pairs, st.lists(scores, max_size=30), st.lists(scores, max_size=30))


def compared(both: Pairs, first: list[int], second: list[int], confidence: float = 0.95) -> Change:
    moved = overlap_change(
        tally([*(before for before, _ in both), *first]),
        tally([*(after for _, after in both), *second]),
        overlap(Counter(both)),
        confidence,
    )
    assert moved is not None
    return moved


def turned(both: Pairs) -> Pairs:
    return [(after, before) for before, after in both]


def opposite(score: int) -> int:
    """Give a score of the category at the other end."""
    return {1: 0, 0: 7, -1: 10}[category_of(score).value_in_nps]


def test_the_formula_by_hand() -> None:
    both = [(9, 9)] * 4 + [(9, 0)] + [(0, 9)] + [(0, 0)] * 2 + [(7, 9)] * 2
    moved = compared(both, [9, 0], [7, 7, 9])
    first, second = (6 + 0.75, 15, 4 + 0.75), (8 + 0.75, 16, 3 + 0.75)
    shifts = [(up - down) / n for up, n, down in (first, second)]
    variances = [
        ((up + down) / n - shift**2) / n for (up, n, down), shift in zip((first, second), shifts, strict=True)
    ]
    covariance = (4 + 2 - 2) / 13 - (2 / 13) * (4 / 13)
    error = sqrt(sum(variances) - 2 * 10 * covariance / (15 * 16))
    assert moved.z == pytest.approx((shifts[1] - shifts[0]) / error)


def test_a_team_of_30_is_told_what_strangers_would_not_be() -> None:
    both = [(9, 9)] * 12 + [(7, 9)] * 4 + [(7, 7)] * 4 + [(3, 9)] * 2 + [(3, 7)] * 4 + [(3, 3)] * 4
    before, after = tally(first for first, _ in both), tally(second for _, second in both)
    strangers, same = change(before, after), overlap_change(before, after, overlap(Counter(both)))
    assert strangers is not None
    assert same is not None
    assert strangers.verdict is Verdict.NO_CLEAR_CHANGE
    assert (same.difference, same.verdict) == (strangers.difference, Verdict.UP)
    assert same.high - same.low < strangers.high - strangers.low


def test_below_5_answers_a_wave_is_too_few_to_compare() -> None:
    few, enough = Tally(0, 0, 4), Tally(50, 0, 0)
    for before, after in ((few, enough), (enough, few)):
        moved = overlap_change(before, after)
        assert moved is not None
        assert moved.verdict is Verdict.TOO_FEW
        assert abs(moved.difference) == 200
    moved = overlap_change(Tally(0, 0, 5), enough)
    assert moved is not None
    assert moved.verdict is Verdict.UP


def test_a_wave_nobody_answered_has_no_change() -> None:
    assert overlap_change(Tally(0, 0, 0), Tally(1, 0, 0)) is None
    assert overlap_change(Tally(1, 0, 0), Tally(0, 0, 0)) is None


@pytest.mark.parametrize("people", range(5))
def test_below_5_people_in_both_it_is_the_independent_test(people: int) -> None:
    before, after = Tally(8, 2, 4), Tally(10, 2, 2)
    assert overlap_change(before, after, overlap({(9, 9): people})) == change(before, after)


@given(answered_tallies, answered_tallies, confidences)
def test_no_pair_is_the_independent_test(before: Tally, after: Tally, confidence: float) -> None:
    moved, strangers = overlap_change(before, after, confidence=confidence), change(before, after, confidence)
    assert moved is not None
    assert strangers is not None
    assert (moved.low, moved.high, moved.z) == (strangers.low, strangers.high, strangers.z)
    if min(before.responses, after.responses) >= 5:
        assert moved == strangers


def test_what_chance_alone_has_in_common_counts_for_nothing() -> None:
    before, after = Tally(10, 5, 5), Tally(12, 4, 4)
    chance, more = Overlap(20, 5, 8, 4), Overlap(20, 5, 8, 8)
    assert 0 < chance.covariance < more.covariance
    assert overlap_change(before, after, chance) == change(before, after)
    strangers, same = change(before, after), overlap_change(before, after, more)
    assert strangers
    assert same
    assert same.z > strangers.z


@given(st.lists(scores, min_size=5))
def test_all_answered_both_and_nobody_moved_is_no_change(same: list[int]) -> None:
    moved = compared([(score, score) for score in same], [], [])
    assert (moved.difference, moved.z, moved.p_value) == (0, 0, 1)
    assert moved.verdict is Verdict.NO_CLEAR_CHANGE


@given(waves, confidences)
def test_the_interval_is_bounded_and_holds_the_difference(
    answers: tuple[Pairs, list[int], list[int]], confidence: float
) -> None:
    moved = compared(*answers, confidence)
    assert -200 <= moved.low <= moved.difference <= moved.high <= 200
    assert 0 <= moved.p_value <= 1


@given(waves)
def test_knowing_the_people_never_makes_the_change_less_sure(
    answers: tuple[Pairs, list[int], list[int]],
) -> None:
    both, first, second = answers
    strangers = change(
        tally([*(before for before, _ in both), *first]), tally([*(after for _, after in both), *second])
    )
    assert strangers is not None
    assert abs(compared(both, first, second).z) >= abs(strangers.z) - 1e-12


@given(waves)
def test_the_way_back_and_the_mirror_are_the_same_change_with_the_other_sign(
    answers: tuple[Pairs, list[int], list[int]],
) -> None:
    both, first, second = answers
    there, back = compared(both, first, second), compared(turned(both), second, first)
    mirrored = compared(
        [(opposite(before), opposite(after)) for before, after in both],
        list(map(opposite, first)),
        list(map(opposite, second)),
    )
    for other in (back, mirrored):
        assert other.difference == pytest.approx(-there.difference, abs=1e-9)
        assert (other.low, other.high) == pytest.approx((-there.high, -there.low), abs=1e-9)
        assert other.p_value == pytest.approx(there.p_value, abs=1e-9)


@given(pairs)
def test_counted_people_have_sums_that_people_can_have(both: Pairs) -> None:
    found = overlap(Counter(both))
    before, after = tally(first for first, _ in both), tally(second for _, second in both)
    assert found.people == len(both)
    assert found.before == before.promoters - before.detractors
    assert found.after == after.promoters - after.detractors
    assert found.products == sum(
        category_of(first).value_in_nps * category_of(second).value_in_nps for first, second in both
    )


@pytest.mark.parametrize(
    "sums", [(3, 4, 0, 0), (3, 0, -4, 0), (3, 0, 0, 4), (3, 3, 3, 0), (3, 3, -3, 3), (0, 1, 0, 0)]
)
def test_sums_that_no_people_have_are_refused(sums: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="count for such sums"):
        Overlap(*sums)


def test_what_does_not_fit_the_waves_is_refused() -> None:
    with pytest.raises(ValueError, match="people must"):
        Overlap(-1)
    with pytest.raises(ValueError, match="people with scores 9 and 7 must"):
        overlap({(9, 7): -1})
    with pytest.raises(ValueError, match="not 11"):
        overlap({(9, 11): 1})
    with pytest.raises(ValueError, match="people in both are 6, more than"):
        overlap_change(Tally(5, 0, 0), Tally(9, 0, 0), overlap({(9, 9): 6}))
    with pytest.raises(ValueError, match="do not fit the waves"):
        overlap_change(Tally(0, 40, 0), Tally(0, 40, 0), Overlap(40, 0, 0, 40))
