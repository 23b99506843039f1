"""The day of each person in a continuous survey: everyone once a period, as many on each working day as on any other.

A period is the quarantine in whole weeks, so that a person's turn always falls on the same day of the week and never
drifts into a weekend or a quarantine. The day of a turn follows from the survey's and the person's id alone: a
planning that was killed goes on the same, and months merely cut the line of days.
"""

from datetime import date, timedelta
from hashlib import blake2b

from bot.kit.rules.working_hours import WorkingTime

# Longer than a month, and so than a wave: nobody has two turns in one, however short the quarantine.
SHORTEST_PERIOD = 5
# A person reached some days late is still in quarantine on the day itself. The turn waits at most this long.
GRACE = timedelta(weeks=2)
_A_MONDAY = date(2024, 1, 1)


def turn(  # noqa: PLR0913 - which person and survey, how often and on which days, between when and when
    user_id: str,
    survey_id: int,
    quarantine_days: int,
    working: WorkingTime,
    *,
    time_zone: str,
    first_day: date,
    last_day: date,
    last_asked: date | None = None,
) -> date | None:
    """Return the working day, from `first_day` to `last_day`, on which to ask this person; None when it is not now.

    `last_asked` is over all surveys. A turn that falls into the quarantine after it waits for its end.

    >>> march = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
    >>> [str(turn(user_id, 7, 90, WorkingTime(), time_zone="UTC", **march)) for user_id in ("U1", "U12", "U13")]
    ['None', '2026-03-16', '2026-03-23']
    """
    weeks = max(SHORTEST_PERIOD, -(-quarantine_days // 7))
    week, drawn = divmod(_draw(user_id, survey_id) % (weeks * len(working.days)), len(working.days))
    day = _first_within_grace(
        timedelta(weeks=week, days=working.days[drawn]), timedelta(weeks=weeks), first_day
    )
    while day <= last_day:
        if last_asked is None or last_asked < day:
            free = last_asked + timedelta(days=quarantine_days) if last_asked else day
            asked = _working_day_from(max(day, free), working, time_zone)
            if first_day <= asked <= last_day and asked - day <= GRACE:
                return asked
        day += timedelta(weeks=weeks)
    return None


def _first_within_grace(offset: timedelta, period: timedelta, first_day: date) -> date:
    """Return the first turn that could have been put off until `first_day`."""
    earliest = first_day - GRACE
    return earliest + (_A_MONDAY + offset - earliest) % period


def _draw(user_id: str, survey_id: int) -> int:
    return int.from_bytes(blake2b(f"{survey_id} {user_id}".encode(), digest_size=8).digest())


def _working_day_from(day: date, working: WorkingTime, time_zone: str) -> date:
    while not working.is_working_day(day, time_zone):
        day += timedelta(days=1)
    return day
