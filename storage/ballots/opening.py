"""The ballots of a wave are opened: all at once, in an order drawn by lot, and the sealed ones are destroyed."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ballots.casting import KEY_BYTES
from storage.database.upsert import insert_absent
from storage.errors import StorageError
from storage.tables import Ballot, BallotKey, Invitation, SealedBallot, Thread, Wave
from storage.words import ThreadState

PAGE = 500
THREADS_LAST = timedelta(days=60)
"""From the end of a wave: so long may the two sides write to each other."""


class BallotsLeft(StorageError):  # noqa: N818 - named for what happened
    """Ballots came after those that were opened: open them all again."""


class Opened(NamedTuple):
    """What somebody said."""

    score: int
    comment: str | None
    drivers: tuple[str, ...]
    link: bytes | None = None
    """Who it is, sealed: where they allowed the team to write back about their comment."""


async def add_key(session: AsyncSession, wave: Wave, public_key: bytes, private_key: bytes) -> None:
    """Keep a wave's keys, the private one encrypted."""
    session.add(
        BallotKey(
            wave_id=wave.id, workspace_id=wave.workspace_id, public_key=public_key, private_key=private_key
        )
    )
    await session.flush()


async def locked_keys(session: AsyncSession) -> dict[int, bytes]:
    """Return the encrypted private key of each wave that takes ballots, by the wave's id."""
    question = select(BallotKey).where(col(BallotKey.private_key).is_not(None))
    return {one.wave_id: one.private_key for one in await session.exec(question) if one.private_key}


async def page_of_sealed(session: AsyncSession, wave_id: int, after: bytes) -> list[tuple[bytes, bytes]]:
    """Return the next sealed ballots of a wave, by their random keys."""
    question = (
        select(SealedBallot.key, SealedBallot.sealed)
        .where(SealedBallot.wave_id == wave_id, SealedBallot.key > after)
        .order_by(col(SealedBallot.key))
        .limit(PAGE)
    )
    return list((await session.exec(question)).all())


async def store_opened(session: AsyncSession, wave: Wave, opened: Sequence[Opened]) -> None:
    """Put the opened ballots in place of the sealed ones, by new random keys, and destroy the wave's private key.

    Conversations that were allowed can begin from now on. Raises BallotsLeft when these are not as many as were cast.
    """
    cast = select(func.count()).select_from(SealedBallot).where(SealedBallot.wave_id == wave.id)
    if (await session.exec(cast)).one() != len(opened):
        message = f"the ballots of wave {wave.id} are not all open"
        raise BallotsLeft(message)
    # Sorted by keys drawn by lot they are shuffled, wherever a database then puts one after the other.
    drawn = sorted((secrets.token_bytes(KEY_BYTES), one) for one in opened)
    threads = {key: secrets.token_bytes(KEY_BYTES) for key, one in drawn if one.link}
    await _begin_threads(session, wave, {threads[key]: one.link for key, one in drawn if one.link})
    for start in range(0, len(drawn), PAGE):
        rows = [
            {
                "wave_id": wave.id,
                "key": key,
                "workspace_id": wave.workspace_id,
                "score": one.score,
                "comment": one.comment,
                "drivers": sorted(one.drivers) or None,
                "thread_key": threads.get(key),
            }
            for key, one in drawn[start : start + PAGE]
        ]
        await insert_absent(session, Ballot, rows)
    await session.exec(delete(SealedBallot).where(col(SealedBallot.wave_id) == wave.id))
    await session.exec(update(BallotKey).where(col(BallotKey.wave_id) == wave.id).values(private_key=None))


async def _begin_threads(session: AsyncSession, wave: Wave, links: Mapping[bytes, bytes | None]) -> None:
    closed_at = await session.scalar(select(Wave.closed_at).where(Wave.id == wave.id))
    assert closed_at is not None  # noqa: S101 - it is closed in this transaction
    rows = [
        {
            "key": key,
            "workspace_id": wave.workspace_id,
            "wave_id": wave.id,
            "sealed": links[key],
            "state": ThreadState.OPEN,
            "ends_on": (closed_at + THREADS_LAST).date(),
        }
        for key in sorted(links)
    ]
    await insert_absent(session, Thread, rows)


async def asked_still(session: AsyncSession, wave_id: int, user_ids: Collection[str]) -> set[str]:
    """Return those of these people who are in a wave, and have not erased themselves since."""
    question = select(Invitation.user_id).where(
        Invitation.wave_id == wave_id, col(Invitation.user_id).in_(user_ids)
    )
    return set((await session.exec(question)).all())


async def to_wipe(session: AsyncSession, workspace_id: str) -> list[int]:
    """Return the ids of the waves of which sealed ballots were deleted, and may still lie in the file."""
    question = select(BallotKey.wave_id).where(
        BallotKey.workspace_id == workspace_id, col(BallotKey.private_key).is_(None)
    )
    return list((await session.exec(question)).all())


async def record_wiped(session: AsyncSession, wave_ids: Sequence[int]) -> None:
    """Forget the keys of waves of which nothing sealed lies in the file any more."""
    await session.exec(
        delete(BallotKey).where(col(BallotKey.wave_id).in_(wave_ids), col(BallotKey.private_key).is_(None))
    )
