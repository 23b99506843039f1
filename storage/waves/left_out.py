"""Who is left out of a wave: listed while it is planned, then counted and forgotten."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Delete, delete, exists, func, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among
from storage.tables import Invitation, Membership, PersonLeftOut, Wave
from storage.words import LeftOutBecause

PAGE = 5_000
PIECE = 1_000
"""People that one transaction forgets."""
Listed = type[PersonLeftOut] | type[Membership]


async def count(session: AsyncSession, wave_id: int) -> dict[LeftOutBecause, int]:
    """Return how many people a wave leaves out, and why."""
    # A planning that went on the next day may find people in quarantine because it invited them itself.
    question = (
        select(PersonLeftOut.because, func.count())
        .where(PersonLeftOut.wave_id == wave_id, ~_is_asked(PersonLeftOut))
        .group_by(PersonLeftOut.because)
        .order_by(PersonLeftOut.because)
    )
    return {LeftOutBecause(because): people for because, people in await session.exec(question)}


async def note(session: AsyncSession, wave_id: int, counts: Mapping[LeftOutBecause, int]) -> None:
    """Keep the counts of a wave that is not planned yet, unless another process has: it may have begun to forget."""
    wave = await session.get_one(Wave, wave_id, with_for_update=True)
    if wave.planned_at is None and not wave.left_out:
        wave.left_out = dict(counts)


async def page_of(session: AsyncSession, listed: Listed, wave_id: int, after: str) -> Sequence[str]:
    """Return the next people of a list that are to be forgotten: all who are left out, and members who are not asked."""
    question = (
        select(listed.user_id)
        .where(
            listed.wave_id == wave_id,
            listed.user_id > after,
            _is_over(listed),
        )
        .distinct()
        .order_by(listed.user_id)
        .limit(PAGE)
    )
    return (await session.exec(question)).all()


async def forget(session: AsyncSession, listed: Listed, wave_id: int, user_ids: Sequence[str]) -> None:
    """Forget these people of a list."""
    some = among(col(listed.user_id), "user_ids")
    await session.exec(_forgetting(listed, wave_id).where(some), params={"user_ids": user_ids})


async def forget_all(session: AsyncSession, listed: Listed, wave_id: int) -> None:
    """Forget all who are left on a list."""
    await session.exec(_forgetting(listed, wave_id))


def _forgetting(listed: Listed, wave_id: int) -> Delete:
    return delete(listed).where(col(listed.wave_id) == wave_id, _is_over(listed))


def _is_over(listed: Listed) -> ColumnElement[bool]:
    """Say that an entry serves for nothing once the wave is planned: who is asked stays a member of their channels."""
    return true() if listed is PersonLeftOut else ~_is_asked(listed)


def _is_asked(listed: Listed) -> ColumnElement[bool]:
    same = Invitation.wave_id == listed.wave_id, Invitation.user_id == listed.user_id
    return exists(select(Invitation.id).where(*same))
