"""Who is asked by no survey, by what is known of the person alone: at planning, and again when their message goes."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.kit.rules.calendar import known_zone
from storage.words import ANONYMOUS_DAYS, Kind, LeftOutBecause

NOT_NOW = "not_now"
"""What is told in place of `opted_out` and `quarantined`: who asks one person would learn that they want no questions."""


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
    refusals = (
        (LeftOutBecause.BOT, somebody.is_bot),
        (LeftOutBecause.DEACTIVATED, somebody.is_deactivated),
        (LeftOutBecause.NEVER_SIGNED_IN, somebody.has_never_signed_in),
        (LeftOutBecause.STRANGER, somebody.is_stranger and kind is Kind.EMPLOYEES),
        (LeftOutBecause.GUEST, somebody.is_guest and not guests),
    )
    return next((because for because, holds in refusals if holds), None)


def told_because(because: LeftOutBecause) -> str:
    """Return the word that managers and programs read."""
    return NOT_NOW if because in (LeftOutBecause.OPTED_OUT, LeftOutBecause.QUARANTINED) else because.value


def told_left_out(counts: Mapping[LeftOutBecause, int]) -> dict[str, int]:
    """Return how many people are left out, by the word that managers and programs read.

    >>> told_left_out({LeftOutBecause.BOT: 2, LeftOutBecause.OPTED_OUT: 1, LeftOutBecause.QUARANTINED: 4})
    {'bot': 2, 'not_now': 5}
    """
    told = Counter[str]()
    for because, people in counts.items():
        told[told_because(because)] += people
    return dict(told)


def quarantine_of(days: int, *, is_anonymous: bool) -> int:
    """Return the fewest days between two questions to one person: `days`, and at least four weeks for anonymous surveys.

    >>> quarantine_of(7, is_anonymous=True), quarantine_of(90, is_anonymous=True), quarantine_of(7, is_anonymous=False)
    (28, 90, 7)
    """
    return max(days, ANONYMOUS_DAYS) if is_anonymous else days


def day_free(last_asked: datetime, quarantine_days: int, time_zone: str) -> date:
    """Return the first day on which somebody may be asked again.

    The quarantine counts days of the person's own calendar, not hours: asked at ten, free at nine so many days later.
    """
    return last_asked.astimezone(known_zone(time_zone)).date() + timedelta(days=quarantine_days)


def is_too_late(day: date, closes_at: datetime, time_zone: str) -> bool:
    """Say whether a wave asks nobody any more on that day: on the day it closes there may be no hour left to answer in."""
    return day >= closes_at.astimezone(known_zone(time_zone)).date()
