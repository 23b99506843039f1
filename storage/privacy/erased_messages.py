"""Messages of ours that still show what was erased.

Each waits twice: at once, and once more a lease later. A change of it may be under way while it is erased, and Slack may
take that last: whatever was under way has arrived by then.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_absent
from storage.tables import ErasedMessage, Invitation, Reminder


async def note_messages(
    session: AsyncSession, workspace_id: str, user_id: str, locale: str, now: datetime
) -> None:
    """Write down where the questions of somebody stand, before it is forgotten.

    PostgreSQL: what is being recorded as delivered comes before this, or finds its row gone.
    """
    theirs = (
        Invitation.workspace_id == workspace_id,
        Invitation.user_id == user_id,
        col(Invitation.channel_id).is_not(None),
    )
    reminders = (
        select(Invitation.channel_id, Reminder.message_ts)
        .join(Reminder, col(Reminder.invitation_id) == Invitation.id)
        .where(*theirs)
        .with_for_update(of=Reminder)
    )
    first = select(Invitation.channel_id, Invitation.message_ts, Invitation.again_ts).where(*theirs)
    places = [(channel, ts) for channel, ts in await session.exec(reminders)]
    places += [(channel, ts) for channel, *both in await session.exec(first.with_for_update()) for ts in both]
    await note(session, workspace_id, _newest_first(places), locale, now)


async def note(
    session: AsyncSession, workspace_id: str, places: Iterable[tuple[str, str]], locale: str, now: datetime
) -> None:
    """Write down that these messages, each a channel and Slack's name in it, are to say that what they showed is erased."""
    stand = [
        {"workspace_id": workspace_id, "channel_id": channel, "message_ts": ts, "locale": locale}
        for channel, ts in dict.fromkeys(places)
    ]
    for taken_at in (None, now):
        await insert_absent(session, ErasedMessage, [{**row, "taken_at": taken_at} for row in stand])


def _newest_first(places: Iterable[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    return sorted(
        ((channel, ts) for channel, ts in places if channel and ts),
        key=lambda place: float(place[1]),
        reverse=True,
    )


async def next_messages(
    session: AsyncSession, workspace_id: str, now: datetime, lease: timedelta, limit: int
) -> list[ErasedMessage]:
    """Return the next messages to draw again."""
    question = (
        select(ErasedMessage)
        .where(ErasedMessage.workspace_id == workspace_id, _is_free(now, lease))
        .order_by(col(ErasedMessage.id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def take_message(
    session: AsyncSession, message: ErasedMessage, now: datetime, lease: timedelta
) -> bool:
    """Take one; False when another process has it."""
    taking = update(ErasedMessage).where(col(ErasedMessage.id) == message.id, _is_free(now, lease))
    return (await session.exec(taking.values(taken_at=now))).rowcount == 1


async def put_back_message(session: AsyncSession, message: ErasedMessage) -> None:
    """Let it wait: Slack takes nothing now."""
    putting = update(ErasedMessage).where(col(ErasedMessage.id) == message.id)
    await session.exec(putting.values(taken_at=None))


async def forget_message(session: AsyncSession, message: ErasedMessage) -> None:
    """Keep it no longer: it is drawn, or there is nothing left to draw."""
    await session.exec(delete(ErasedMessage).where(col(ErasedMessage.id) == message.id))


def _is_free(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    return or_(col(ErasedMessage.taken_at).is_(None), col(ErasedMessage.taken_at) <= now - lease)
