"""What programs elsewhere are told: the receivers, and what each is still to hear."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime, Word, index_of_state, one_of
from storage.words import Event, TellingState


class Webhook(SQLModel, table=True):
    """An address that is told of events. Its secret signs what it is told, so it cannot be kept as a hash."""

    __tablename__ = "webhooks"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id", index=True)
    url: str
    secret: str = Field(repr=False, description="whsec_ and 32 bytes in base64")
    events: list[str] = Field(sa_type=JSON, description="the events that it is told; none for all")
    may_be_private: bool = Field(description="whether it may lie in the operator's own network")
    added_at: datetime = Field(sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    troubles: int = Field(default=0, description="tries in a row that the receiver did not answer")
    trouble: str | None = Field(
        default=None, description="what went wrong the last time: timed_out, status_500 …"
    )
    next_at: datetime = Field(sa_type=UtcDateTime, description="nothing is told before")


class WebhookTelling(SQLModel, table=True):
    """One event that one webhook is to hear. What it says is read when it is told: nobody's words wait here."""

    __tablename__ = "tellings"
    __table_args__ = (
        index_of_state("tellings_waiting", TellingState.WAITING, "webhook_id", "next_at"),
        index_of_state("tellings_given_up", TellingState.GIVEN_UP, "webhook_id"),
    )

    id: int = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhooks.id")
    key: str = Field(description="by which the receiver knows one that comes twice")
    event: Event = Field(sa_type=Word(Event))
    subject: int = Field(description="the id of the invitation, wave, survey or case it is about")
    happened_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    next_at: datetime = Field(sa_type=UtcDateTime)
    state: TellingState = Field(default=TellingState.WAITING, sa_type=one_of(TellingState, "telling_state"))
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
