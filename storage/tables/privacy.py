"""What is still to be done where somebody's data was erased."""

from datetime import datetime

from sqlalchemy import LargeBinary, false
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime


class ErasedMessage(SQLModel, table=True):
    """A message of ours in somebody's conversation which still shows what was erased. Kept until it is drawn again."""

    __tablename__ = "erased_messages"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    channel_id: str
    message_ts: str
    locale: str = Field(description="of the person who reads it")
    is_quote: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="a quote that was taken back"
    )
    taken_at: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="when a process last set about it; later than now where it waits",
    )


class ErasedMark(SQLModel, table=True):
    """Somebody erased themselves while this wave was open, so that it asks them no more. Gone when it closes."""

    __tablename__ = "erased_marks"
    # In the order of the random salt, not of erasing.
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: int = Field(primary_key=True, foreign_key="waves.id", ondelete="CASCADE")
    salt: bytes = Field(primary_key=True, sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary, description="of their user id, with the salt")


class Emptied(SQLModel, table=True):
    """Rows were erased, and the database's files may hold traces of them. One row a workspace, gone when they are rewritten."""

    __tablename__ = "emptied"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    since: datetime = Field(sa_type=UtcDateTime, description="the last time that something was erased")
    taken_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a process last set about it"
    )
