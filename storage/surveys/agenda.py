"""When the clock next looks at a survey: not before its next wave, or its next digest, may be due."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import SQLColumnExpression, Update, bindparam, exists, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Survey, Wave

AT_A_TIME = 500
"""Surveys at a time, so that no tap waits for thousands."""

_AT_WORK = col(Survey.paused_at).is_(None), col(Survey.ended_at).is_(None)
_ASKED = col(Wave.survey_id) == Survey.id, col(Wave.label).is_(None)


class Opening(NamedTuple):
    """A survey whose wave may be due. `last_opened` is when it asked last, None when it never did."""

    survey: Survey
    last_opened: datetime | None
    has_open_wave: bool


class DigestTime(NamedTuple):
    """When a survey posts its digest each week; `look_at` is when the clock was to look."""

    survey_id: int
    weekday: int
    hour: int
    time_zone: str
    created_at: datetime
    channel: str | None
    look_at: datetime
    has_asked: bool


class Appointment(NamedTuple):
    """When the clock looks at a survey next, in place of the time that it had; None when it need not look again."""

    survey_id: int
    had: datetime | None
    at: datetime | None


async def openings_due(session: AsyncSession, workspace_id: str, now: datetime) -> list[int]:
    """Return the ids of the surveys to look at: a wave of each may be due."""
    return await _due(session, workspace_id, col(Survey.next_opening_at) <= now)


async def openings(session: AsyncSession, survey_ids: Collection[int]) -> list[Opening]:
    """Read the surveys to look at."""
    is_open = exists(
        select(col(Wave.id)).where(col(Wave.survey_id) == Survey.id, col(Wave.closed_at).is_(None))
    )
    latest = select(func.max(Wave.opens_at)).where(*_ASKED).scalar_subquery()
    question = select(Survey, latest, is_open).where(col(Survey.id).in_(survey_ids)).order_by(col(Survey.id))
    return [Opening._make(row) for row in await session.exec(question)]


async def digests_due(session: AsyncSession, workspace_id: str, now: datetime) -> list[int]:
    """Return the ids of the surveys to look at: a digest of each may be due."""
    return await _due(session, workspace_id, col(Survey.next_digest_at) <= now)


async def digest_times(session: AsyncSession, survey_ids: Collection[int]) -> list[DigestTime]:
    """Read when the surveys to look at post their digests."""
    columns = (
        col(Survey.id),
        col(Survey.digest_weekday),
        col(Survey.digest_hour),
        col(Survey.time_zone),
        col(Survey.created_at),
        col(Survey.digest_channel),
        col(Survey.next_digest_at),
        exists(select(col(Wave.id)).where(*_ASKED)),
    )
    question = select_columns(*columns).where(col(Survey.id).in_(survey_ids)).order_by(col(Survey.id))
    return [DigestTime._make(row) for row in await (await session.connection()).execute(question)]


async def set_openings(session: AsyncSession, appointments: Sequence[Appointment]) -> None:
    """Keep when the clock looks next; where a manager has changed the survey meanwhile, it looks at once."""
    await _set(session, col(Survey.next_opening_at), appointments)


async def set_digests(session: AsyncSession, appointments: Sequence[Appointment]) -> None:
    """Likewise for the digests."""
    await _set(session, col(Survey.next_digest_at), appointments)


async def set_at_once(session: AsyncSession, survey_id: int, now: datetime) -> None:
    """Let the clock work out again when the survey's next wave and digest are due."""
    await session.exec(_at_once(now).where(col(Survey.id) == survey_id))


async def set_all_at_once(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Likewise of all surveys of a workspace that are neither paused nor ended."""
    await session.exec(_at_once(now).where(col(Survey.workspace_id) == workspace_id, *_AT_WORK))


def _at_once(now: datetime) -> Update:
    return update(Survey).values(next_opening_at=now, next_digest_at=now)


async def _due(session: AsyncSession, workspace_id: str, is_due: SQLColumnExpression[bool]) -> list[int]:
    question = select(Survey.id).where(Survey.workspace_id == workspace_id, *_AT_WORK, is_due)
    return list((await session.exec(question.order_by(col(Survey.id)))).all())


async def _set(
    session: AsyncSession, column: SQLColumnExpression[Any], appointments: Sequence[Appointment]
) -> None:
    if appointments:
        as_read = update(Survey).where(col(Survey.id) == bindparam("of"), column == bindparam("had"))
        connection = await session.connection()
        await connection.execute(
            as_read.values({column: bindparam("then")}),
            [{"of": one.survey_id, "had": one.had, "then": one.at} for one in appointments],
        )
