from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.rules.reminder_times import SPACING, reminder_times
from bot.kit.rules.working_hours import USUAL
from tests.waves.strategies import instants, zones

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
lengths = st.timedeltas(timedelta(0), timedelta(days=365))


@given(st.integers(0, 2), instants, lengths, zones)
def test_reminders_are_few_inside_the_hours_before_closing_and_never_two_in_one_day(
    reminders: int, asked_at: datetime, length: timedelta, zone: str
) -> None:
    times = reminder_times(reminders, asked_at, asked_at + length, zone, USUAL)
    assert len(times) <= reminders
    assert all(asked_at < due < asked_at + length and USUAL.is_inside(due, zone) for due in times)
    assert all(later - earlier >= SPACING for earlier, later in pairwise([asked_at, *times]))


@given(st.integers(1, 2), instants, st.integers(10, 365), zones)
def test_no_reminder_is_lost_in_a_wave_of_ten_days_or_more(
    reminders: int, asked_at: datetime, days: int, zone: str
) -> None:
    times = reminder_times(reminders, asked_at, asked_at + timedelta(days=days), zone, USUAL)
    shares = [timedelta(days=days) * number / (reminders + 1) for number in range(1, reminders + 1)]
    assert times == tuple(USUAL.next_window(asked_at + share, zone) for share in shares)


def test_two_that_a_weekend_would_push_together_are_one() -> None:
    friday, tuesday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=8)
    assert reminder_times(2, friday, tuesday - timedelta(days=1), "UTC", USUAL) == (
        datetime(2026, 3, 9, 9, tzinfo=UTC),
    )


def test_a_wave_that_closes_over_the_weekend_reminds_nobody() -> None:
    friday = MONDAY + timedelta(days=4)
    assert reminder_times(2, friday, friday + timedelta(days=2), "UTC", USUAL) == ()


def test_somebody_asked_an_hour_before_closing_is_not_reminded() -> None:
    assert reminder_times(1, MONDAY, MONDAY + timedelta(hours=1), "UTC", USUAL) == ()
