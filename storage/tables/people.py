"""People, as Slack tells of them and as they told us."""

from datetime import datetime

from sqlalchemy import false
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    UtcDateTime,
)


class Person(SQLModel, table=True):
    """What Slack says of one person, kept for a day so that we need not ask again at each click."""

    __tablename__ = "people"

    workspace_id: str = Field(
        primary_key=True,
        description="no reference: PostgreSQL would look it up for each of a hundred thousand",
    )
    user_id: str = Field(primary_key=True)
    locale: str = "en-US"
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_admin: bool = Field(default=False, description="of this workspace, or its owner")
    is_guest: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="of one channel or of several",
    )
    is_stranger: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="of another company"
    )
    has_never_signed_in: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="invited to the workspace; Slack's list of people alone tells",
    )
    refreshed_at: datetime = Field(sa_type=UtcDateTime)


class Preference(SQLModel, table=True):
    """What one person asked of us. It stands apart from `Person`, which Slack's word overwrites each day."""

    __tablename__ = "preferences"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    user_id: str = Field(primary_key=True)
    opted_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
