"""Somebody who said that they may be contacted, and what was done about it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime, Word, index_where, one_of
from storage.tables.surveys import NEVER_REUSED
from storage.words import CaseCause, CaseEnding, CaseState, CaseStep


class Case(SQLModel, table=True):
    """The follow-up of one answer. There is none without the person's consent."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("invitation_id", name="one_case_per_invitation"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_cases_say_when"),
        CheckConstraint("(state = 'closed') = (ending IS NOT NULL)", name="closed_cases_say_why"),
        CheckConstraint("state IN ('open', 'closed') OR owner IS NOT NULL", name="somebody_has_a_taken_case"),
        Index("cases_by_survey_and_state", "survey_id", "state", "id"),
        Index("cases_by_opening", "survey_id", "opened_at"),
        index_where("cases_by_contact", "contacted_at IS NOT NULL", "survey_id", "contacted_at"),
        index_where("cases_by_closing", "closed_at IS NOT NULL", "survey_id", "closed_at"),
        Index("cases_by_person", "workspace_id", "user_id"),
        Index("cases_by_state", "workspace_id", "state", "opened_at"),
        index_where("cases_to_draw", "drawn < version", "workspace_id", "id"),
        index_where("cases_under_way", "state <> 'closed'", "workspace_id", "id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id")
    invitation_id: int = Field(foreign_key="invitations.id")
    user_id: str = Field(description="who may be contacted")
    state: CaseState = Field(default=CaseState.OPEN, sa_type=one_of(CaseState, "case_state"))
    owner: str | None = Field(default=None, description="who has taken it, or was handed it")
    opened_at: datetime = Field(sa_type=UtcDateTime, description="when the person last gave consent")
    due_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="until when somebody should have made contact"
    )
    contacted_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when somebody first said that they had made contact"
    )
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: CaseEnding | None = Field(default=None, sa_type=Word(CaseEnding))
    cause: CaseCause | None = Field(default=None, sa_type=Word(CaseCause))
    note: str | None = Field(default=None, description="what those wrote who closed it, for each other")
    channel_id: str | None = Field(default=None, description="where its card stands")
    message_ts: str | None = Field(default=None, description="Slack's name of the card in that channel")
    line_channel: str | None = Field(default=None, description="D…, where the person reads who has taken it")
    line_ts: str | None = Field(default=None, description="Slack's name of that message")
    version: int = Field(default=1, description="one more with each change of what its messages say")
    drawn: int = Field(default=1, description="the version that its messages show")
    tried_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when Slack last refused to post or change the card"
    )
    code: str | None = Field(default=None, description="Slack's error code for that")


class CaseEvent(SQLModel, table=True):
    """One step of a case: who did it, and when."""

    __tablename__ = "case_events"
    __table_args__ = (Index("case_events_by_case", "case_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    case_id: int = Field(foreign_key="cases.id", ondelete="CASCADE")
    step: CaseStep = Field(sa_type=Word(CaseStep))
    by: str = Field(description="the user id of who did it")
    to: str | None = Field(default=None, description="who was handed it")
    at: datetime = Field(sa_type=UtcDateTime)
