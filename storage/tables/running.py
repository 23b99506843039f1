"""What the processes tell each other."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    UtcDateTime,
    index_where,
    one_of,
)
from storage.words import (
    RunState,
)


class Run(SQLModel, table=True):
    """The ledger: one row for each thing that is to happen once at a due time."""

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint(
            "workspace_id", "job", "subject", "due_at", name="one_run_per_job_subject_and_due_time"
        ),
        index_where("runs_not_done", "state <> 'done'", "state", "speaking_at"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    job: str = Field(description="weekly_digest, delivery_report …")
    subject: int = Field(description="the id of the survey or wave it is about")
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: RunState = Field(default=RunState.CLAIMED, sa_type=one_of(RunState, "run_state"))
    code: str | None = Field(default=None, description="Slack's error code, when failed")
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    speaking_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="committed just before Slack is spoken to"
    )
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SeenRequest(SQLModel, table=True):
    """A signature of Slack's that was accepted, kept while it is fresh, so that no process accepts it again."""

    __tablename__ = "seen_requests"
    __table_args__ = {"sqlite_with_rowid": False}

    minute: int = Field(primary_key=True, description="of the signature's own time, in minutes since 1970")
    signature: bytes = Field(primary_key=True)
    admitted_by: int = Field(sa_type=BigInteger, description="a number of its own for each batch that asked")


class Heartbeat(SQLModel, table=True):
    """When a process last said that it lives and can write."""

    __tablename__ = "heartbeats"

    process: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    runs_clock: bool
    beat_at: datetime = Field(sa_type=UtcDateTime)


class Outage(SQLModel, table=True):
    """Slack takes no message, or did not take the last few. One row a workspace, gone when a message is taken again."""

    __tablename__ = "outages"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    code: str = Field(
        description="Slack's error code for the latest trouble, or ours where Slack said nothing"
    )
    troubles: int = Field(description="messages in a row that were not taken")
    began_at: datetime = Field(sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since when nothing is sent; none while they are few"
    )
    probes: int = Field(default=0, description="how often it was tried since")
    probe_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when one process may try the next time"
    )


class Notice(SQLModel, table=True):
    """What a manager is to be told once about one matter. It waits until Slack takes it."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id", "about", name="one_notice_per_person_and_matter"),
        index_where("notices_to_say", "said_at IS NULL AND claimed_at IS NULL", "workspace_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    user_id: str
    about: str = Field(description="outage:2026-11-23T08:00:00+00:00 …")
    text: str = Field(description="what it says, in mrkdwn; empty once it is said")
    written_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when Slack took it, refused it, or left us in doubt"
    )
    code: str | None = Field(
        default=None, description="Slack's error code, or ours, where it did not take it"
    )
