"""Results that somebody has yet to hear of: of waves that were asked in Slack and have closed."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kit.claims import has_run
from storage.tables import Run, Survey, Wave
from storage.words import RunState


class Untold(NamedTuple):
    """A wave that closed, who opened it, and whose survey it is; `time_zone` is the survey's."""

    wave_id: int
    closed_at: datetime
    opened_by: str
    created_by: str
    time_zone: str


async def for_managers(session: AsyncSession, workspace_id: str, job: str, since: datetime) -> list[Untold]:
    """Return the waves that closed after that time and that this job has not told of, oldest first.

    The job's run of a wave is due when the wave closed; one that a process has claimed, and may have left, counts as not
    told.
    """
    return await _read(session, _untold(workspace_id, job, since))


async def for_channels(session: AsyncSession, workspace_id: str, job: str, since: datetime) -> list[Untold]:
    """Likewise of those surveys whose channel may read a result apart from a digest."""
    by_itself = or_(col(Survey.result_at_closing), col(Survey.ended_at).is_not(None))
    untold = _untold(workspace_id, job, since)
    return await _read(session, untold.where(by_itself, col(Survey.paused_at).is_(None)))


def _untold(workspace_id: str, job: str, since: datetime) -> Select[*tuple[object, ...]]:
    return (
        select_columns(
            col(Wave.id),
            col(Wave.closed_at),
            col(Wave.opened_by),
            col(Survey.created_by),
            col(Survey.time_zone),
        )
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            col(Wave.workspace_id) == workspace_id,
            col(Wave.closed_at) > since,
            col(Wave.label).is_(None),
            ~has_run(job, Wave.workspace_id, Wave.id, Wave.closed_at, col(Run.state) != RunState.CLAIMED),
        )
        .order_by(col(Wave.closed_at), col(Wave.id))
    )


async def _read(session: AsyncSession, question: Select[*tuple[object, ...]]) -> list[Untold]:
    return [Untold._make(row) for row in await (await session.connection()).execute(question)]


async def closed(session: AsyncSession, one: Untold) -> tuple[Wave, Survey] | None:
    """Read the wave and its survey; None where it is gone, or takes answers again."""
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(Wave.id == one.wave_id, Wave.closed_at == one.closed_at)
    )
    row = (await session.exec(question)).one_or_none()
    return (row[0], row[1]) if row else None
