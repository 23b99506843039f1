from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit.rules.working_hours import is_inside, next_window, window
from tests.waves.strategies import instants, zones

MINUTE = timedelta(minutes=1)


def by_the_wall(now: datetime, zone: str) -> bool:
    """Say the same from zoneinfo alone."""
    local = now.astimezone(ZoneInfo(zone))
    return local.weekday() < 5 and 9 <= local.hour < 17


SKIPPED_FRIDAY = datetime(2011, 12, 30, 5, tzinfo=UTC)


@given(instants, zones)
@example(SKIPPED_FRIDAY, "Pacific/Apia")
@example(datetime(2026, 3, 27, 16, tzinfo=UTC), "Europe/Paris")  # Friday 17:00; the clocks change on Sunday
def test_whether_it_is_inside_the_hours_is_what_the_clock_on_the_wall_says(now: datetime, zone: str) -> None:
    assert is_inside(now, zone) == by_the_wall(now, zone)


@given(instants, zones, st.floats(0, 0.999))
@example(SKIPPED_FRIDAY, "Pacific/Apia", 0)
def test_the_next_window_is_the_first_moment_inside(now: datetime, zone: str, part: float) -> None:
    start = next_window(now, zone)
    assert start >= now
    assert by_the_wall(start, zone)
    if start > now:
        assert not by_the_wall(start - timedelta(microseconds=1), zone)
        assert not by_the_wall(now + (start - now) * part, zone)


@given(instants, zones)
def test_the_next_window_never_goes_back_when_time_goes_on(now: datetime, zone: str) -> None:
    assert next_window(now, zone) <= next_window(now + MINUTE, zone)
    assert next_window(next_window(now, zone), zone) == next_window(now, zone)


@given(instants, zones)
def test_of_two_windows_the_first_to_open_is_the_first_to_close(now: datetime, zone: str) -> None:
    here, elsewhere = window(now, zone), window(now, "Asia/Tokyo")
    assert (here.opens_at < elsewhere.opens_at) == (here.closes_at < elsewhere.closes_at)
    assert now < here.closes_at
    assert here.closes_at - here.opens_at == timedelta(hours=8)


@pytest.mark.parametrize("unknown", ["", "Mars/Olympus_Mons", "America", "../etc/passwd", "a\0b"])
def test_a_zone_that_nobody_knows_is_taken_as_utc(unknown: str) -> None:
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert next_window(monday, unknown) == monday.replace(hour=9)
