"""When a person may be spoken to: 09:00 to 17:00 from Monday to Friday, by the clock on their own wall."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from bot.kit.rules.calendar import at_local, known_zone

OPENING, CLOSING = time(9), time(17)
SATURDAY = 5


@dataclass(frozen=True)
class Window:
    """The hours of one working day, in UTC: from `opens_at` until just before `closes_at`."""

    opens_at: datetime
    closes_at: datetime


def window(now: datetime, time_zone: str) -> Window:
    """Return the hours that `now` is inside, or else the next ones.

    What is to be sent sorts by `opens_at`: all windows are as long as each other, so the first to have opened is the
    first to close. An unknown zone is taken as UTC.

    >>> window(datetime.fromisoformat("2026-03-06T23:00Z"), "Europe/Paris").opens_at  # Friday, so: Monday
    datetime.datetime(2026, 3, 9, 8, 0, tzinfo=datetime.timezone.utc)
    """
    today = now.astimezone(known_zone(time_zone)).date()
    return next(
        hours
        for ahead in count()
        if is_working_day(day := today + timedelta(days=ahead))
        and now < (hours := _hours(day, time_zone)).closes_at
        # A zone that moved over the date line has skipped a day, and with it that day's hours.
        and hours.opens_at.astimezone(known_zone(time_zone)).date() == day
    )


def next_window(now: datetime, time_zone: str) -> datetime:
    """Return the first instant, from `now` on, that is inside the person's hours: often `now` itself."""
    return max(now, window(now, time_zone).opens_at)


def is_inside(now: datetime, time_zone: str) -> bool:
    """Whether the person may be spoken to now."""
    return window(now, time_zone).opens_at <= now


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY


def _hours(day: date, time_zone: str) -> Window:
    return Window(at_local(day, OPENING, time_zone), at_local(day, CLOSING, time_zone))
