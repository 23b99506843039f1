"""One person in one wave: the question, and what reminds of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    LONG_AGO,
    UtcDateTime,
    by_default,
    index_of_state,
    one_of,
)
from storage.tables.surveys import NEVER_REUSED
from storage.words import (
    MOST_REMINDERS,
    InvitationState,
    ReminderState,
)


class Invitation(SQLModel, table=True):
    """One person in one wave."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("wave_id", "user_id", name="one_invitation_per_wave_and_person"),
        Index("invitations_by_wave_and_state", "wave_id", "state"),
        # With the time, since the quarantine asks a whole audience when each was last reached.
        Index("invitations_by_person", "workspace_id", "user_id", "delivered_at"),
        # What waits and what was claimed are found without reading the history.
        index_of_state("invitations_to_send", "planned", "wave_id", "send_after", "id"),
        index_of_state("invitations_claimed", "claimed", "id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(description="that of its wave, which answers for it")
    wave_id: int = Field(foreign_key="waves.id")
    user_id: str
    state: InvitationState = Field(
        default=InvitationState.PLANNED, sa_type=one_of(InvitationState, "invitation_state")
    )
    code: str | None = Field(
        default=None, description="Slack's error code, when failed; opted_out, when that expired it"
    )
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when the question last surely reached the person"
    )
    channel_id: str | None = Field(default=None, description="D…, where the message stands")
    message_ts: str | None = Field(
        default=None, description="Slack's name of the first message in that channel"
    )
    again_ts: str | None = Field(
        default=None, description="that of the last one, where the question came again after it was put off"
    )
    send_after: datetime = Field(
        sa_type=UtcDateTime,
        sa_column_kwargs=by_default(LONG_AGO),
        description="the beginning of the hours of the person's own day in which to send it",
    )
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    time_zone: str = Field(default="UTC", sa_column_kwargs=by_default("'UTC'"), description="as planned")
    links_offered_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when its promoter was offered the survey's links"
    )


class AskedAnonymously(SQLModel, table=True):
    """When an anonymous survey that is deleted last asked somebody. Kept until another one may ask them."""

    __tablename__ = "asked_anonymously"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    user_id: str = Field(primary_key=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)


class Membership(SQLModel, table=True):
    """One person of a wave in one channel or user group of its audience, as it was when the wave was planned.

    Kept only where the audience has several, so that its result can be read by them.
    """

    __tablename__ = "memberships"
    # Its key is all there is to it: SQLite need not keep it twice.
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    user_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True, description="Slack's id of the channel or user group")
    workspace_id: str = Field(description="that of its wave, which answers for it")


class Newcomer(SQLModel, table=True):
    """Somebody who answered an open question before Slack has told us who they are. Kept only until it has."""

    __tablename__ = "newcomers"
    __table_args__ = (Index("newcomers_by_person", "workspace_id", "user_id"),)

    invitation_id: int = Field(primary_key=True, foreign_key="invitations.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspaces.id")
    user_id: str


class Reminder(SQLModel, table=True):
    """A second message, or a third, for the same invitation. Planned when the invitation is claimed, whatever comes."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("invitation_id", "number", name="one_reminder_per_invitation_and_number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_REMINDERS}", name="first_or_second_reminder"),
        index_of_state("reminders_to_send", "planned", "wave_id", "send_after", "id"),
        index_of_state("reminders_claimed", "claimed", "id"),
        index_of_state("reminders_uncertain", "uncertain", "wave_id"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(description="that of its wave, which answers for it")
    wave_id: int = Field(foreign_key="waves.id")
    invitation_id: int = Field(foreign_key="invitations.id")
    number: int = Field(description="1 is the first")
    state: ReminderState = Field(
        default=ReminderState.PLANNED, sa_type=one_of(ReminderState, "reminder_state")
    )
    code: str | None = Field(default=None, description="Slack's error code, when failed")
    send_after: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_ts: str | None = Field(
        default=None, description="Slack's name of the message in the person's channel"
    )
