"""Which processes live: each says so, and says at the same time that it can write."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_or_update
from storage.tables import Heartbeat


async def beat(
    session: AsyncSession, process: str, workspace_id: str, now: datetime, *, runs_clock: bool
) -> None:
    """Record that this process lives."""
    row = {"process": process, "workspace_id": workspace_id, "runs_clock": runs_clock, "beat_at": now}
    await insert_or_update(session, Heartbeat, [row], change=("beat_at", "runs_clock"))


async def last_clock(session: AsyncSession) -> datetime | None:
    """Return when a clock last beat; None when none ever did."""
    question = select(func.max(Heartbeat.beat_at)).where(col(Heartbeat.runs_clock))
    return (await session.exec(question)).one()


async def is_clock(session: AsyncSession, process: str) -> bool:
    """Say whether a clock has beaten in this process."""
    question = select(Heartbeat.process).where(Heartbeat.process == process, col(Heartbeat.runs_clock))
    return (await session.exec(question)).one_or_none() is not None


async def prune(session: AsyncSession, before: datetime) -> None:
    """Forget the processes that have been silent since before that time."""
    await session.exec(delete(Heartbeat).where(col(Heartbeat.beat_at) < before))
