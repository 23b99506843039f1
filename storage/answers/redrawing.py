"""The messages of a wave that has closed, or was reopened, and do not look so yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Invitation, Survey, Wave


async def waves_to_redraw(session: AsyncSession, workspace_id: str, most: int) -> list[tuple[Wave, Survey]]:
    """Return the first waves with messages that do not look as the wave now is, the oldest first."""
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(Wave.workspace_id == workspace_id, col(Wave.redraw_after).is_not(None))
        .order_by(col(Wave.id))
        .limit(most)
    )
    return [(row[0], row[1]) for row in await session.exec(question)]


async def claim_redrawing(session: AsyncSession, wave: Wave, now: datetime, spacing: timedelta) -> bool:
    """Take the next few messages of a wave; False when a process took some a moment ago, or the wave has changed."""
    rested = or_(col(Wave.redrawn_at).is_(None), col(Wave.redrawn_at) <= now - spacing)
    claiming = update(Wave).where(
        col(Wave.id) == wave.id,
        col(Wave.redraw_after) == wave.redraw_after,
        col(Wave.closed_at).is_not_distinct_from(wave.closed_at),
        rested,
    )
    return (await session.exec(claiming.values(redrawn_at=now))).rowcount == 1


async def record_redrawn(session: AsyncSession, wave: Wave, redraw_after: int | None) -> None:
    """Write down how far it has come, None when at the end; unless the wave was closed or reopened meanwhile."""
    claimed = update(Wave).where(
        col(Wave.id) == wave.id,
        col(Wave.redraw_after) == wave.redraw_after,
        col(Wave.closed_at).is_not_distinct_from(wave.closed_at),
    )
    await session.exec(claimed.values(redraw_after=redraw_after))


async def next_to_redraw(
    session: AsyncSession, wave: Wave, limit: int
) -> list[tuple[Invitation, Answer | None]]:
    """Return the next invitations of a wave whose messages are to be redrawn, each with its answer, in the order of ids."""
    question = (
        select(Invitation, Answer)
        .outerjoin(Answer, col(Answer.invitation_id) == Invitation.id)
        .where(*_still_to_redraw(wave))
        .order_by(col(Invitation.id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in await session.exec(question)]


async def count_to_redraw(session: AsyncSession, wave_ids: Sequence[int]) -> dict[int, int]:
    """Return by wave how many invitations have messages that are still to be redrawn, where there are any."""
    question = (
        select(col(Wave.id), func.count())
        .join(Invitation, col(Invitation.wave_id) == Wave.id)
        .where(
            col(Wave.id).in_(wave_ids),
            col(Invitation.id) > func.coalesce(col(Wave.redraw_after), 0),
            col(Invitation.channel_id).is_not(None),
        )
        .group_by(col(Wave.id))
    )
    return dict((await session.exec(question)).all())


def _still_to_redraw(wave: Wave) -> tuple[ColumnElement[bool], ...]:
    return (
        # A sum is in no index: the next few are found by their id, and not by sorting the whole wave.
        col(Invitation.wave_id) + 0 == wave.id,
        col(Invitation.id) > (wave.redraw_after or 0),
        col(Invitation.channel_id).is_not(None),
    )
