"""Whether a closed wave may take answers again, and until when."""

from datetime import datetime, timedelta

WITHIN = timedelta(days=7)


def reopened_until(
    closed_at: datetime, closes_at: datetime, now: datetime, following: datetime | None
) -> datetime | None:
    """Return until when a wave that is reopened now would be open; None where it may not be.

    It may within a week, when it closed before its time, or by a clock that was ahead: then its time is still to come.
    It gets the time that it lost, and closes before `following`, the next opening of its survey.

    >>> monday, wednesday, friday = (datetime.fromisoformat(f"2026-03-0{day}T09:00Z") for day in (2, 4, 6))
    >>> reopened_until(monday, friday, wednesday, None) == friday
    True
    >>> reopened_until(friday, friday, friday, None) is None
    True
    """
    if now - closed_at > WITHIN:
        return None
    if now < closes_at:
        until = closes_at
    elif closed_at < closes_at:
        until = now + (closes_at - closed_at)
    else:
        return None
    return min(until, following) if following else until
