"""When things are due, in a time zone of their own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = timedelta(weeks=1)

# A clock that was down at the hour makes the digest good for this long, and not after.
CATCH_UP = timedelta(days=1)


def known_zone(name: str) -> ZoneInfo:
    """Return the time zone of this name; UTC when Slack names one that this machine does not know.

    >>> known_zone("Mars/Olympus_Mons")
    zoneinfo.ZoneInfo(key='UTC')
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the last for a folder of zones, such as "America"
        return ZoneInfo("UTC")


def at_local(day: date, clock: time, time_zone: str) -> datetime:
    """Return the instant at which a wall clock in `time_zone` shows `clock` on `day`, in UTC.

    A time that a clock change skips is taken as the instant that many minutes later; one that happens twice
    is taken the first time. So each day has exactly one.

    >>> at_local(date(2026, 3, 29), time(2), "Europe/Paris")  # skipped: 01:00 UTC is 03:00 in Paris
    datetime.datetime(2026, 3, 29, 1, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.combine(day, clock, tzinfo=known_zone(time_zone)).astimezone(UTC)


def latest_due(weekday: int, hour: int, time_zone: str, now: datetime) -> datetime:
    """Return the last due time at or before `now`. `weekday` 0 is Monday.

    >>> latest_due(0, 9, "Europe/Paris", datetime(2026, 11, 22, tzinfo=UTC))
    datetime.datetime(2026, 11, 16, 8, 0, tzinfo=datetime.timezone.utc)
    """
    return max(due for due in _around(weekday, hour, time_zone, now) if due <= now)


def next_due(weekday: int, hour: int, time_zone: str, now: datetime) -> datetime:
    """Return the first due time after `now`."""
    return min(due for due in _around(weekday, hour, time_zone, now) if due > now)


def _around(weekday: int, hour: int, time_zone: str, now: datetime) -> list[datetime]:
    """Return the due times of last week, this week and next: where a zone skips a whole day, this week's may be late."""
    today = now.astimezone(known_zone(time_zone)).date()
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    return [at_local(day + week * WEEK, time(hour), time_zone) for week in (-1, 0, 1)]


def is_worth_posting(due_at: datetime, *, since: datetime, now: datetime) -> bool:
    """Whether a digest due at `due_at` is still to be posted: due since the survey was made, and less than a day ago."""
    return since < due_at <= now < due_at + CATCH_UP
