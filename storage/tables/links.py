"""Where a survey sends its promoters: a page of reviews, a referral, a post."""

from sqlmodel import Field, SQLModel

from storage.database.columns import NamesColumn
from storage.tables.surveys import NEVER_REUSED


class Link(SQLModel, table=True):
    """One link that a survey offers its promoters, and how often: never to whom."""

    __tablename__ = "links"
    __table_args__ = NEVER_REUSED

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id", ondelete="CASCADE", index=True)
    url: str
    names: tuple[tuple[str, str], ...] = Field(
        sa_type=NamesColumn, description="what its button says, by language"
    )
    place: int = Field(description="among the survey's links, from 0")
    offered: int = Field(default=0, description="to how many promoters")
    opened: int = Field(default=0, description="how often; who did so is not kept")
