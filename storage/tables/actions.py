"""What people said, and what was done about it."""

from datetime import date, datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime, one_of
from storage.tables.surveys import NEVER_REUSED
from storage.words import ActionState


class Action(SQLModel, table=True):
    """One "you said, we did". Everyone who is asked reads it, so a manager words both halves: it quotes nobody."""

    __tablename__ = "actions"
    __table_args__ = (
        Index("actions_by_survey", "survey_id", "state", "day"),
        Index("actions_by_workspace", "workspace_id", "id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id")
    said: str = Field(description="what people said, in a manager's words")
    did: str = Field(description="what is done about it")
    drivers: list[str] = Field(sa_type=JSON, description="the reasons that it is to change")
    wave: int | None = Field(default=None, description="the number of the wave in which people said it")
    owner: str | None = Field(default=None, description="the user id of who sees to it")
    state: ActionState = Field(sa_type=one_of(ActionState, "action_state"))
    day: date = Field(description="when it was done or dropped, or is to be done")
    state_since: datetime = Field(
        sa_type=UtcDateTime, description="since when it is in this state, so that a digest tells it once"
    )
    version: int = Field(
        default=1, description="one more with each change: two people do not undo each other's"
    )
