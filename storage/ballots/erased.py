"""Somebody erased themselves after casting a ballot: a mark in the open wave keeps a second question away from them.

Theirs is among the ballots and cannot be found, so that one more took part stays, under this mark in place of their id.
It is made with the wave's locked key, which is destroyed when the wave closes: from then on nobody can tell who it was.
"""

from collections.abc import Iterable
from hashlib import blake2b
from secrets import token_hex

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import BallotKey, Invitation, Wave
from storage.words import NOBODY

_BYTES = 8
_LONGEST_KEY = 64


async def mark_of(session: AsyncSession, wave_id: int, user_id: str) -> str:
    """Return what stands for the person in this wave; where it has no key any more, something drawn by lot."""
    key = await _key(session, wave_id)
    return f"{NOBODY}{token_hex(_BYTES)}" if key is None else _mark(key, user_id)


async def erased_among(session: AsyncSession, wave: Wave, user_ids: Iterable[str]) -> set[str]:
    """Return those of the people who have a ballot in this open wave, and are erased since."""
    if not wave.is_anonymous or (key := await _key(session, wave.id)) is None:
        return set()
    standing = select(Invitation.user_id).where(
        Invitation.wave_id == wave.id, col(Invitation.user_id).startswith(NOBODY)
    )
    marks = set((await session.exec(standing)).all())
    return {one for one in user_ids if _mark(key, one) in marks} if marks else set()


async def _key(session: AsyncSession, wave_id: int) -> bytes | None:
    found = await session.exec(select(BallotKey.private_key).where(BallotKey.wave_id == wave_id))
    return found.one_or_none()


def _mark(key: bytes, user_id: str) -> str:
    digest = blake2b(user_id.encode(), digest_size=_BYTES, key=key[:_LONGEST_KEY])
    return f"{NOBODY}{digest.hexdigest()}"
