"""A survey ends: it opens no wave and posts no digest any more, and its results stay. It may be taken up again."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Survey


async def end_survey(session: AsyncSession, survey_id: int, now: datetime) -> bool:
    """End a survey. False when it had ended."""
    ending = update(Survey).where(col(Survey.id) == survey_id, col(Survey.ended_at).is_(None))
    return (await session.exec(ending.values(ended_at=now))).rowcount == 1


async def take_up_survey(session: AsyncSession, survey_id: int) -> bool:
    """Take up a survey again that had ended. False when it had not."""
    taking = update(Survey).where(col(Survey.id) == survey_id, col(Survey.ended_at).is_not(None))
    return (await session.exec(taking.values(ended_at=None))).rowcount == 1
