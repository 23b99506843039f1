"""Programs elsewhere that may ask people, and read results."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime


class ApiToken(SQLModel, table=True):
    """What a program shows to be let in. Only a fingerprint of it is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("fingerprint", name="one_token_per_fingerprint"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    name: str = Field(description="what the operator calls it")
    fingerprint: bytes = Field(repr=False, description="SHA-256 of the token, which has 256 bits of chance")
    scopes: list[str] = Field(sa_type=JSON, description="what it may do")
    made_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime, description="last, to the hour")
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApiQuestion(SQLModel, table=True):
    """A question that a program asked for, by the key that it gave: the same key again asks nobody again."""

    __tablename__ = "api_questions"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    key: str = Field(primary_key=True)
    invitation_id: int = Field(foreign_key="invitations.id", ondelete="CASCADE", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
