"""The ballots of a wave are opened, in an order as good as drawn by lot; once it is closed the sealed ones are destroyed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_absent, insert_or_update
from storage.errors import StorageError
from storage.tables import Ballot, BallotKey, Invitation, SealedBallot, Thread, Wave
from storage.words import ThreadState

PAGE = 5_000
PIECE = 200
"""Ballots that one transaction opens or destroys: each sealed one is 6 KB long."""
THREADS_LAST = timedelta(days=60)
"""From the end of a wave: so long may the two sides write to each other."""


class BallotsLeft(StorageError):  # noqa: N818 - named for what happened
    """Not every ballot of a wave is open, so it cannot be counted yet."""


class Opened(NamedTuple):
    """What somebody said."""

    score: int
    comment: str | None
    drivers: tuple[str, ...]
    link: bytes | None = None
    """Who it is, sealed: where they allowed the team to write back about their comment."""


class OpenedBallot(NamedTuple):
    """One ballot with its new key, that of its conversation, and who it is, where they allowed one."""

    key: bytes
    thread_key: bytes
    said: Opened
    user_id: str


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


async def page_of_keys(session: AsyncSession, wave_id: int, after: bytes) -> list[bytes]:
    """Return the next random keys of a wave's sealed ballots, in order."""
    question = (
        select(SealedBallot.key)
        .where(SealedBallot.wave_id == wave_id, SealedBallot.key > after)
        .order_by(col(SealedBallot.key))
        .limit(PAGE)
    )
    return list((await session.exec(question)).all())


async def sealed_with(session: AsyncSession, wave_id: int, keys: Collection[bytes]) -> dict[bytes, bytes]:
    """Return the sealed ballots of a wave that have these keys, by their keys."""
    question = select(SealedBallot.key, SealedBallot.sealed).where(
        SealedBallot.wave_id == wave_id, col(SealedBallot.key).in_(keys)
    )
    return dict((await session.exec(question)).all())


async def store_opened(
    session: AsyncSession, wave: Wave, ballots: Sequence[OpenedBallot], now: datetime
) -> bool:
    """Store some opened ballots, in the order of their keys, beside the sealed ones; False when the wave is closed.

    Nobody reads them before it is. Conversations that were allowed are stored too, but for those who have erased
    themselves since they sent the ballot.
    """
    # PostgreSQL: who closes the wave waits, and so does somebody who is erased at this moment.
    is_open = (
        select(Wave.id).where(Wave.id == wave.id, col(Wave.closed_at).is_(None)).with_for_update(read=True)
    )
    if (await session.exec(is_open)).one_or_none() is None:
        return False
    people = {one.user_id for one in ballots if one.user_id}
    stay = await asked_still(session, wave.id, people) if people else set()
    threads = [
        {
            "key": one.thread_key,
            "workspace_id": wave.workspace_id,
            "wave_id": wave.id,
            "sealed": one.said.link,
            "state": ThreadState.OPEN,
            "ends_on": (now + THREADS_LAST).date(),
        }
        for one in sorted(ballots, key=lambda one: one.thread_key)
        if one.user_id in stay
    ]
    await insert_or_update(session, Thread, threads, change=("ends_on",))
    rows = [
        {
            "wave_id": wave.id,
            "key": one.key,
            "workspace_id": wave.workspace_id,
            "score": one.said.score,
            "comment": one.said.comment,
            "drivers": sorted(one.said.drivers) or None,
            "thread_key": one.thread_key if one.user_id in stay else None,
        }
        for one in ballots
    ]
    await insert_absent(session, Ballot, rows)
    return True


async def require_all_open(session: AsyncSession, wave_id: int) -> None:
    """Raise BallotsLeft where fewer ballots of a wave are open than were cast."""
    cast = select(func.count()).select_from(SealedBallot).where(SealedBallot.wave_id == wave_id)
    opened = select(func.count()).select_from(Ballot).where(Ballot.wave_id == wave_id)
    if (await session.exec(opened)).one() < (await session.exec(cast)).one():
        message = f"the ballots of wave {wave_id} are not all open"
        raise BallotsLeft(message)


async def destroy_key(session: AsyncSession, wave_id: int) -> None:
    """Let nobody ever open again what was sealed for a wave."""
    await session.exec(update(BallotKey).where(col(BallotKey.wave_id) == wave_id).values(private_key=None))


async def delete_sealed(session: AsyncSession, wave_id: int, first: bytes, last: bytes) -> None:
    """Delete the sealed ballots of a wave from one key to another."""
    of_them = col(SealedBallot.wave_id) == wave_id, col(SealedBallot.key).between(first, last)
    await session.exec(delete(SealedBallot).where(*of_them))


async def asked_still(session: AsyncSession, wave_id: int, user_ids: Collection[str]) -> set[str]:
    """Return those of these people who are in a wave, and have not erased themselves since."""
    question = select(Invitation.user_id).where(
        Invitation.wave_id == wave_id, col(Invitation.user_id).in_(user_ids)
    )
    return set((await session.exec(question)).all())


async def to_wipe(session: AsyncSession, workspace_id: str) -> list[int]:
    """Return the ids of the waves that are closed and of which something sealed may still lie in the file."""
    question = select(BallotKey.wave_id).where(
        BallotKey.workspace_id == workspace_id, col(BallotKey.private_key).is_(None)
    )
    return list((await session.exec(question)).all())


async def record_wiped(session: AsyncSession, wave_ids: Sequence[int]) -> None:
    """Forget the keys of waves of which nothing sealed lies in the file any more."""
    await session.exec(
        delete(BallotKey).where(col(BallotKey.wave_id).in_(wave_ids), col(BallotKey.private_key).is_(None))
    )
