"""Until when somebody should make contact with a person who said that they may."""

from datetime import datetime, timedelta

from bot.kit.rules.working_hours import USUAL, WorkingTime

FIRST_CONTACT = timedelta(hours=16)
"""Working hours: two days."""


def contact_due(
    since: datetime, time_zone: str, working: WorkingTime = USUAL, within: timedelta = FIRST_CONTACT
) -> datetime:
    """Return when so many working hours have passed since then; it is inside working hours itself.

    >>> friday_noon = datetime.fromisoformat("2026-03-06T12:00Z")
    >>> contact_due(friday_noon, "UTC").isoformat()  # five hours, eight on Monday, three on Tuesday
    '2026-03-10T12:00:00+00:00'
    >>> contact_due(friday_noon, "UTC", within=timedelta(hours=5)).isoformat()
    '2026-03-09T09:00:00+00:00'
    """
    while True:
        hours = working.window(since, time_zone)
        since = max(since, hours.opens_at)
        if within < hours.closes_at - since:
            return since + within
        within -= hours.closes_at - since
        since = hours.closes_at
