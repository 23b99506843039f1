"""Who is not asked, whichever survey it is: told of a person alone, at planning and again when their message goes."""

from typing import Protocol

from storage.words import Kind, LeftOutBecause


class Described(Protocol):
    """What Slack says of somebody."""

    @property
    def is_bot(self) -> bool: ...
    @property
    def is_deactivated(self) -> bool: ...
    @property
    def has_never_signed_in(self) -> bool: ...
    @property
    def is_stranger(self) -> bool: ...
    @property
    def is_guest(self) -> bool: ...


def not_asked_because(somebody: Described, kind: Kind, *, guests: bool) -> LeftOutBecause | None:
    """Return why a survey of this kind does not ask somebody; None when it may. `guests` says whether it asks guests."""
    refusals = {
        LeftOutBecause.BOT: somebody.is_bot,
        LeftOutBecause.DEACTIVATED: somebody.is_deactivated,
        LeftOutBecause.NEVER_SIGNED_IN: somebody.has_never_signed_in,
        LeftOutBecause.STRANGER: somebody.is_stranger and kind is Kind.EMPLOYEES,
        LeftOutBecause.GUEST: somebody.is_guest and not guests,
    }
    return next((because for because, holds in refusals.items() if holds), None)
