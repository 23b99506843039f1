"""The working days and hours of a workspace, in words."""

from datetime import time

from bot.kit.rules.working_hours import WorkingTime
from bot.wording import Words

_SHORTEST_RUN = 3


def days_and_hours(working: WorkingTime, words: Words) -> str:
    """Give "Sunday to Thursday, 8:00 AM to 4:00 PM"."""
    return words(
        "{days}, {opens} to {closes}",
        days=_days(working, words),
        opens=words.clock_time(working.opens),
        closes=words.clock_time(working.closes),
    )


def week_from(first_day: int) -> list[int]:
    """Return the seven days of a week that begins with this one."""
    return [(first_day + ahead) % 7 for ahead in range(7)]


def clock_value(clock: time) -> str:
    """Give "08:30", as a menu's value and as it is typed."""
    return f"{clock:%H:%M}"


def _days(working: WorkingTime, words: Words) -> str:
    days = [day for day in week_from(working.first_day) if day in working.days]
    names = [words.weekday(day) for day in days]
    is_run = days == week_from(working.first_day)[: len(days)]
    if is_run and len(days) >= _SHORTEST_RUN:
        return words("{first} to {last}", first=names[0], last=names[-1])
    return ", ".join(names)
