"""When somebody who has not answered is reminded. The reminder's claim decides whether they still may be."""

from datetime import datetime, timedelta

from bot.kit.rules.working_hours import WorkingTime

# Longer than any day's hours, shorter than the night between two: nobody hears of one question twice in one day.
SPACING = timedelta(hours=12)


def reminder_times(
    reminders: int, asked_at: datetime, closes_at: datetime, time_zone: str, working: WorkingTime
) -> tuple[datetime, ...]:
    """Return when each reminder falls due: one at half time, two at a third and two thirds, in the person's hours.

    Fewer than `reminders` where a wave is too short for them: none after closing, nor two within one day.

    >>> monday, thursday = (datetime.fromisoformat(f"2026-03-0{day}T10:00Z") for day in (2, 5))
    >>> [f"{due:%a %H:%M}" for due in reminder_times(2, monday, thursday, "UTC", WorkingTime())]
    ['Tue 10:00', 'Wed 10:00']
    """
    times: list[datetime] = []
    for number in range(1, reminders + 1):
        due = working.next_window(asked_at + (closes_at - asked_at) * number / (reminders + 1), time_zone)
        if due < closes_at and due - (times[-1] if times else asked_at) >= SPACING:
            times.append(due)
    return tuple(times)
