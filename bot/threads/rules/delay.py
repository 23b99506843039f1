"""How long a letter takes: hours of work, as many as a lot says, so that its coming tells nobody who wrote or read."""

from datetime import datetime, timedelta

from bot.kit.rules.working_hours import WorkingTime

MOST_HOURS = 24
_HOUR = timedelta(hours=1)


def after_hours_of_work(now: datetime, hours: int, time_zone: str, working: WorkingTime) -> datetime:
    """Return the full hour by which so many hours of work have passed.

    >>> friday = datetime.fromisoformat("2026-03-06T15:20Z")
    >>> [f"{after_hours_of_work(friday, hours, 'UTC', WorkingTime()):%a %H:%M}" for hours in (1, 2, 24)]
    ['Fri 17:00', 'Mon 10:00', 'Wed 16:00']
    """
    moment, left = now, hours
    while True:
        window = working.window(moment, time_zone)
        begins = max(moment, window.opens_at)
        fit = (window.closes_at - begins) // _HOUR
        if left <= fit:
            return _full_hour(begins + left * _HOUR)
        # Each day of work takes some of it, however short its hours are.
        left -= max(fit, 1)
        if left <= 0:
            return _full_hour(window.closes_at)
        moment = window.closes_at


def _full_hour(moment: datetime) -> datetime:
    begun = moment.replace(minute=0, second=0, microsecond=0)
    return begun if begun == moment else begun + _HOUR
