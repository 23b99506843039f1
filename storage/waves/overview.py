"""What one look at all waves of a workspace shows: what is open, and what opens next."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.first import IN_ALL, First, first_of
from storage.tables import Survey, Wave
from storage.waves.order import OLDEST_FIRST
from storage.words import Rhythm


class Repeating(NamedTuple):
    """When the waves of a survey open."""

    name: str
    rhythm: Rhythm
    every_weeks: int
    starts_at: datetime
    time_zone: str
    is_paused: bool


async def first_open(
    session: AsyncSession, workspace_id: str, most: int | None = None
) -> list[tuple[Wave, Survey]]:
    """Return the open waves of a workspace with their surveys, the oldest first, all or so many."""
    first = (
        select(Wave.id)
        .where(Wave.workspace_id == workspace_id, col(Wave.closed_at).is_(None))
        .order_by(OLDEST_FIRST)
        .limit(most)
    )
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(col(Wave.id).in_(first))
        .order_by(col(Wave.id))
    )
    return [(row[0], row[1]) for row in await session.exec(question)]


async def count_open(session: AsyncSession, workspace_id: str) -> int:
    """Return how many waves of a workspace are open."""
    is_open = Wave.workspace_id == workspace_id, col(Wave.closed_at).is_(None)
    return (await session.exec(select(func.count()).where(*is_open))).one()


async def first_repeating(
    session: AsyncSession, workspace_id: str, most: int | None = None
) -> First[Repeating]:
    """Return the workspace's surveys that go on to repeat, and of which a wave was ever opened in Slack.

    First come those whose next wave opens soonest, as the clock has worked it out, and last those that are paused.
    """
    asked = exists(select(Wave.id).where(Wave.survey_id == Survey.id, col(Wave.label).is_(None)))
    is_paused = col(Survey.paused_at).is_not(None)
    question = (
        select_columns(
            col(Survey.name),
            col(Survey.rhythm),
            col(Survey.every_weeks),
            col(Survey.starts_at),
            col(Survey.time_zone),
            is_paused,
            IN_ALL,
        )
        .where(
            col(Survey.workspace_id) == workspace_id,
            col(Survey.rhythm) != Rhythm.ONCE,
            col(Survey.ended_at).is_(None),
            asked,
        )
        .order_by(is_paused, col(Survey.next_opening_at), col(Survey.key))
        .limit(most)
    )
    found = await (await session.connection()).execute(question)
    return first_of((Repeating._make(row), in_all) for *row, in_all in found)
