from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.kit.rules.rhythm import Schedule, next_opening, opening_due
from storage.words import Rhythm
from tests.waves.strategies import instants, zones

MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.CONTINUOUS: 1}
TICK = timedelta(microseconds=1)
PARIS = ZoneInfo("Europe/Paris")
schedules = st.builds(
    Schedule,
    st.sampled_from([Rhythm.WEEKS, *MONTHS]),
    st.integers(1, 52),
    starts_at=instants,
    time_zone=zones,
)
passing = st.timedeltas(timedelta(0), timedelta(days=3000))


@given(schedules, passing)
def test_now_stands_between_the_opening_due_and_the_next(schedule: Schedule, passed: timedelta) -> None:
    now = schedule.starts_at + passed
    due, following = opening_due(schedule, now), next_opening(schedule, now)
    assert due is not None
    assert following is not None
    assert schedule.starts_at <= due <= now < following


@given(schedules, passing)
def test_an_opening_is_due_from_its_moment_until_the_one_after(schedule: Schedule, passed: timedelta) -> None:
    due = opening_due(schedule, schedule.starts_at + passed)
    assert due is not None
    following = next_opening(schedule, due)
    assert following is not None
    assert opening_due(schedule, following - TICK) == due
    assert opening_due(schedule, following) == following


@given(schedules)
def test_nothing_is_due_before_the_first_opening(schedule: Schedule) -> None:
    assert opening_due(schedule, schedule.starts_at - TICK) is None
    assert next_opening(schedule, schedule.starts_at - TICK) == schedule.starts_at
    assert opening_due(schedule, schedule.starts_at) == schedule.starts_at


@given(schedules, passing)
@example(  # the first Sunday that has no two o'clock
    Schedule(Rhythm.WEEKS, 1, datetime(2026, 3, 22, 2, 30, tzinfo=PARIS), "Europe/Paris"), timedelta(days=5)
)
def test_each_opening_keeps_the_clock_on_the_wall_but_for_hours_that_a_change_skips(
    schedule: Schedule, passed: timedelta
) -> None:
    following = next_opening(schedule, schedule.starts_at + passed)
    assert following is not None
    zone = ZoneInfo(schedule.time_zone)
    first, local = schedule.starts_at.astimezone(zone), following.astimezone(zone)
    if schedule.rhythm is Rhythm.CONTINUOUS:
        first = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    wanted = datetime.combine(local.date(), first.time().replace(fold=0), tzinfo=zone)
    # A clock time that exists comes back the same; one that does not is moved on, at most into the next day.
    if wanted.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        assert local.time() == first.time()
    else:
        assert (
            wanted.replace(tzinfo=None)
            < local.replace(tzinfo=None)
            <= wanted.replace(tzinfo=None) + timedelta(hours=2)
        )


@given(st.integers(1, 52), instants, zones, passing)
def test_weeks_are_counted_from_the_first_opening(
    weeks: int, starts_at: datetime, zone: str, passed: timedelta
) -> None:
    assume(zone != "Pacific/Apia")  # which skipped a day that may be an opening's
    schedule = Schedule(Rhythm.WEEKS, weeks, starts_at, zone)
    following = next_opening(schedule, starts_at + passed)
    assert following is not None
    days = following.astimezone(ZoneInfo(zone)).date() - starts_at.astimezone(ZoneInfo(zone)).date()
    assert days % timedelta(weeks=weeks) == timedelta(0)


@given(st.sampled_from(sorted(MONTHS)), instants, zones, passing)
def test_months_open_on_the_same_day_or_on_their_last(
    rhythm: Rhythm, starts_at: datetime, zone: str, passed: timedelta
) -> None:
    assume(zone != "Pacific/Apia")
    following = next_opening(Schedule(rhythm, 1, starts_at, zone), starts_at + passed)
    assert following is not None
    first, local = (one.astimezone(ZoneInfo(zone)) for one in (starts_at, following))
    day = 1 if rhythm is Rhythm.CONTINUOUS else first.day
    assert local.day == min(day, monthrange(local.year, local.month)[1])
    assert ((local.year - first.year) * 12 + local.month - first.month) % MONTHS[rhythm] == 0


def test_the_31st_becomes_the_last_day_of_shorter_months_and_the_31st_again() -> None:
    schedule = Schedule(Rhythm.MONTHLY, 1, datetime(2027, 12, 31, 9, tzinfo=PARIS), "Europe/Paris")
    days, now = [], schedule.starts_at
    for _ in range(4):
        following = next_opening(schedule, now)
        assert following is not None
        now = following
        days.append(f"{now.astimezone(PARIS):%d.%m. %H:%M}")
    assert days == ["31.01. 09:00", "29.02. 09:00", "31.03. 09:00", "30.04. 09:00"]


def test_a_continuous_survey_opens_at_once_and_then_with_each_month() -> None:
    started = datetime(2026, 3, 12, 15, tzinfo=PARIS)
    schedule = Schedule(Rhythm.CONTINUOUS, 1, started, "Europe/Paris")
    assert opening_due(schedule, datetime(2026, 3, 20, tzinfo=PARIS)) == started
    assert opening_due(schedule, datetime(2026, 4, 20, tzinfo=PARIS)) == datetime(2026, 4, 1, tzinfo=PARIS)


def test_a_clock_that_was_down_for_months_makes_good_the_latest_opening_alone() -> None:
    schedule = Schedule(Rhythm.WEEKS, 1, datetime(2026, 3, 2, 9, tzinfo=PARIS), "Europe/Paris")
    assert opening_due(schedule, datetime(2026, 6, 3, tzinfo=PARIS)) == datetime(2026, 6, 1, 9, tzinfo=PARIS)


def test_a_clock_set_back_an_hour_makes_the_earlier_opening_due_again_under_its_own_key() -> None:
    schedule = Schedule(Rhythm.WEEKS, 1, datetime(2026, 3, 2, 9, tzinfo=PARIS), "Europe/Paris")
    second = datetime(2026, 3, 9, 9, tzinfo=PARIS)
    assert opening_due(schedule, second + timedelta(minutes=5)) == second
    assert opening_due(schedule, second - timedelta(minutes=55)) == schedule.starts_at


def test_a_survey_that_asks_once_is_opened_by_hand() -> None:
    schedule = Schedule(Rhythm.ONCE, 1, datetime(2026, 3, 2, tzinfo=UTC), "UTC")
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert opening_due(schedule, now) is None
    assert next_opening(schedule, now) is None


def test_a_zone_that_vanished_is_taken_as_utc() -> None:
    schedule = Schedule(Rhythm.MONTHLY, 1, datetime(2026, 3, 2, 9, tzinfo=UTC), "Mars/Olympus_Mons")
    assert next_opening(schedule, schedule.starts_at) == datetime(2026, 4, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "weeks", "told"),
    [("daily", 1, "'daily' is not a rhythm: give once"), (Rhythm.WEEKS, 0, "every 0 weeks")],
)
def test_a_rhythm_that_cannot_be_is_refused(rhythm: str, weeks: int, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Schedule(cast("Rhythm", rhythm), weeks, datetime(2026, 3, 2, tzinfo=UTC), "UTC")
