"""What is counted while it is written, so that nobody need count a million rows to read a card."""

from enum import StrEnum

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from storage.database.columns import Word


class Counts(StrEnum):
    """What a kept count counts; its `key` tells of which."""

    SCORE = "score"  # answers; the key is the score
    COMMENT = "comment"  # answers with words; the key is empty
    DRIVER = "driver"  # answers with a driver; the key is its name
    REASONS = "reasons"  # answers with drivers; the key is the category and all that was ticked: see `storage.counts`
    HOUR = "hour"  # answers; the key is the hour, in UTC, in which they were given first: 2026-03-02 09
    STATE = "state"  # invitations; see `storage.counts.InvitationStanding`


class KeptCount(SQLModel, table=True):
    """One number of a wave that was asked in Slack. The database itself keeps it, by triggers, whoever writes.

    Several rows of one wave and key are parts of one number. Each connection to PostgreSQL has a part of its own, so
    that no tap waits for another.
    """

    __tablename__ = "kept_counts"
    # Its key is nearly all there is to it: SQLite need not keep it twice.
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: int = Field(primary_key=True, foreign_key="waves.id", ondelete="CASCADE")
    what: Counts = Field(primary_key=True, sa_type=Word(Counts))
    key: str = Field(primary_key=True)
    part: int = Field(
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
        description="the process id of the connection's server; 0 on SQLite, and where its connection is gone",
    )
    count: int = Field(sa_type=BigInteger)
