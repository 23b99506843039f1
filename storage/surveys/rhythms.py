"""How often surveys ask people, beside the quarantine of their workspaces."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, SQLColumnExpression, tuple_
from sqlalchemy import select as select_columns
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audience import is_a_channel
from storage.database.first import IN_ALL, First, first_of
from storage.kit.people import QUARANTINE
from storage.tables import Survey, Workspace, WorkspaceSettings
from storage.words import Rhythm


class Cadence(NamedTuple):
    """How often a survey asks people, and for how many days its workspace asks nobody again."""

    quarantine_days: int
    is_anonymous: bool
    rhythm: Rhythm
    every_weeks: int


_CADENCE = (QUARANTINE, col(Survey.is_anonymous), col(Survey.rhythm), col(Survey.every_weeks))


async def cadences(session: AsyncSession) -> list[Cadence]:
    """Return each cadence that a survey has which repeats, has not ended, and asks people, once."""
    found = await (await session.connection()).execute(_repeating(*_CADENCE).distinct())
    return [Cadence._make(row) for row in found]


async def first_with(
    session: AsyncSession, wanted: Collection[Cadence], most: int
) -> First[tuple[str, Cadence]]:
    """Return the names of the first such surveys that have one of these cadences, oldest first, each with its own."""
    question = (
        _repeating(col(Survey.name), *_CADENCE, IN_ALL)
        .where(tuple_(*_CADENCE).in_(wanted))
        .order_by(col(Survey.id))
        .limit(most)
    )
    found = await (await session.connection()).execute(question)
    return first_of(((name, Cadence._make(cadence)), in_all) for name, *cadence, in_all in found)


def _repeating(*columns: SQLColumnExpression[Any]) -> Select[Any]:
    return (
        select_columns(*columns)
        .join(Workspace, col(Workspace.id) == col(Survey.workspace_id))
        .outerjoin(WorkspaceSettings, col(WorkspaceSettings.workspace_id) == col(Workspace.id))
        .where(
            col(Survey.rhythm) != Rhythm.ONCE,
            col(Survey.ended_at).is_(None),
            ~is_a_channel(col(Survey.audience)),
        )
    )
