"""What one person may answer and see in App Home."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.answers.views.invitation import (
    InvitationFacts,
)
from bot.cases.views.line import LineFacts
from bot.kit.rules.working_hours import USUAL
from bot.kit.views.acted import YouSaid
from bot.kit.views.own_quote import OwnQuoteFacts
from bot.reports.views.survey_list import SurveyFacts
from storage.words import QUARANTINE_DAYS


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the reader answered in a wave that has closed."""

    subject: str
    score: int
    day: date


@dataclass(frozen=True, slots=True)
class SurveyAtHome:
    """One survey's line, and what comes: its next wave and its next digest, in the reader's zone; None where none does."""

    line: SurveyFacts
    opens_at: datetime | None = None
    digest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What one person may answer and see; a question with `chosen` set shows how to change it.

    `offered` are ids and names of surveys to change; `more` are not shown. `quarantine_days` is how long the workspace
    waits before it asks somebody again. `sees_results` is false for a guest, who reads what is posted in their channels.
    `contacts` are the cases in which somebody may contact this person. `acted` is what was done about what people said,
    each with its survey's name, in the surveys that have asked this person. `quotes` are what they may be quoted with.
    """

    questions: tuple[InvitationFacts, ...]
    surveys: tuple[SurveyAtHome, ...]
    is_manager: bool
    offered: tuple[tuple[int, str], ...] = ()
    own: tuple[OwnFacts, ...] = ()
    more: int = 0
    opted_out: bool = False
    quarantine_days: int = QUARANTINE_DAYS
    sees_results: bool = True
    opens: time = USUAL.opens
    closes: time = USUAL.closes
    contacts: tuple[LineFacts, ...] = ()
    acted: tuple[tuple[str, YouSaid], ...] = ()
    quotes: tuple[OwnQuoteFacts, ...] = ()
