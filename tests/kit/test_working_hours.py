from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit.rules.working_hours import USUAL, WorkingTime
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
    assert USUAL.is_inside(now, zone) == by_the_wall(now, zone)


@given(instants, zones, st.floats(0, 0.999))
@example(SKIPPED_FRIDAY, "Pacific/Apia", 0)
def test_the_next_window_is_the_first_moment_inside(now: datetime, zone: str, part: float) -> None:
    start = USUAL.next_window(now, zone)
    assert start >= now
    assert by_the_wall(start, zone)
    if start > now:
        assert not by_the_wall(start - timedelta(microseconds=1), zone)
        assert not by_the_wall(now + (start - now) * part, zone)


@given(instants, zones)
def test_the_next_window_never_goes_back_when_time_goes_on(now: datetime, zone: str) -> None:
    assert USUAL.next_window(now, zone) <= USUAL.next_window(now + MINUTE, zone)
    assert USUAL.next_window(USUAL.next_window(now, zone), zone) == USUAL.next_window(now, zone)


@given(instants, zones)
def test_of_two_windows_the_first_to_open_is_the_first_to_close(now: datetime, zone: str) -> None:
    here, elsewhere = USUAL.window(now, zone), USUAL.window(now, "Asia/Tokyo")
    assert (here.opens_at < elsewhere.opens_at) == (here.closes_at < elsewhere.closes_at)
    assert now < here.closes_at
    assert here.closes_at - here.opens_at == timedelta(hours=8)


@pytest.mark.parametrize("unknown", ["", "Mars/Olympus_Mons", "America", "../etc/passwd", "a\0b"])
def test_a_zone_that_nobody_knows_is_taken_as_utc(unknown: str) -> None:
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert USUAL.next_window(monday, unknown) == monday.replace(hour=9)


ISRAEL = WorkingTime(days=(0, 1, 2, 3, 6), opens=time(8), closes=time(16))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-26T13:59", "2026-11-26T06:00"),  # Thursday, a minute before four in Jerusalem: it is on
        ("2026-11-26T14:00", "2026-11-29T06:00"),  # and over: Sunday is next
        ("2026-11-29T08:00", "2026-11-29T06:00"),
    ],
)
def test_a_week_from_sunday_to_thursday_from_eight_to_four(now: str, opens: str) -> None:
    at, begins = (datetime.fromisoformat(f"{one}Z") for one in (now, opens))
    assert ISRAEL.window(at, "Asia/Jerusalem").opens_at == begins
    assert ISRAEL.next_window(at, "Asia/Jerusalem") == max(at, begins)


@pytest.mark.parametrize(
    ("days", "first"), [((0, 1, 2, 3, 6), 6), ((0, 1, 3, 4), 0), ((2,), 2), (tuple(range(7)), 0)]
)
def test_a_week_begins_after_the_longest_rest(days: tuple[int, ...], first: int) -> None:
    assert WorkingTime(days).first_day == first
