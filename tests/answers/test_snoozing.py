from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.rules.snoozing import Later, snoozed_until
from bot.kit.rules.working_hours import USUAL
from tests.waves.strategies import instants, zones

CLOSES = datetime(2026, 3, 31, tzinfo=UTC)


@given(st.sampled_from(Later), instants, zones, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_later_is_inside_the_hours_and_before_closing_or_is_not_offered(
    later: Later, now: datetime, zone: str, left: timedelta
) -> None:
    again = snoozed_until(later, now, zone, now + left, USUAL)
    assert again is None or (now < again < now + left and USUAL.is_inside(again, zone))
    # A weekend and a week's end are the longest that anything is moved; Samoa's skipped Friday adds a day.
    assert again is not None or left <= timedelta(days=9)


@given(instants, zones)
def test_an_hour_is_never_longer_than_tomorrow_nor_tomorrow_than_next_week(now: datetime, zone: str) -> None:
    far = now + timedelta(days=30)
    hour, tomorrow, next_week = (snoozed_until(later, now, zone, far, USUAL) for later in Later)
    assert hour is not None
    assert tomorrow is not None
    assert next_week is not None
    assert now + timedelta(hours=1) <= hour
    assert hour <= next_week
    assert tomorrow <= next_week
    local = next_week.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.hour) == (0, 9)


@pytest.mark.parametrize(
    ("later", "again"),
    [(Later.HOUR, "Tue 03, 11:20"), (Later.TOMORROW, "Wed 04, 09:00"), (Later.NEXT_WEEK, "Mon 09, 09:00")],
)
def test_on_a_tuesday_morning_later_is_what_it_says(later: Later, again: str) -> None:
    tuesday = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
    asked = snoozed_until(later, tuesday, "UTC", CLOSES, USUAL)
    assert asked is not None
    assert f"{asked:%a %d, %H:%M}" == again


def test_in_the_last_week_of_a_wave_next_week_is_not_offered() -> None:
    thursday = datetime(2026, 3, 26, 10, tzinfo=UTC)
    assert (
        snoozed_until(Later.NEXT_WEEK, thursday, "UTC", datetime(2026, 3, 30, 9, tzinfo=UTC), USUAL) is None
    )
