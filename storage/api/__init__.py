"""The tokens of programs elsewhere, and the questions that they asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_if_absent
from storage.tables import ApiQuestion, ApiToken, Invitation, Wave

_USED_TO = timedelta(hours=1)


async def tokens(session: AsyncSession, workspace_id: str) -> Sequence[ApiToken]:
    """Return the workspace's tokens that were not revoked, the oldest first."""
    question = select(ApiToken).where(
        ApiToken.workspace_id == workspace_id, col(ApiToken.revoked_at).is_(None)
    )
    return (await session.exec(question.order_by(col(ApiToken.id)))).all()


async def token_with(session: AsyncSession, workspace_id: str, fingerprint: bytes) -> ApiToken | None:
    """Return the token of this fingerprint, unless it was revoked."""
    question = select(ApiToken).where(
        ApiToken.fingerprint == fingerprint,
        ApiToken.workspace_id == workspace_id,
        col(ApiToken.revoked_at).is_(None),
    )
    return (await session.exec(question)).one_or_none()


def was_used_lately(token: ApiToken, now: datetime) -> bool:
    """Say whether it is noted already that the token is in use."""
    return token.used_at is not None and abs(now - token.used_at) < _USED_TO


async def note_use(session: AsyncSession, token_id: int, now: datetime) -> None:
    """Note that the token is in use."""
    await session.exec(update(ApiToken).where(col(ApiToken.id) == token_id).values(used_at=now))


async def revoke(session: AsyncSession, workspace_id: str, token_id: int, now: datetime) -> bool:
    """Let nobody in with this token any more; False where there is none."""
    stands = (
        col(ApiToken.id) == token_id,
        col(ApiToken.workspace_id) == workspace_id,
        col(ApiToken.revoked_at).is_(None),
    )
    return (await session.exec(update(ApiToken).where(*stands).values(revoked_at=now))).rowcount == 1


async def asked_for(session: AsyncSession, workspace_id: str, key: str) -> tuple[Invitation, Wave] | None:
    """Return the invitation that was planned under this key, and its wave."""
    question = (
        select(Invitation, Wave)
        .join_from(ApiQuestion, Invitation, col(Invitation.id) == col(ApiQuestion.invitation_id))
        .join(Wave, col(Wave.id) == col(Invitation.wave_id))
        .where(ApiQuestion.workspace_id == workspace_id, ApiQuestion.key == key)
    )
    found = (await session.exec(question)).one_or_none()
    return None if found is None else (found[0], found[1])


async def keep_key(session: AsyncSession, invitation: Invitation, key: str, now: datetime) -> None:
    """Remember under which key this question was asked for."""
    row = {
        "workspace_id": invitation.workspace_id,
        "key": key,
        "invitation_id": invitation.id,
        "asked_at": now,
    }
    await insert_if_absent(session, ApiQuestion, row)


async def forget_keys(session: AsyncSession, before: datetime) -> None:
    """Forget the keys of questions that were asked for before."""
    await session.exec(delete(ApiQuestion).where(col(ApiQuestion.asked_at) < before))
