"""Who may be asked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.kit.rules.calendar import known_zone


class Reason(StrEnum):
    """Why somebody is left out, the first that holds."""

    BOT = "bot"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    OPTED_OUT = "opted_out"
    QUARANTINED = "quarantined"
    UNKNOWN = "unknown"  # Slack does not tell who it is
    NOT_THEIR_TURN = "not_their_turn"  # a continuous survey asks them in another month


@dataclass(frozen=True)
class Candidate:
    """What the rule needs to know of a person. `last_asked` is over all surveys, and to come where one has it planned."""

    user_id: str
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_guest: bool = False
    is_known: bool = True
    has_opted_out: bool = False
    last_asked: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason; `days_ago` says when somebody in quarantine was last asked.

    `not_before` is the day of their own calendar on which their quarantine ends, for those who are asked later.
    """

    reason: Reason | None = None
    days_ago: int | None = None
    not_before: date | None = None

    @property
    def allowed(self) -> bool:
        return self.reason is None


def may_invite(
    candidate: Candidate, quarantine_days: int, opens_at: datetime, closes_at: datetime, *, guests: bool
) -> Verdict:
    """Whether a wave may ask this person, from which day on, and why not.

    The quarantine counts days of the person's own calendar, not hours: asked at ten, free at nine so many days later.
    Where it ends while the wave is open, the person is asked then: quarters of 89 days silence nobody.

    >>> asked, opens, closes = (datetime.fromisoformat(f"2026-03-{day}T09:00Z") for day in ("02", "14", "28"))
    >>> may_invite(Candidate("U1", last_asked=asked), 90, opens, closes, guests=False)
    Verdict(reason=<Reason.QUARANTINED: 'quarantined'>, days_ago=12, not_before=None)
    >>> may_invite(Candidate("U1", last_asked=asked), 20, opens, closes, guests=False)
    Verdict(reason=None, days_ago=None, not_before=datetime.date(2026, 3, 22))
    """
    refusals = {
        Reason.BOT: candidate.is_bot,
        Reason.DEACTIVATED: candidate.is_deactivated,
        Reason.GUEST: candidate.is_guest and not guests,
        Reason.OPTED_OUT: candidate.has_opted_out,
    }
    if reason := next((reason for reason, holds in refusals.items() if holds), None):
        return Verdict(reason)
    not_before = None
    if candidate.last_asked is not None:
        zone = known_zone(candidate.time_zone)
        last, first_day = candidate.last_asked.astimezone(zone).date(), opens_at.astimezone(zone).date()
        free = last + timedelta(days=quarantine_days)
        if free > first_day:
            # On the day the wave closes there may be no hour left to answer in.
            if free >= closes_at.astimezone(zone).date():
                return Verdict(Reason.QUARANTINED, (first_day - last).days)
            not_before = free
    return Verdict(not_before=not_before) if candidate.is_known else Verdict(Reason.UNKNOWN)
