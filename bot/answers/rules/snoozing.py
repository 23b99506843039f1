"""Until when "ask me later" lasts."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.kit.rules.calendar import at_local, known_zone
from bot.kit.rules.working_hours import WorkingTime


class Later(StrEnum):
    """What somebody may choose."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


def snoozed_until(
    later: Later, now: datetime, time_zone: str, closes_at: datetime, working: WorkingTime
) -> datetime | None:
    """Return when to ask again, in the person's hours: tomorrow and next week when these begin.

    None when the wave closes before: that choice is not to be offered.

    >>> friday, month_end = (datetime.fromisoformat(f"2026-03-{day}T16:30Z") for day in ("06", "31"))
    >>> [f"{snoozed_until(later, friday, 'UTC', month_end, WorkingTime()):%a %d, %H:%M}" for later in Later]
    ['Mon 09, 09:00', 'Mon 09, 09:00', 'Mon 09, 09:00']
    """
    today = now.astimezone(known_zone(time_zone)).date()
    earliest = {
        Later.HOUR: now + timedelta(hours=1),
        Later.TOMORROW: at_local(today + timedelta(days=1), time(), time_zone),
        Later.NEXT_WEEK: at_local(today + timedelta(days=_to_next_week(today, working)), time(), time_zone),
    }
    again = working.next_window(earliest[later], time_zone)
    return again if again < closes_at else None


def _to_next_week(today: date, working: WorkingTime) -> int:
    return (working.first_day - today.weekday() - 1) % 7 + 1
