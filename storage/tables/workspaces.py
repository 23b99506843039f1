"""A workspace, and what its clocks share."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    OptionalJson,
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
        description="from one invitation of a person to the next, over all surveys: as the environment says",
    )


class WorkspaceSettings(SQLModel, table=True):
    """What the managers of a workspace have set. What is not set is as the environment says, or as it always was."""

    __tablename__ = "workspace_settings"
    __table_args__ = (
        CheckConstraint(
            f"quarantine_days BETWEEN 0 AND {MOST_QUARANTINE_DAYS}", name="own_quarantine_within_a_year"
        ),
        CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute < 1440 AND closes_minute - opens_minute <= 720",
            name="working_hours_within_a_day",
        ),
        CheckConstraint(
            "(opens_minute IS NULL) = (closes_minute IS NULL)", name="working_hours_with_both_ends"
        ),
    )

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    quarantine_days: int | None = None
    working_days: list[int] | None = Field(default=None, sa_type=OptionalJson, description="0 is Monday")
    opens_minute: int | None = Field(default=None, description="of the day, from midnight on")
    closes_minute: int | None = None
    holidays: list[str] = Field(
        default_factory=list,
        sa_type=JSON,
        sa_column_kwargs=by_default("'[]'"),
        description="places whose public holidays it keeps: FR, CA-QC",
    )
    managers: list[str] = Field(
        default_factory=list, sa_type=JSON, description="user ids, beside admins and the environment's"
    )
    manager_groups: list[str] = Field(
        default_factory=list, sa_type=JSON, description="user groups: each member manages"
    )
    changed_by: str | None = Field(default=None, description="a user id; none on the command line")
    changed_at: datetime = Field(sa_type=UtcDateTime)


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
