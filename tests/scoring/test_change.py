from typing import Any

import pytest
from hypothesis import given

from scoring.change import Verdict, change
from scoring.nps import Tally
from tests.scoring.cases import TWO_WAVES, counts_of, name_of
from tests.scoring.strategies import answered_tallies, confidences, mirror

NOBODY = Tally(0, 0, 0)


@pytest.mark.parametrize("case", TWO_WAVES, ids=name_of)
def test_the_reference_waves_differ_as_published(case: dict[str, Any]) -> None:
    before, after = counts_of(case["second"]), counts_of(case)
    expected = case["expected"]["adjusted_wald"]
    moved = change(before, after)
    assert moved is not None
    assert after.nps is not None
    assert before.nps is not None
    assert moved.difference == after.nps - before.nps
    assert [moved.low, moved.high] == pytest.approx(expected["int_points"], abs=5e-5)
    assert moved.z == pytest.approx(expected["abs_delta_points"] / expected["se_points"], abs=1e-4)
    assert moved.p_value == pytest.approx(expected["p_value"], abs=5e-11)
    assert moved.verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (Tally(32, 6, 2), Verdict.UP),
        (Tally(19, 13, 8), Verdict.NO_CLEAR_CHANGE),
        (Tally(4, 6, 30), Verdict.DOWN),
    ],
)
def test_the_verdict_says_what_the_interval_says(after: Tally, verdict: Verdict) -> None:
    moved = change(Tally(18, 14, 8), after)
    assert moved is not None
    assert moved.verdict is verdict


def test_two_waves_of_40_need_about_32_points_to_differ() -> None:
    stable = change(Tally(18, 14, 8), Tally(18, 14, 8))
    a_little, enough = (change(Tally(18, 14, 8), Tally(18 + more, 14, 8 - more)) for more in (6, 7))
    assert stable is not None
    assert a_little is not None
    assert enough is not None
    assert stable.high == pytest.approx(32, abs=0.5)
    assert (a_little.difference, a_little.verdict) == (30, Verdict.NO_CLEAR_CHANGE)
    assert (enough.difference, enough.verdict) == (35, Verdict.UP)


def test_a_wave_nobody_answered_has_no_change() -> None:
    assert change(NOBODY, Tally(1, 0, 0)) is None
    assert change(Tally(1, 0, 0), NOBODY) is None


def test_the_verdict_never_contradicts_the_headline() -> None:
    moved = change(Tally(2, 0, 0), Tally(950, 0, 50), confidence=0.6)
    assert moved is not None
    assert moved.difference == -10
    assert moved.z > 0
    assert moved.verdict is Verdict.NO_CLEAR_CHANGE


def test_no_change_is_larger_than_from_one_end_to_the_other() -> None:
    fall = change(Tally(1, 0, 0), Tally(0, 0, 1), confidence=0.9999)
    assert fall is not None
    assert (fall.difference, fall.low) == (-200, -200)


@given(answered_tallies, answered_tallies, confidences)
def test_the_interval_is_bounded_and_holds_the_difference(
    before: Tally, after: Tally, confidence: float
) -> None:
    moved = change(before, after, confidence)
    assert moved is not None
    assert -200 <= moved.low <= moved.difference <= moved.high <= 200
    assert 0 <= moved.p_value <= 1
    if moved.verdict is not Verdict.NO_CLEAR_CHANGE:
        assert moved.p_value <= 1 - confidence + 1e-9
        assert (moved.difference > 0) == (moved.verdict is Verdict.UP)


@given(answered_tallies, answered_tallies)
def test_the_way_back_is_the_same_change_with_the_other_sign(before: Tally, after: Tally) -> None:
    there, back, mirrored = (
        change(before, after),
        change(after, before),
        change(mirror(before), mirror(after)),
    )
    assert there is not None
    for opposite in (back, mirrored):
        assert opposite is not None
        assert opposite.difference == pytest.approx(-there.difference, abs=1e-9)
        assert (opposite.low, opposite.high) == pytest.approx((-there.high, -there.low), abs=1e-9)
        assert opposite.p_value == pytest.approx(there.p_value, abs=1e-9)


@given(answered_tallies)
def test_the_same_answers_again_are_no_change(answers: Tally) -> None:
    moved = change(answers, answers)
    assert moved is not None
    assert (moved.difference, moved.z, moved.p_value) == (0, 0, 1)
    assert moved.verdict is Verdict.NO_CLEAR_CHANGE
