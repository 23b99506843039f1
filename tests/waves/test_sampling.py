from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit.rules.working_hours import USUAL
from bot.waves.rules.sampling import GRACE, turn

MONTHS = [
    (date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    for year in (2026, 2027, 2028)
    for month in range(1, 13)
]
quarantines = st.integers(0, 365)
people = st.text(min_size=1, max_size=12)


def period(quarantine: int) -> timedelta:
    return timedelta(weeks=max(5, -(-quarantine // 7)))


def days_asked(user_id: str, quarantine: int, delays: list[int] | None = None) -> list[date]:
    """Return the days on which three years of monthly waves ask this person, each reached some days late."""
    asked: list[date] = []
    for number, (first, last) in enumerate(MONTHS):
        last_asked = asked[-1] if asked else None
        day = turn(
            user_id,
            7,
            quarantine,
            USUAL,
            time_zone="UTC",
            first_day=first,
            last_day=last,
            last_asked=last_asked,
        )
        if day:
            late = timedelta(days=delays[number] if delays else 0)
            asked.append(day + late)
    return asked


@given(people, quarantines)
def test_everyone_is_asked_once_a_period_always_after_it_and_never_long_after(
    user_id: str, days: int
) -> None:
    asked = days_asked(user_id, days)
    assert asked[0] - MONTHS[0][0] < period(days)
    assert {later - earlier for earlier, later in pairwise(asked)} <= {period(days)}
    assert MONTHS[-1][1] - asked[-1] <= period(days)
    assert all(day.weekday() < 5 for day in asked)


@given(people, quarantines, st.lists(st.integers(0, 20), min_size=36, max_size=36))
def test_however_late_people_are_reached_their_quarantine_is_kept(
    user_id: str, days: int, delays: list[int]
) -> None:
    asked = days_asked(user_id, days, delays)
    assert all(later - earlier >= timedelta(days=days) for earlier, later in pairwise(asked))


@given(people, quarantines, st.integers(0, 35), st.integers(0, 10))
def test_somebody_reached_late_once_does_not_lose_their_next_turn(
    user_id: str, days: int, month: int, delay: int
) -> None:
    asked = days_asked(user_id, days, [delay if number == month else 0 for number in range(36)])
    assert all(later - earlier <= period(days) + GRACE for earlier, later in pairwise(asked))


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.sampled_from([90, 30, 180]), st.sampled_from(MONTHS))
def test_every_working_day_of_a_month_asks_about_as_many(
    survey_id: int, quarantine: int, month: tuple[date, date]
) -> None:
    """Within five standard deviations of the binomial spread, which chance leaves once in millions."""
    people, working_days = 6500, period(quarantine) // timedelta(weeks=1) * 5
    first, last = month
    turns = Counter(
        turn(f"U{number}", survey_id, quarantine, USUAL, time_zone="UTC", first_day=first, last_day=last)
        for number in range(people)
    )
    expected = people / working_days
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() < 5:
            assert abs(turns[day] - expected) < 5 * expected**0.5
        else:
            assert turns[day] == 0


def test_a_turn_that_was_taken_does_not_come_back_in_the_next_month() -> None:
    """Its quarantine of ten days would be over within the grace of a turn that was put off."""
    march, april = ((date(2026, month, 1), date(2026, month, 30)) for month in (3, 4))
    for user_id in map(str, range(500)):
        asked = turn(user_id, 7, 10, USUAL, time_zone="UTC", first_day=march[0], last_day=march[1])
        again = turn(
            user_id, 7, 10, USUAL, time_zone="UTC", first_day=april[0], last_day=april[1], last_asked=asked
        )
        assert asked is None or again is None or again - asked == timedelta(weeks=5)


def test_a_turn_that_the_quarantine_puts_off_past_the_months_end_is_taken_in_the_next() -> None:
    march = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    user_id = next(
        one
        for one in map(str, range(400))
        if turn(one, 7, 90, USUAL, time_zone="UTC", **march) == date(2026, 3, 31)
    )
    asked = date(2026, 1, 3)  # by another survey; free again on Friday, 3 April
    assert turn(user_id, 7, 90, USUAL, time_zone="UTC", **march, last_asked=asked) is None
    april = turn(
        user_id,
        7,
        90,
        USUAL,
        time_zone="UTC",
        first_day=date(2026, 4, 1),
        last_day=date(2026, 4, 30),
        last_asked=asked,
    )
    assert april == date(2026, 4, 3)


def test_somebody_another_survey_asked_waits_for_the_next_turn_of_their_own() -> None:
    march = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    assert all(
        turn(str(one), 7, 90, USUAL, time_zone="UTC", **march, last_asked=date(2026, 2, 20)) is None
        for one in range(500)
    )


@pytest.mark.parametrize("survey_id", [8, 9])
def test_another_survey_draws_by_itself(survey_id: int) -> None:
    march = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    drawn = {
        one: {number for number in range(1000) if turn(str(number), one, 90, USUAL, time_zone="UTC", **march)}
        for one in (7, survey_id)
    }
    assert drawn[7] != drawn[survey_id]
