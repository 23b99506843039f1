"""When a survey's waves open: the first at `starts_at`, each later one by the same clock on the wall."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.kit.rules.calendar import at_local, known_zone
from storage.words import Rhythm

_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.CONTINUOUS: 1}


@dataclass(frozen=True)
class Schedule:
    """What a survey says of its waves. ValueError when it says what cannot be.

    ONCE has no opening but a manager's click; WEEKS has one every `every_weeks`; MONTHLY and QUARTERLY have theirs on
    the day of the month of `starts_at`, or on the month's last where that is earlier; CONTINUOUS at the first midnight
    of each calendar month. An unknown time zone is taken as UTC.
    """

    rhythm: Rhythm
    every_weeks: int
    starts_at: datetime
    time_zone: str

    def __post_init__(self) -> None:
        if self.rhythm not in set(Rhythm):
            message = f"{self.rhythm!r} is not a rhythm: give {', '.join(Rhythm)}"
            raise ValueError(message)
        if self.every_weeks < 1:
            message = f"a wave every {self.every_weeks} weeks cannot be: give 1 or more"
            raise ValueError(message)


def opening_due(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the latest opening at or before `now`; None before the first.

    So a clock that was down makes good the latest opening alone, once and late.

    >>> started = datetime.fromisoformat("2026-01-31T08:00Z")
    >>> opening_due(Schedule(Rhythm.MONTHLY, 1, started, "Europe/Paris"), datetime.fromisoformat("2026-04-30T12:00Z"))
    datetime.datetime(2026, 4, 30, 7, 0, tzinfo=datetime.timezone.utc)
    """
    if schedule.rhythm is Rhythm.ONCE or now < schedule.starts_at:
        return None
    return _opening(schedule, _openings_since_the_first(schedule, now))


def next_opening(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the first opening after `now`; None for a survey that asks once. A continuous wave closes then.

    >>> started = datetime.fromisoformat("2026-03-12T15:00Z")
    >>> next_opening(Schedule(Rhythm.CONTINUOUS, 1, started, "Europe/Paris"), started)
    datetime.datetime(2026, 3, 31, 22, 0, tzinfo=datetime.timezone.utc)
    """
    if schedule.rhythm is Rhythm.ONCE:
        return None
    if now < schedule.starts_at:
        return schedule.starts_at
    return _opening(schedule, _openings_since_the_first(schedule, now) + 1)


def _openings_since_the_first(schedule: Schedule, now: datetime) -> int:
    zone = known_zone(schedule.time_zone)
    first, today = schedule.starts_at.astimezone(zone), now.astimezone(zone)
    if schedule.rhythm is Rhythm.WEEKS:
        number = (today.date() - first.date()).days // (7 * schedule.every_weeks)
    else:
        months = (today.year - first.year) * 12 + today.month - first.month
        number = months // _MONTHS[schedule.rhythm]
    # Today's, or this month's, may still be to come.
    return number if _opening(schedule, number) <= now else number - 1


def _opening(schedule: Schedule, number: int) -> datetime:
    if number == 0:
        return schedule.starts_at
    first = schedule.starts_at.astimezone(known_zone(schedule.time_zone))
    clock = first.time().replace(fold=0)
    if schedule.rhythm is Rhythm.WEEKS:
        day = first.date() + timedelta(weeks=number * schedule.every_weeks)
        return at_local(day, clock, schedule.time_zone)
    year, month = divmod(first.year * 12 + first.month - 1 + number * _MONTHS[schedule.rhythm], 12)
    if schedule.rhythm is Rhythm.CONTINUOUS:
        return at_local(date(year, month + 1, 1), time(), schedule.time_zone)
    last = monthrange(year, month + 1)[1]
    return at_local(date(year, month + 1, min(first.day, last)), clock, schedule.time_zone)
