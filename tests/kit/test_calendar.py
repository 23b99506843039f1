"""Once a local week, in every time zone, whatever its clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.calendar import CATCH_UP, is_worth_posting, latest_due, next_due

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
WEEKDAYS, HOURS = st.integers(0, 6), st.integers(0, 23)

zones = st.sampled_from(ZONES)
# From before Samoa skipped a whole Friday until the tables of today's time zones end.
instants = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(zones, WEEKDAYS, HOURS, instants)
def test_now_is_between_the_last_due_time_and_the_next(
    zone: str, weekday: int, hour: int, now: datetime
) -> None:
    assert latest_due(weekday, hour, zone, now) <= now < next_due(weekday, hour, zone, now)


@given(zones, WEEKDAYS, HOURS, instants)
def test_no_due_time_lies_between_the_last_and_the_next(
    zone: str, weekday: int, hour: int, now: datetime
) -> None:
    last, following = latest_due(weekday, hour, zone, now), next_due(weekday, hour, zone, now)

    assert next_due(weekday, hour, zone, last) == following
    assert latest_due(weekday, hour, zone, following) == following
    assert latest_due(weekday, hour, zone, following - timedelta(microseconds=1)) == last


@given(zones, WEEKDAYS, HOURS, instants)
def test_due_times_are_a_week_apart_save_for_a_change_of_clocks(
    zone: str, weekday: int, hour: int, now: datetime
) -> None:
    last, following = latest_due(weekday, hour, zone, now), next_due(weekday, hour, zone, now)

    assert timedelta(days=6) <= following - last <= timedelta(days=8)


@given(zones, WEEKDAYS, HOURS, instants)
def test_the_local_clock_shows_the_hour_unless_it_skips_it(
    zone: str, weekday: int, hour: int, now: datetime
) -> None:
    due = latest_due(weekday, hour, zone, now)
    local = due.astimezone(ZoneInfo(zone))

    if (local.weekday(), local.hour, local.minute) != (weekday, hour, 0):
        before = (due - timedelta(hours=24)).astimezone(ZoneInfo(zone))
        assert local.utcoffset() != before.utcoffset()  # the clocks went forward over it


@given(zones, WEEKDAYS, HOURS, instants)
def test_each_local_week_has_exactly_one_due_time(zone: str, weekday: int, hour: int, now: datetime) -> None:
    due, weeks = now, []
    for _ in range(60):
        due = next_due(weekday, hour, zone, due)
        weeks.append((due.astimezone(ZoneInfo(zone)).toordinal() - 1) // 7)

    assert weeks == list(range(weeks[0], weeks[0] + 60))


@pytest.mark.parametrize(
    ("zone", "weekday", "hour", "now", "due"),
    [
        ("Europe/Paris", 0, 9, datetime(2026, 3, 30, 7, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("Europe/Paris", 6, 2, datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Paris", 6, 2, datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)),
        (
            "Asia/Kathmandu",
            2,
            0,
            datetime(2026, 11, 24, 18, 15, tzinfo=UTC),
            datetime(2026, 11, 24, 18, 15, tzinfo=UTC),
        ),
        (
            "Pacific/Apia",
            4,
            9,
            datetime(2011, 12, 30, 12, tzinfo=UTC),
            datetime(2011, 12, 23, 19, tzinfo=UTC),
        ),
    ],
    ids=[
        "after the change",
        "an hour that is skipped",
        "an hour that comes twice",
        "a quarter",
        "a day that never was",
    ],
)
def test_the_last_due_time(zone: str, weekday: int, hour: int, now: datetime, due: datetime) -> None:
    assert latest_due(weekday, hour, zone, now) == due


def test_a_day_that_never_was_has_its_digest_at_that_hour_of_the_next() -> None:
    now = datetime(2011, 12, 30, 12, tzinfo=UTC)  # two in the morning of Saturday: there was no Friday

    assert next_due(4, 9, "Pacific/Apia", now) == datetime(2011, 12, 30, 19, tzinfo=UTC)


MADE, DUE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "now", "worth"),
    [
        (MADE, DUE, True),
        (MADE, DUE - timedelta(microseconds=1), False),
        (MADE, DUE + CATCH_UP - timedelta(microseconds=1), True),
        (MADE, DUE + CATCH_UP, False),
        (DUE - timedelta(microseconds=1), DUE, True),
        (DUE, DUE, False),
        (DUE + timedelta(hours=1), DUE + timedelta(hours=2), False),
    ],
)
def test_a_digest_is_worth_posting_for_a_day_to_a_survey_older_than_it(
    since: datetime, now: datetime, *, worth: bool
) -> None:
    assert is_worth_posting(DUE, since=since, now=now) is worth
