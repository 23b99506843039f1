import pytest

from scoring.change import Verdict, change
from scoring.nps import Tally
from scoring.trend import trend
from tests.scoring.simulations.false_alarms import WEEKS_A_YEAR, false_alarms, share_of_years

STEADY = Tally(5, 3, 2)
EMPTY = Tally(0, 0, 0)


@pytest.mark.parametrize(
    ("recent", "verdict"),
    [(Tally(8, 2, 0), Verdict.UP), (Tally(5, 2, 3), Verdict.NO_CLEAR_CHANGE), (Tally(1, 3, 6), Verdict.DOWN)],
)
def test_four_weeks_are_judged_against_the_twelve_before(recent: Tally, verdict: Verdict) -> None:
    moved = trend([STEADY] * 12 + [recent] * 4)
    assert moved is not None
    assert moved.verdict is verdict
    assert moved == change(Tally(60, 36, 24), Tally(*(4 * n for n in counts(recent))), confidence=0.99)


def test_older_weeks_do_not_count() -> None:
    weeks = [STEADY] * 12 + [Tally(8, 2, 0)] * 4
    assert trend([Tally(0, 0, 50)] * 10 + weeks) == trend(weeks)


def test_fewer_than_16_weeks_are_too_early() -> None:
    assert trend([STEADY] * 15) is None
    assert trend([STEADY] * 16) is not None


def test_a_span_nobody_answered_in_has_no_trend_but_an_empty_week_is_nothing_special() -> None:
    assert trend([STEADY] * 12 + [EMPTY] * 4) is None
    assert trend([EMPTY] * 12 + [STEADY] * 4) is None
    assert trend([STEADY] * 12 + [EMPTY] * 3 + [STEADY]) is not None


@pytest.mark.parametrize("answers", [5, 20])
def test_about_one_stable_week_in_a_hundred_is_a_false_alarm(answers: int) -> None:
    alarms = false_alarms(answers, weeks=200 * WEEKS_A_YEAR)
    assert 0.005 <= sum(alarms) / len(alarms) <= 0.018
    assert share_of_years(alarms) < 0.5


def test_at_1_96_most_years_would_have_a_false_alarm() -> None:
    alarms = false_alarms(20, weeks=100 * WEEKS_A_YEAR, confidence=0.95)
    assert 0.03 <= sum(alarms) / len(alarms) <= 0.07
    assert share_of_years(alarms) > 0.5


def counts(answers: Tally) -> tuple[int, int, int]:
    return answers.promoters, answers.passives, answers.detractors
