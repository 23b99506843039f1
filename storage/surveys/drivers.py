"""The drivers of a survey: its own rows, or the usual ones of its kind."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.question import Offered, usual
from storage.tables import Survey, SurveyDriver


async def own_drivers(session: AsyncSession, survey_id: int) -> list[SurveyDriver]:
    """Return every driver that a survey has had of its own, those that it offers first."""
    question = (
        select(SurveyDriver)
        .where(SurveyDriver.survey_id == survey_id)
        .order_by(
            col(SurveyDriver.removed_at).desc().nulls_first(), col(SurveyDriver.place), SurveyDriver.key
        )
    )
    return list((await session.exec(question)).all())


async def named(session: AsyncSession, survey_id: int) -> tuple[Offered, ...]:
    """Return what a survey's own drivers are called now, those that it offers no more too."""
    return tuple(Offered(one.key, one.names) for one in await own_drivers(session, survey_id))


async def own_offered(session: AsyncSession, survey_id: int) -> tuple[Offered, ...]:
    """Return the survey's own drivers that it offers; none where it offers the usual ones."""
    every = await own_drivers(session, survey_id)
    return tuple(Offered(one.key, one.names) for one in every if one.removed_at is None)


async def offered(session: AsyncSession, survey: Survey) -> tuple[Offered, ...]:
    """Return what people may tick in the survey's next wave."""
    return await own_offered(session, survey.id) or usual(survey.kind)


async def offer(session: AsyncSession, survey: Survey, wanted: Sequence[Offered], now: datetime) -> None:
    """Let a survey offer these, in this order, and no others of its own; without any it offers the usual ones."""
    rows = {one.key: one for one in await own_drivers(session, survey.id)}
    for place, one in enumerate(wanted):
        row = rows.pop(one.key, None) or SurveyDriver(
            workspace_id=survey.workspace_id, survey_id=survey.id, key=one.key, names=(), place=place
        )
        row.names, row.place, row.removed_at = one.names, place, None
        session.add(row)
    for row in rows.values():
        row.removed_at = row.removed_at or now
        session.add(row)
    await session.flush()
