"""What a wave came to, frozen."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    OptionalJson,
    UtcDateTime,
)

ReasonCount = list[Any]
"""A score, the drivers that were ticked together with it, and by how many: [9, ["quality"], 3], as JSON has it."""


Cell = list[Any]
"""Channels and user groups, and the promoters, passives and detractors who are in all of these: [["C1"], 3, 1, 0]."""


class CountedWave(SQLModel):
    """The answers of a closed wave, counted, with all that its reports need. What an older release did not count is none."""

    promoters: int
    passives: int
    detractors: int
    comments: int
    invited: int | None = Field(description="nobody knows how many were asked in an imported wave")
    scores: list[int] | None = Field(
        default=None, sa_type=OptionalJson, description="how many gave 0, 1 … 10: eleven numbers"
    )
    late: list[int] | None = Field(
        default=None,
        sa_type=OptionalJson,
        description="promoters, passives and detractors among those who answered after a reminder",
    )
    reasons: list[ReasonCount] | None = Field(
        default=None, sa_type=OptionalJson, description="score, the drivers ticked together, and how often"
    )
    before_id: int | None = Field(default=None, description="the wave that closed before this one")
    both: list[int] | None = Field(
        default=None,
        sa_type=OptionalJson,
        description="of those who answered that one too: how many, what they sum to in each, and their products",
    )
    cells: list[Cell] | None = Field(
        default=None,
        sa_type=OptionalJson,
        description="by the channels and user groups that people were in; none where the audience had fewer than two",
    )
    frozen_at: datetime = Field(sa_type=UtcDateTime)


class Result(CountedWave, table=True):
    """A closed wave, frozen: written when it closes, and again only when its answers change."""

    __tablename__ = "results"
    __table_args__ = (
        CheckConstraint("promoters >= 0 AND passives >= 0 AND detractors >= 0", name="counts_not_negative"),
        CheckConstraint("promoters + passives + detractors <= invited", name="no_more_answers_than_invited"),
    )

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    workspace_id: str = Field(foreign_key="workspaces.id")


class Publication(CountedWave, table=True):
    """A result as it stood at one time, kept when it changes: few new answers may not show by comparing the two."""

    __tablename__ = "publications"
    __table_args__ = (Index("publications_by_wave", "wave_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="waves.id")
    workspace_id: str = Field(foreign_key="workspaces.id")
