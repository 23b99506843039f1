"""What a digest begins with, by itself."""

from itertools import product

import pytest

from bot.digests.rules.news import Lead, lead
from scoring.change import Verdict

VERDICTS = (None, *Verdict)


def test_a_closing_with_a_clear_verdict_goes_before_everything() -> None:
    for trend, opened, answers in product(VERDICTS, (True, False), (True, False)):
        for verdict in (Verdict.UP, Verdict.DOWN):
            found = lead(
                has_closed=True, verdict=verdict, trend=trend, has_opened=opened, has_answers=answers
            )
            assert found is Lead.VERDICT


@pytest.mark.parametrize(
    ("closed", "verdict", "trend", "opened", "answers", "first"),
    [
        (True, Verdict.NO_CLEAR_CHANGE, Verdict.UP, True, True, Lead.TREND),
        (True, Verdict.TOO_FEW, Verdict.NO_CLEAR_CHANGE, True, True, Lead.CLOSING),
        (True, None, None, True, True, Lead.CLOSING),
        (False, None, None, True, True, Lead.OPENING),
        (False, None, None, False, True, Lead.ANSWERS),
        (False, None, None, False, False, Lead.NOTHING),
    ],
)
def test_then_a_change_a_closing_an_opening_and_answers(  # noqa: PLR0913, PLR0917 - one a column
    closed: bool,  # noqa: FBT001 - as the others
    verdict: Verdict | None,
    trend: Verdict | None,
    opened: bool,  # noqa: FBT001
    answers: bool,  # noqa: FBT001
    first: Lead,
) -> None:
    assert (
        lead(has_closed=closed, verdict=verdict, trend=trend, has_opened=opened, has_answers=answers) is first
    )


def test_no_verdict_is_told_of_a_wave_that_is_open() -> None:
    """The first answers to come are the happiest, so what they seem to show is no news."""
    for verdict, trend in product(VERDICTS, VERDICTS):
        found = lead(has_closed=False, verdict=verdict, trend=trend, has_opened=False, has_answers=True)
        assert found is Lead.ANSWERS
