import pytest
from hypothesis import given

from scoring.nps import Tally
from scoring.reminder import Direction, around_reminder
from tests.scoring.strategies import answered_tallies


@pytest.mark.parametrize(
    ("after", "direction", "clear"),
    [
        (Tally(9, 1, 0), Direction.HIGHER, False),
        (Tally(30, 0, 0), Direction.HIGHER, True),
        (Tally(50, 30, 20), Direction.ALIKE, False),
        (Tally(3, 3, 4), Direction.LOWER, False),
        (Tally(0, 5, 25), Direction.LOWER, True),
    ],
)
def test_the_late_answers_lie_in_one_direction_clearly_or_not(
    *, after: Tally, direction: Direction, clear: bool
) -> None:
    found = around_reminder(Tally(10, 6, 4), after)
    assert found is not None
    assert (found.before, found.after) == (30, after.nps)
    assert (found.direction, found.clear) == (direction, clear)


def test_numbers_that_read_the_same_are_alike() -> None:
    found = around_reminder(Tally(100, 100, 100), Tally(501, 500, 500))
    assert found is not None
    assert found.direction is Direction.ALIKE


@pytest.mark.parametrize(("before", "after"), [(4, 9), (9, 4), (0, 9), (9, 0), (0, 0)])
def test_both_sides_need_the_minimum(before: int, after: int) -> None:
    assert around_reminder(Tally(before, 0, 0), Tally(after, 0, 0)) is None


def test_the_minimum_of_a_survey_may_be_another() -> None:
    assert around_reminder(Tally(9, 0, 0), Tally(10, 0, 0), minimum=10) is None
    assert around_reminder(Tally(1, 0, 0), Tally(1, 0, 0), minimum=0) is not None
    assert around_reminder(Tally(1, 0, 0), Tally(0, 0, 0), minimum=0) is None


@given(answered_tallies, answered_tallies)
def test_seen_from_the_other_side_the_direction_turns(before: Tally, after: Tally) -> None:
    there, back = around_reminder(before, after, minimum=0), around_reminder(after, before, minimum=0)
    assert there is not None
    assert back is not None
    turned = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    assert back.direction is turned.get(there.direction, Direction.ALIKE)
    assert back.clear == there.clear
