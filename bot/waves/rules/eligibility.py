"""Who may be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.kit.rules.asking import day_free, is_too_late, not_asked_because
from bot.kit.rules.calendar import known_zone
from storage.words import ANONYMOUS_DAYS, Kind, LeftOutBecause


class Candidate(NamedTuple):
    """What the rule needs to know of a person. `last_asked` is over all surveys, and to come where one has it planned.

    `last_anonymous` is likewise over all anonymous surveys, for a wave of one of them.
    """

    user_id: str
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    has_never_signed_in: bool = False
    is_stranger: bool = False
    is_guest: bool = False
    is_known: bool = True
    has_opted_out: bool = False
    last_asked: datetime | None = None
    last_anonymous: datetime | None = None

    def waits_for(self, quarantine_days: int) -> tuple[datetime, int] | None:
        """Return the question that keeps them away longest, and for how many days; None where nothing was asked."""
        asked = ((self.last_asked, quarantine_days), (self.last_anonymous, ANONYMOUS_DAYS))
        known = [(last, days) for last, days in asked if last is not None]
        return max(known, key=lambda one: one[0] + timedelta(days=one[1]), default=None)


class Eligibility(NamedTuple):
    """Yes, or no and why; `days_ago` says when somebody in quarantine was last asked.

    `not_before` is the day of their own calendar on which their quarantine ends, for those who are asked later.
    """

    because: LeftOutBecause | None = None
    days_ago: int | None = None
    not_before: date | None = None

    @property
    def allowed(self) -> bool:
        return self.because is None


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """How many people a wave would ask, and how many it leaves out, and why.

    `later` of the `people` are asked in the course of the wave, when their quarantine ends.
    """

    people: int
    later: int = 0
    left_out: Mapping[LeftOutBecause, int] = field(default_factory=dict)

    @property
    def may_open(self) -> bool:
        """A wave that asks nobody may open where the turn of some is only in another month."""
        return bool(self.people or self.left_out.get(LeftOutBecause.NOT_THEIR_TURN))


def may_invite(  # noqa: PLR0913 - the person, the quarantine, the wave, its survey's audience
    candidate: Candidate,
    quarantine_days: int,
    opens_at: datetime,
    closes_at: datetime,
    *,
    kind: Kind,
    guests: bool,
) -> Eligibility:
    """Whether a wave may ask this person, from which day on, and why not.

    Where the quarantine ends while the wave is open, the person is asked then: quarters of 89 days silence nobody.

    >>> asked, opens, closes = (datetime.fromisoformat(f"2026-03-{day}T09:00Z") for day in ("02", "14", "28"))
    >>> survey = {"kind": Kind.EMPLOYEES, "guests": False}
    >>> may_invite(Candidate("U1", last_asked=asked), 90, opens, closes, **survey)
    Eligibility(because=<LeftOutBecause.QUARANTINED: 'quarantined'>, days_ago=12, not_before=None)
    >>> may_invite(Candidate("U1", last_asked=asked), 20, opens, closes, **survey)
    Eligibility(because=None, days_ago=None, not_before=datetime.date(2026, 3, 22))
    """
    if because := not_asked_because(candidate, kind, guests=guests):
        return Eligibility(because)
    if candidate.has_opted_out:
        return Eligibility(LeftOutBecause.OPTED_OUT)
    not_before = None
    if (waits := candidate.waits_for(quarantine_days)) is not None:
        zone, (asked_at, days) = known_zone(candidate.time_zone), waits
        last, first_day = asked_at.astimezone(zone).date(), opens_at.astimezone(zone).date()
        free = day_free(asked_at, days, candidate.time_zone)
        if free > first_day:
            if is_too_late(free, closes_at, candidate.time_zone):
                return Eligibility(LeftOutBecause.QUARANTINED, (first_day - last).days)
            not_before = free
    return Eligibility(not_before=not_before) if candidate.is_known else Eligibility(LeftOutBecause.UNKNOWN)
