"""When a person may be spoken to: on the working days and in the hours of the workspace, by the clock on their own wall."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from bot.kit.rules.calendar import at_local, known_zone
from bot.kit.rules.public_holidays import is_public_holiday


@dataclass(frozen=True)
class Window:
    """The hours of one working day, in UTC: from `opens_at` until just before `closes_at`."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class WorkingTime:
    """The days on which a workspace works, 0 for Monday, at least one; and from when to when.

    `holidays` are the places whose public holidays it keeps.
    """

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    opens: time = time(9)
    closes: time = time(17)
    holidays: tuple[str, ...] = ()

    def window(self, now: datetime, time_zone: str) -> Window:
        """Return the hours that `now` is inside, or else the next ones.

        What is to be sent sorts by `opens_at`: all windows are as long as each other, so the first to have opened is
        the first to close. An unknown zone is taken as UTC.

        >>> friday = datetime.fromisoformat("2026-03-06T23:00Z")
        >>> WorkingTime().window(friday, "Europe/Paris").opens_at  # Monday
        datetime.datetime(2026, 3, 9, 8, 0, tzinfo=datetime.timezone.utc)
        """
        today = now.astimezone(known_zone(time_zone)).date()
        return next(
            hours
            for ahead in count()
            if self.is_working_day(day := today + timedelta(days=ahead), time_zone)
            and now < (hours := self._hours(day, time_zone)).closes_at
            # A zone that moved over the date line has skipped a day, and with it that day's hours.
            and hours.opens_at.astimezone(known_zone(time_zone)).date() == day
        )

    def next_window(self, now: datetime, time_zone: str) -> datetime:
        """Return the first instant, from `now` on, that is inside the person's hours: often `now` itself."""
        return max(now, self.window(now, time_zone).opens_at)

    def is_inside(self, now: datetime, time_zone: str) -> bool:
        """Whether the person may be spoken to now."""
        return self.window(now, time_zone).opens_at <= now

    def is_working_day(self, day: date, time_zone: str) -> bool:
        """Whether somebody in this time zone works on that day."""
        return day.weekday() in self.days and not is_public_holiday(day, time_zone, self.holidays)

    def off_holidays(self, moment: datetime, time_zone: str) -> datetime:
        """Return the moment; if its day is a public holiday in this zone, the same hour of the next working day."""
        local = moment.astimezone(known_zone(time_zone))
        day = local.date()
        if not is_public_holiday(day, time_zone, self.holidays):
            return moment
        while not self.is_working_day(day, time_zone):
            day += timedelta(days=1)
        return at_local(day, local.time(), time_zone)

    @property
    def first_day(self) -> int:
        """The day with which a week begins: the one after the longest rest, Monday where there is none.

        >>> WorkingTime().first_day, WorkingTime(days=(0, 1, 2, 3, 6)).first_day
        (0, 6)
        """
        return max(self.days, key=self._rest_before)

    def _rest_before(self, day: int) -> int:
        return next(ago for ago in range(1, 8) if (day - ago) % 7 in self.days)

    def _hours(self, day: date, time_zone: str) -> Window:
        return Window(at_local(day, self.opens, time_zone), at_local(day, self.closes, time_zone))


USUAL = WorkingTime()
"""Where nobody has set another."""
