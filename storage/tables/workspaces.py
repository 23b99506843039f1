"""A workspace, and what its clocks share."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    UtcDateTime,
    by_default,
)
from storage.words import (
    MOST_QUARANTINE_DAYS,
    QUARANTINE_DAYS,
)


class Workspace(SQLModel, table=True):
    """One Slack workspace that has installed the app."""

    __tablename__ = "workspaces"
    __table_args__ = (
        CheckConstraint(
            f"quarantine_days BETWEEN 0 AND {MOST_QUARANTINE_DAYS}", name="quarantine_within_a_year"
        ),
    )

    id: str = Field(primary_key=True, description="Slack's team id, T…")
    name: str
    quarantine_days: int = Field(
        default=QUARANTINE_DAYS,
        sa_column_kwargs=by_default(str(QUARANTINE_DAYS)),
        description="from one invitation of a person to the next, over all surveys",
    )


class Pace(SQLModel, table=True):
    """How fast a workspace may be spoken to: what all its clocks together may send, and when that was counted."""

    __tablename__ = "paces"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    tokens: float = Field(
        description="messages that may go at once; negative when their turns are given away"
    )
    speed: float = Field(description="the share of the full rate, below 1 after Slack said to slow down")
    counted_at: datetime = Field(sa_type=UtcDateTime)
    resumes_at: datetime = Field(sa_type=UtcDateTime, description="nothing goes before")
