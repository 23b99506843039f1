"""When an anonymous question last went to somebody, also where its survey is deleted since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among
from storage.database.upsert import insert_latest
from storage.delivery import of_wave
from storage.delivery.invitations import asked_at, first_to_go, last_spoken, latest, was_asked
from storage.tables import AskedAnonymously, Invitation, Survey, Wave
from storage.words import ANONYMOUS_DAYS, NOBODY, InvitationState


async def last_anonymous(
    session: AsyncSession, workspace_id: str, user_ids: Sequence[str]
) -> dict[str, datetime]:
    """Return when an anonymous question of any survey last went to each person, is about to, or was answered unsent."""
    counts = was_asked() | (col(Invitation.state) == InvitationState.PLANNED)
    anonymous = select(Wave.id).where(Wave.workspace_id == workspace_id, col(Wave.is_anonymous))
    found = await latest(
        session, workspace_id, user_ids, asked_at(), counts, col(Invitation.wave_id).in_(anonymous)
    )
    deleted = select(AskedAnonymously.user_id, AskedAnonymously.asked_at).where(
        AskedAnonymously.workspace_id == workspace_id, among(col(AskedAnonymously.user_id), "user_ids")
    )
    for user_id, at in await session.exec(deleted, params={"user_ids": user_ids}):
        found[user_id] = max(at, found.get(user_id, at))
    return found


async def last_spoken_anonymously(
    session: AsyncSession, invitation_ids: Sequence[int]
) -> dict[int, datetime]:
    """Return by invitation when another anonymous question last went to its person."""
    found = await last_spoken(session, invitation_ids, of_wave(col(Wave.is_anonymous).is_(True)))
    deleted = (
        select(Invitation.id, AskedAnonymously.asked_at)
        .join(
            AskedAnonymously,
            (col(AskedAnonymously.workspace_id) == Invitation.workspace_id)
            & (col(AskedAnonymously.user_id) == Invitation.user_id),
        )
        .where(col(Invitation.id).in_(invitation_ids))
    )
    for invitation_id, at in await session.exec(deleted):
        found[invitation_id] = max(at, found.get(invitation_id, at))
    return found


async def first_anonymous_to_go(
    session: AsyncSession, workspace_id: str, user_ids: Sequence[str], now: datetime
) -> dict[str, int]:
    """Return the id of the anonymous question that each person gets first, of those that may go to them now."""
    return await first_to_go(session, workspace_id, user_ids, now, col(Wave.is_anonymous).is_(True))


async def keep_when_asked(session: AsyncSession, survey: Survey, now: datetime) -> None:
    """Keep of an anonymous survey that is about to be deleted when it asked each person, where others have to wait for that."""
    of_it = col(Invitation.wave_id).in_(
        select(Wave.id).where(Wave.survey_id == survey.id, col(Wave.is_anonymous))
    )
    # PostgreSQL: what is just being claimed is waited for. It counts, or finds its question gone.
    locked = select(Invitation.id).where(of_it).with_for_update().subquery()
    await session.exec(select(func.count()).select_from(locked))
    asked = (
        select(Invitation.workspace_id, Invitation.user_id, func.max(asked_at()))
        .where(
            of_it,
            was_asked(),
            asked_at() > now - timedelta(days=ANONYMOUS_DAYS),
            ~col(Invitation.user_id).startswith(NOBODY),
        )
        .group_by(Invitation.workspace_id, Invitation.user_id)
    )
    await insert_latest(session, AskedAnonymously, asked, "asked_at")


async def forget_when_asked(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Forget when deleted surveys asked people who may be asked by others again."""
    over = col(AskedAnonymously.asked_at) <= now - timedelta(days=ANONYMOUS_DAYS)
    await session.exec(
        delete(AskedAnonymously).where(col(AskedAnonymously.workspace_id) == workspace_id, over)
    )
