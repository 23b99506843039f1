"""Every table, in the order of the story: a workspace, its people, a survey, its waves, who was asked, what they said.

Every table is keyed by workspace, or by what is. Scores stand beside each other in `answers` and `ballots`, and nowhere else
but counted; categories are computed, never stored.
`id` is typed `int` although a row has none until the database gives it one: storage returns stored rows only.
"""

from storage.tables.actions import Action
from storage.tables.answers import Answer, Mention
from storage.tables.api import ApiQuestion, ApiToken
from storage.tables.asking import AskedAnonymously, Invitation, Membership, Newcomer, Reminder
from storage.tables.ballots import Ballot, BallotKey, SealedBallot
from storage.tables.cases import Case, CaseEvent
from storage.tables.counting import Counts, KeptCount
from storage.tables.importing import Import, ImportChange, Property
from storage.tables.links import Link
from storage.tables.people import Person, Preference
from storage.tables.privacy import Emptied, ErasedMark, ErasedMessage
from storage.tables.quotes import Quote
from storage.tables.results import Cell, CountedWave, Publication, ReasonCount, Result
from storage.tables.running import Heartbeat, Notice, Outage, Run, SeenRequest
from storage.tables.surveys import NEVER_REUSED, Deletion, FormDraft, Survey, SurveyDriver
from storage.tables.threads import Letter, Thread
from storage.tables.waves import PersonLeftOut, Wave
from storage.tables.webhooks import Webhook, WebhookTelling
from storage.tables.workspaces import Pace, Workspace, WorkspaceSettings

__all__ = [
    "NEVER_REUSED",
    "Action",
    "Answer",
    "ApiQuestion",
    "ApiToken",
    "AskedAnonymously",
    "Ballot",
    "BallotKey",
    "Case",
    "CaseEvent",
    "Cell",
    "CountedWave",
    "Counts",
    "Deletion",
    "Emptied",
    "ErasedMark",
    "ErasedMessage",
    "FormDraft",
    "Heartbeat",
    "Import",
    "ImportChange",
    "Invitation",
    "KeptCount",
    "Letter",
    "Link",
    "Membership",
    "Mention",
    "Newcomer",
    "Notice",
    "Outage",
    "Pace",
    "Person",
    "PersonLeftOut",
    "Preference",
    "Property",
    "Publication",
    "Quote",
    "ReasonCount",
    "Reminder",
    "Result",
    "Run",
    "SealedBallot",
    "SeenRequest",
    "Survey",
    "SurveyDriver",
    "Thread",
    "Wave",
    "Webhook",
    "WebhookTelling",
    "Workspace",
    "WorkspaceSettings",
]
