"""A wave that was closed too early takes answers again: its people stand where they stood."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, delete, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.answers.counting import score_counts
from storage.database.upsert import insert_absent
from storage.tables import Invitation, Reminder, Result, Wave
from storage.words import InvitationState

_PAGE = 1000


async def last_wave(session: AsyncSession, survey_id: int) -> Wave | None:
    """Return the wave that was asked last in Slack."""
    question = (
        select(Wave)
        .where(Wave.survey_id == survey_id, col(Wave.label).is_(None))
        .order_by(col(Wave.number).desc())
        .limit(1)
    )
    return (await session.exec(question)).one_or_none()


async def is_whole(session: AsyncSession, wave_id: int) -> bool:
    """Whether all answers that a closed wave's result counts are there still: none was erased or purged since."""
    frozen = await session.get(Result, wave_id)
    if frozen is None:
        return True
    left = sum((await score_counts(session, wave_id)).values())
    return left >= frozen.promoters + frozen.passives + frozen.detractors


async def reopen_wave(session: AsyncSession, wave: Wave, closes_at: datetime) -> bool:
    """Let a closed wave take answers until `closes_at`, and forget its frozen result.

    False when it is open, or another wave of its survey is, or it is not whole: counted again it would lose those whose
    answers were erased. What had not been answered stands as it stood before the
    closing; who opted out stays out. A planning that the closing cut short goes on.
    """
    # PostgreSQL: who is just erasing answers of it is waited for.
    await session.exec(select(Wave.id).where(Wave.id == wave.id).with_for_update())
    if not await is_whole(session, wave.id):
        return False
    another = aliased(Wave)
    is_another_open = exists(
        select(another.id).where(another.survey_id == wave.survey_id, col(another.closed_at).is_(None))
    )
    cut_short = col(Wave.planned_at) == col(Wave.closed_at)
    reopening = (
        update(Wave)
        .where(col(Wave.id) == wave.id, col(Wave.closed_at) == wave.closed_at, ~is_another_open)
        .values(
            closed_at=None,
            closes_at=closes_at,
            was_to_close_at=None,
            planned_at=case((cut_short, None), else_=col(Wave.planned_at)),
            planning_at=None,
            redraw_after=0,
            redrawn_at=None,
        )
    )
    if (await session.exec(reopening)).rowcount == 0:
        return False
    await session.exec(delete(Result).where(col(Result.wave_id) == wave.id))
    stood = case(
        (col(Invitation.snoozed_until).is_not(None), InvitationState.PLANNED),
        (col(Invitation.delivered_at).is_not(None), InvitationState.DELIVERED),
        (col(Invitation.claimed_at).is_not(None), InvitationState.UNCERTAIN),
        else_=InvitationState.PLANNED,
    )
    await session.exec(
        update(Invitation)
        .where(
            col(Invitation.wave_id) == wave.id,
            col(Invitation.state) == InvitationState.EXPIRED,
            col(Invitation.code).is_(None),
        )
        .values(state=stood)
    )
    return True


async def to_remind(
    session: AsyncSession, wave_id: int, states: Sequence[InvitationState], after: int
) -> Sequence[Invitation]:
    """Return the next invitations of a wave, by id, that have reached somebody and stand in one of these states."""
    question = (
        select(Invitation)
        .where(
            Invitation.wave_id == wave_id,
            col(Invitation.id) > after,
            col(Invitation.state).in_(states),
            col(Invitation.claimed_at).is_not(None),
        )
        .order_by(col(Invitation.id))
        .limit(_PAGE)
    )
    return (await session.exec(question)).all()


async def plan_missing(
    session: AsyncSession, wave: Wave, times: Mapping[int, Sequence[datetime]], now: datetime
) -> None:
    """Plan the reminders still to come, by the id of their invitation; those planned or sent before stay."""
    rows = [
        {
            "workspace_id": wave.workspace_id,
            "wave_id": wave.id,
            "invitation_id": invitation_id,
            "number": number,
            "send_after": time,
        }
        for invitation_id, each in times.items()
        for number, time in enumerate(each, start=1)
        if time > now
    ]
    await insert_absent(session, Reminder, rows)
