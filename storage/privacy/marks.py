"""Somebody erased themselves: a mark in each wave that is open then keeps a second question away from them.

Each mark has a salt of its own and goes with it when its wave closes: from then on nobody can tell who it was.
"""

from collections.abc import Iterable
from hashlib import blake2b
from secrets import token_bytes

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import ErasedMark, Wave

_BYTES = 16


async def leave_marks(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Leave a mark of the person in each open wave of the workspace. Hold the waves: PostgreSQL plans in them meanwhile."""
    are_open = select(Wave.id).where(Wave.workspace_id == workspace_id, col(Wave.closed_at).is_(None))
    for wave_id in (await session.exec(are_open)).all():
        if not await erased_among(session, wave_id, [user_id]):
            salt = token_bytes(_BYTES)
            session.add(ErasedMark(wave_id=wave_id, salt=salt, digest=_digest(salt, user_id)))
    await session.flush()


async def erased_among(session: AsyncSession, wave_id: int, user_ids: Iterable[str]) -> set[str]:
    """Return those of the people who have erased themselves while this wave was open."""
    marks = (await session.exec(select(ErasedMark).where(ErasedMark.wave_id == wave_id))).all()
    if not marks:
        return set()
    return {one for one in user_ids if any(_digest(mark.salt, one) == mark.digest for mark in marks)}


async def forget_marks(session: AsyncSession, wave_id: int) -> bool:
    """Forget who erased themselves while a wave was open; whether anybody did."""
    return (await session.exec(delete(ErasedMark).where(col(ErasedMark.wave_id) == wave_id))).rowcount > 0


def _digest(salt: bytes, user_id: str) -> bytes:
    return blake2b(user_id.encode(), digest_size=_BYTES, key=salt).digest()
