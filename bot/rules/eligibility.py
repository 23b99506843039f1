"""Who may be asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """What the rule needs to know of a person."""

    user_id: str
    is_bot: bool
    is_deactivated: bool


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason."""

    allowed: bool
    reason: str | None = None

    @classmethod
    def yes(cls) -> "Verdict":
        return cls(allowed=True)

    @classmethod
    def no(cls, reason: str) -> "Verdict":
        return cls(allowed=False, reason=reason)


def may_invite(candidate: Candidate) -> Verdict:
    """Whether this person may be invited, and why not.

    >>> may_invite(Candidate("U1", is_bot=True, is_deactivated=False))
    Verdict(allowed=False, reason='bot')
    """
    if candidate.is_bot:
        return Verdict.no("bot")
    if candidate.is_deactivated:
        return Verdict.no("deactivated")
    return Verdict.yes()
