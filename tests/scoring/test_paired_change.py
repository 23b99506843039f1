import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.change import Verdict, change, paired_change
from scoring.nps import tally
from tests.scoring.strategies import scores

answered_pairs = st.lists(st.tuples(scores, scores), min_size=1)


def people(**how_many: int) -> list[tuple[int, int]]:
    """Spell pairs by before and after: `from_0_to_9=4`."""
    pairs = []
    for move, number in how_many.items():
        _, before, _, after = move.split("_")
        pairs += [(int(before), int(after))] * number
    return pairs


def test_the_headline_is_the_difference_of_the_two_nps() -> None:
    moved = paired_change(people(from_0_to_9=2, from_7_to_9=3, from_9_to_9=4, from_9_to_0=1))
    assert moved is not None
    assert moved.difference == pytest.approx(80 - 30)


def test_the_same_people_tell_more_than_as_many_strangers() -> None:
    pairs = people(from_9_to_9=18, from_7_to_7=6, from_7_to_9=8, from_0_to_7=4, from_0_to_0=4)
    before, after = tally(score for score, _ in pairs), tally(score for _, score in pairs)
    strangers, same = change(before, after), paired_change(pairs)
    assert strangers is not None
    assert same is not None
    assert same.difference == pytest.approx(strangers.difference)
    assert (strangers.verdict, same.verdict) == (Verdict.NO_CLEAR_CHANGE, Verdict.UP)


def test_a_correlation_of_one_half_makes_it_0_7_times_as_wide() -> None:
    thirds = [(before, after) for before in (9, 7, 0) for after in (9, 7, 0)]
    pairs = 1000 * (thirds + 3 * [(score, score) for score in (9, 7, 0)])
    strangers = change(tally(before for before, _ in pairs), tally(after for _, after in pairs))
    same = paired_change(pairs)
    assert strangers is not None
    assert same is not None
    assert (same.high - same.low) / (strangers.high - strangers.low) == pytest.approx(
        math.sqrt(0.5), abs=1e-3
    )


def test_unrelated_answers_say_what_two_waves_of_strangers_say() -> None:
    pairs = 10 * [(before, after) for before in (9, 7, 0) for after in (9, 7, 0)]
    strangers = change(tally(before for before, _ in pairs), tally(after for _, after in pairs))
    same = paired_change(pairs)
    assert strangers is not None
    assert same is not None
    assert same == strangers


def test_one_person_who_changed_is_no_clear_change() -> None:
    moved = paired_change([(0, 10)])
    assert moved is not None
    assert (moved.difference, moved.high) == (200, 200)
    assert moved.verdict is Verdict.NO_CLEAR_CHANGE


def test_nobody_has_no_change_and_a_bad_score_is_refused() -> None:
    assert paired_change([]) is None
    with pytest.raises(ValueError, match="not 11"):
        paired_change([(9, 11)])


@given(answered_pairs)
def test_the_interval_is_bounded_and_the_way_back_mirrors_it(pairs: list[tuple[int, int]]) -> None:
    there, back = paired_change(pairs), paired_change((after, before) for before, after in pairs)
    assert there is not None
    assert back is not None
    assert -200 <= there.low <= there.difference <= there.high <= 200
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert back.p_value == there.p_value
