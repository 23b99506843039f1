"""What the weekly digest of one survey tells."""

from dataclasses import dataclass
from datetime import date

from bot.digests.views.huddle import HuddleFacts
from bot.kit.views.acted import YouSaid
from bot.reports.views.trend import TrendFacts
from bot.reports.views.wave import (
    WaveFacts,
)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The wave after the one that is told of: until when it is open, or on which day it opens."""

    number: int
    day: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One survey's week; `wave` is the one to tell of, None when it has had none.

    `new_answers` counts those since the digest before, None where nobody knows, as of an anonymous wave. `is_final` says
    that the wave has closed since the digest before, so that nobody has read its result yet; `has_opened` that it has
    opened since. `trend` are the last waves of a survey whose single waves say little. `ahead` is what comes, if that is
    known. `comments` are those that the survey's people were told may be quoted. `acted` is what was planned or done
    since, `huddle` how the follow-up goes.
    """

    survey_name: str
    wave: WaveFacts | None
    new_answers: int | None = 0
    is_final: bool = False
    has_opened: bool = False
    trend: TrendFacts | None = None
    ahead: Ahead | None = None
    comments: tuple[str, ...] = ()
    acted: tuple[YouSaid, ...] = ()
    huddle: HuddleFacts | None = None
