"""Rows were erased: until the database's files are rewritten, traces may stand in them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_or_update
from storage.tables import Emptied

WAITS = timedelta(minutes=50)
"""How long words that somebody replaced wait for others: while a file is rewritten, nobody's answer is stored."""


async def note_emptied(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Write down, in the transaction that erases, that traces may be left: the clock sees to it at once."""
    await _note(session, workspace_id, now)
    at_once = update(Emptied).where(col(Emptied.workspace_id) == workspace_id, col(Emptied.taken_at) > now)
    await session.exec(at_once.values(taken_at=None))


async def note_replaced(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Write down, in the transaction that replaces words, that traces may be left: the clock sees to it within the hour."""
    await _note(session, workspace_id, now, now + WAITS)


async def _note(
    session: AsyncSession, workspace_id: str, now: datetime, taken_at: datetime | None = None
) -> None:
    row = {"workspace_id": workspace_id, "since": now, "taken_at": taken_at}
    await insert_or_update(session, Emptied, [row], change=("since",))


async def emptied(session: AsyncSession) -> list[Emptied]:
    """Return the workspaces of which traces may be left."""
    return list((await session.exec(select(Emptied).order_by(col(Emptied.workspace_id)))).all())


async def take_emptied(
    session: AsyncSession, workspace_id: str, now: datetime, lease: timedelta
) -> datetime | None:
    """Take it upon us to rewrite the files; None when nothing is to be done, or another process is at it.

    Returns when something was last erased. One who took it longer than a lease ago is gone. What was replaced is as if
    taken later, and so waits.
    """
    taking = update(Emptied).where(
        col(Emptied.workspace_id) == workspace_id,
        or_(col(Emptied.taken_at).is_(None), col(Emptied.taken_at) <= now - lease),
    )
    if (await session.exec(taking.values(taken_at=now))).rowcount == 0:
        return None
    row = (await session.exec(select(Emptied).where(Emptied.workspace_id == workspace_id))).one()
    return row.since


async def settle_emptied(session: AsyncSession, workspace_id: str, since: datetime, *, is_done: bool) -> None:
    """Record how it went; what was erased meanwhile waits for the next time."""
    it_is = col(Emptied.workspace_id) == workspace_id
    if is_done:
        await session.exec(delete(Emptied).where(it_is, col(Emptied.since) == since))
    await session.exec(update(Emptied).where(it_is).values(taken_at=None))
