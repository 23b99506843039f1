"""A second message, or a third, to people who have not answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Delete,
    bindparam,
    case,
    delete,
    exists,
    func,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import delivery
from storage.database.states import in_state
from storage.database.upsert import insert_absent, table_of
from storage.delivery import is_sending, opted_out
from storage.tables import Invitation, Reminder, Wave
from storage.words import InvitationState, ReminderState

PLANNED = in_state(Reminder.state, ReminderState.PLANNED)


async def plan_reminders(session: AsyncSession, invitation: Invitation, times: Sequence[datetime]) -> None:
    """Plan the reminders of an invitation in the transaction that claims it, so that no crash can lose them.

    Those planned at an earlier claim are planned again; those sent stay.
    """
    await session.exec(_planned_anew(), params={"asked": invitation.id})
    row = {
        "workspace_id": invitation.workspace_id,
        "wave_id": invitation.wave_id,
        "invitation_id": invitation.id,
    }
    numbered = enumerate(times, start=1)
    await insert_absent(
        session, Reminder, [{**row, "number": number, "send_after": time} for number, time in numbered]
    )


# Made once, as what claims an invitation is.
@cache
def _planned_anew() -> Delete:
    return delete(table_of(Reminder)).where(col(Reminder.invitation_id) == bindparam("asked"), PLANNED)


async def due_reminders(
    session: AsyncSession, workspace_id: str, now: datetime, limit: int
) -> list[Reminder]:
    """Return the reminders that may be sent now, the longest due first, and one of each invitation.

    Whether the person's hours are over meanwhile, the caller must know: then `delivery.postpone` them.
    """
    earlier = aliased(Reminder)
    goes_first = exists(
        select(earlier.id).where(
            earlier.invitation_id == Reminder.invitation_id,
            earlier.number < Reminder.number,
            in_state(earlier.state, ReminderState.PLANNED),
        )
    )
    found: list[Reminder] = []
    for wave_id in await delivery.sending_waves(session, workspace_id, Reminder, now):
        question = (
            select(Reminder)
            .join(Invitation, col(Invitation.id) == Reminder.invitation_id)
            .where(Reminder.wave_id == wave_id, is_due(now), ~goes_first)
            .order_by(col(Reminder.send_after), col(Reminder.id))
            .limit(limit)
        )
        found += (await session.exec(question)).all()
    return sorted(found, key=lambda one: (one.send_after, one.id))[:limit]


async def messages_of(session: AsyncSession, invitation_id: int) -> list[str]:
    """Return Slack's names of the messages that have asked again: after it was put off, and as reminders."""
    question = (
        select(Invitation.again_ts, Reminder.message_ts)
        .outerjoin(Reminder, col(Reminder.invitation_id) == Invitation.id)
        .where(Invitation.id == invitation_id)
        .order_by(col(Reminder.number))
    )
    found = (await session.exec(question)).all()
    return [ts for ts in (*(again for again, _ in found[:1]), *(reminded for _, reminded in found)) if ts]


async def drop_needless(session: AsyncSession, now: datetime) -> int:
    """Delete the due reminders of those who have answered, so that nobody need look past them; return how many."""
    answered = exists(
        select(Invitation.id).where(
            Invitation.id == Reminder.invitation_id,
            col(Invitation.state).in_([InvitationState.ANSWERED, InvitationState.EXPIRED]),
        )
    )
    waves = select(Wave.id).where(is_sending(now))
    dropping = delete(Reminder).where(
        col(Reminder.wave_id).in_(waves), PLANNED, col(Reminder.send_after) <= now, answered
    )
    return (await session.exec(dropping)).rowcount


async def drop_all(session: AsyncSession, wave_id: int) -> None:
    """Delete what a wave that closes will not send."""
    await session.exec(delete(Reminder).where(col(Reminder.wave_id) == wave_id, PLANNED))


async def record_delivered(
    session: AsyncSession, reminder_id: int, channel_id: str, message_ts: str, now: datetime
) -> bool:
    """Record where the reminder stands. An invitation of which nobody knew whether it arrived has now.

    False where its person was erased meanwhile.
    """
    came_from = [InvitationState.CLAIMED, InvitationState.UNCERTAIN]
    stands = {"message_ts": message_ts}
    is_news = await delivery.move(
        session, Reminder, reminder_id, came_from, InvitationState.DELIVERED, stands
    )
    state = col(Invitation.state)
    reached = case((state == InvitationState.UNCERTAIN, InvitationState.DELIVERED), else_=state)
    invitation = select(Reminder.invitation_id).where(Reminder.id == reminder_id)
    await session.exec(
        update(Invitation)
        .where(col(Invitation.id) == invitation.scalar_subquery(), col(Invitation.delivered_at).is_(None))
        .values(
            state=reached,
            channel_id=func.coalesce(col(Invitation.channel_id), channel_id),
            delivered_at=now,
        )
    )
    return is_news or await session.get(Reminder, reminder_id) is not None


def is_due(now: datetime) -> ColumnElement[bool]:
    """Say of a reminder and its invitation that nothing of theirs stands against sending it now."""
    unanswered = col(Invitation.state).in_([InvitationState.DELIVERED, InvitationState.UNCERTAIN])
    return PLANNED & (col(Reminder.send_after) <= now) & unanswered & ~opted_out()
