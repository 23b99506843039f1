"""Conversations about anonymous comments: the team writes through the bot, and the person answers through the bot.

There is no thread while its wave takes ballots: until then what would join it to its person lies within the sealed ballot.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime, Word, index_where, one_of
from storage.words import LetterState, ThreadEnding, ThreadState


class Thread(SQLModel, table=True):
    """One conversation that somebody allowed. Its key is random, and stands beside the comment that it is about."""

    __tablename__ = "threads"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (sealed IS NOT NULL)", name="open_threads_are_joined"),
        CheckConstraint("(state = 'open') = (ending IS NULL)", name="threads_say_why_they_end"),
        Index("threads_by_wave", "wave_id"),
        Index("threads_by_state", "workspace_id", "state"),
        {"sqlite_with_rowid": False},
    )

    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    workspace_id: str = Field(foreign_key="workspaces.id")
    wave_id: int = Field(foreign_key="waves.id")
    sealed: bytes | None = Field(
        default=None,
        description="who it is, encrypted under NPS_SECRET: of one length, and destroyed at the end",
    )
    state: ThreadState = Field(default=ThreadState.OPEN, sa_type=one_of(ThreadState, "thread_state"))
    ending: ThreadEnding | None = Field(default=None, sa_type=Word(ThreadEnding))
    shown_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="the hour from which managers read that it has ended"
    )
    ends_on: date = Field(description="when it ends by itself")


class Letter(SQLModel, table=True):
    """What one side wrote to the other."""

    __tablename__ = "letters"
    __table_args__ = (
        index_where("letters_on_the_way", "due_at IS NOT NULL", "workspace_id", "state"),
        {"sqlite_with_rowid": False},
    )

    thread_key: bytes = Field(
        primary_key=True,
        sa_type=LargeBinary,
        sa_column_args=(ForeignKey("threads.key", ondelete="CASCADE"),),
    )
    number: int = Field(primary_key=True, description="1, 2, 3 … within the conversation")
    workspace_id: str = Field(foreign_key="workspaces.id")
    is_from_team: bool
    author: str | None = Field(default=None, description="the manager who wrote it; none of the person's")
    text: str
    state: LetterState = Field(default=LetterState.WAITING, sa_type=one_of(LetterState, "letter_state"))
    due_at: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="the hour, drawn by lot, from which it may arrive; none once it has",
    )
    claimed_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a process set about it; none once it has arrived"
    )
