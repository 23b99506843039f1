"""The tables behind the verdicts, in a quick version with fixed seeds; `make coverage` prints the long one."""

import pytest

from scoring.scale import category_of
from tests.scoring.simulations.arrivals import AT_RANDOM, PROMOTERS_FIRST
from tests.scoring.simulations.arrivals import false_alarms as alarms_while_open
from tests.scoring.simulations.teams import errors
from tests.scoring.simulations.twice import (
    TEAMS,
    TRUE_SHIFT,
    Team,
    chances_of_scores,
    share_called_different,
)

pytestmark = pytest.mark.slow

# False alarms and power of the overlap test, simulated independently of this code.
OVERLAP = [(0.056, 0.50), (0.038, 0.64), (0.019, 0.83), (0.034, 0.40)]
OVERLAP += [(0.028, 0.47), (0.034, 0.62), (0.048, 0.97), (0.004, 0.21)]
ROWS = [pytest.param(team, *row, id=str(team)) for team, row in zip(TEAMS, OVERLAP, strict=True)]


@pytest.mark.parametrize(("team", "alarms", "power"), ROWS)
def test_the_overlap_test_raises_and_misses_as_few_alarms_as_the_table_says(
    team: Team, alarms: float, power: float
) -> None:
    steady = share_called_different(team, 0.0, 6000, ("overlap",))["overlap"]
    moved = share_called_different(team, TRUE_SHIFT, 4000, ("overlap",))["overlap"]
    assert steady <= 0.06
    assert steady == pytest.approx(alarms, abs=0.01)
    assert moved == pytest.approx(power, abs=0.02)


def test_of_the_same_people_more_is_found_than_of_strangers() -> None:
    found = share_called_different(Team(30, 1.0, 0.8), TRUE_SHIFT, 2000, ("independent", "overlap"))
    assert found["overlap"] > found["independent"] + 0.3


def test_answers_that_have_nothing_in_common_are_called_different_seldom_enough() -> None:
    """The worst case: everyone answers twice, each time by chance."""
    unrelated = share_called_different(Team(30, 1.0, 0.0), 0.0, 40_000, ("overlap",))["overlap"]
    assert unrelated <= 0.055


def test_the_true_change_is_36_points() -> None:
    assert points(0.0) == pytest.approx((25, 25), abs=0.01)
    assert points(TRUE_SHIFT) == pytest.approx((25, 60.8), abs=0.05)


# Before it closes, a wave of a steady team is called different far too often: so it has no verdict.
@pytest.mark.parametrize(
    ("group", "pace", "at_a_look"),
    [
        (25, AT_RANDOM, 0.08),
        (50, AT_RANDOM, 0.08),
        pytest.param(200, AT_RANDOM, 0.09, marks=pytest.mark.slow),
        (25, PROMOTERS_FIRST, 0.08),
        (50, PROMOTERS_FIRST, 0.12),
        pytest.param(200, PROMOTERS_FIRST, 0.28, marks=pytest.mark.slow),
    ],
)
def test_the_verdict_at_closing_seldom_cries_wolf_and_one_before_it_would(
    group: int, pace: float, at_a_look: float
) -> None:
    looks, closing = alarms_while_open(group, pace, runs=4000)
    assert closing <= 0.06
    assert looks == pytest.approx(at_a_look, abs=0.02)


@pytest.mark.parametrize("pace", [AT_RANDOM, PROMOTERS_FIRST])
def test_the_same_people_cry_wolf_no_more_often(pace: float) -> None:
    _, closing = alarms_while_open(50, pace, runs=3000, r=0.5)
    assert closing <= 0.055


@pytest.mark.parametrize(
    ("size", "raw", "least", "most"), [(5, 34, 13, 23), (8, 26, 11, 20), (15, 19, 8, 16)]
)
def test_shrinking_makes_the_error_of_small_teams_much_smaller(
    size: int, raw: float, least: float, most: float
) -> None:
    for spread in (0, 10, 20):
        plain, drawn = errors(size, spread, runs=400)
        assert plain == pytest.approx(raw, abs=1.5)
        assert least <= drawn <= most


def points(shift: float) -> tuple[float, float]:
    """Give the true NPS of either wave."""
    members = chances_of_scores(0.5, shift).items()
    before = sum(chance * category_of(score).value_in_nps for (score, _), chance in members)
    after = sum(chance * category_of(score).value_in_nps for (_, score), chance in members)
    return 100 * before, 100 * after
