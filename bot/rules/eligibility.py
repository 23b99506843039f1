"""Who may be asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.rules.calendar import known_zone


class Reason(StrEnum):
    """Why somebody is left out, the first that holds."""

    BOT = "bot"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    OPTED_OUT = "opted_out"
    QUARANTINED = "quarantined"
    UNKNOWN = "unknown"  # Slack does not tell who it is


@dataclass(frozen=True)
class Candidate:
    """What the rule needs to know of a person. `last_delivered` is over all surveys."""

    user_id: str
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_guest: bool = False
    is_known: bool = True
    has_opted_out: bool = False
    last_delivered: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason; `days_ago` says when somebody in quarantine was last asked."""

    reason: Reason | None = None
    days_ago: int | None = None

    @property
    def allowed(self) -> bool:
        return self.reason is None


def may_invite(candidate: Candidate, quarantine_days: int, at: datetime, *, guests: bool) -> Verdict:
    """Whether this person may be asked `at` that time, and why not.

    The quarantine counts days of the person's own calendar: a wave at nine may ask whom the one before asked at ten.

    >>> asked, now = datetime.fromisoformat("2026-03-02T10:00Z"), datetime.fromisoformat("2026-03-14T09:00Z")
    >>> may_invite(Candidate("U1", last_delivered=asked), 90, now, guests=False)
    Verdict(reason=<Reason.QUARANTINED: 'quarantined'>, days_ago=12)
    """
    refusals = {
        Reason.BOT: candidate.is_bot,
        Reason.DEACTIVATED: candidate.is_deactivated,
        Reason.GUEST: candidate.is_guest and not guests,
        Reason.OPTED_OUT: candidate.has_opted_out,
    }
    if reason := next((reason for reason, holds in refusals.items() if holds), None):
        return Verdict(reason)
    if candidate.last_delivered is not None:
        zone = known_zone(candidate.time_zone)
        days_ago = (at.astimezone(zone).date() - candidate.last_delivered.astimezone(zone).date()).days
        if days_ago < quarantine_days:
            return Verdict(Reason.QUARANTINED, days_ago)
    return Verdict() if candidate.is_known else Verdict(Reason.UNKNOWN)
