from typing import Any

import pytest

from scoring.participation import Participation


def test_rates_are_percentages_of_what_they_are_rates_of() -> None:
    wave = Participation(invited=40, answered=30, commented=10)
    assert (wave.response_rate, wave.response_percent) == (75.0, 75)
    assert wave.comment_rate == pytest.approx(100 / 3)
    assert wave.comment_percent == 33


def test_a_rate_of_nothing_is_none_and_not_0() -> None:
    unasked = Participation(invited=0, answered=0, commented=0)
    assert (unasked.response_rate, unasked.response_percent) == (None, None)
    silent = Participation(invited=8, answered=0, commented=0)
    assert (silent.response_rate, silent.response_percent) == (0.0, 0)
    assert (silent.comment_rate, silent.comment_percent) == (None, None)


@pytest.mark.parametrize(
    ("counts", "complaint"),
    [
        ((-1, 0, 0), "invited must be"),
        ((1, 1.0, 0), "answered must be"),
        ((1, 1, -1), "commented must be"),
        ((3, 4, 0), "answered is 4, more than the 3 invited"),
        ((3, 2, 3), "commented is 3, more than the 2 who answered"),
    ],
)
def test_counts_that_cannot_be_are_refused_by_name(counts: tuple[Any, Any, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Participation(*counts)
