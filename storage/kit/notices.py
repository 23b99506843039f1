"""What managers are to be told: written down first, so that it outlives an hour in which Slack takes nothing."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.first import IN_ALL, First, first_of
from storage.database.upsert import insert_if_absent
from storage.tables import Notice

LETTER = "letter:"
"""Begins the matter of a letter under an anonymous comment."""
DELETED = "deleted:"
"""Begins the matter of a survey that was deleted."""
_PASSING = col(Notice.about).startswith(LETTER) | col(Notice.about).startswith(DELETED)
"""What is kept no longer than until it is said."""


async def write(  # noqa: PLR0913, PLR0917 - its reader, its subject, its words and its time
    session: AsyncSession, workspace_id: str, user_id: str, about: str, text: str, now: datetime
) -> bool:
    """Write down what somebody is to be told; False when they were, or will be, told of this matter already."""
    row = {"workspace_id": workspace_id, "user_id": user_id, "about": about, "text": text, "written_at": now}
    return await insert_if_absent(session, Notice, row)


async def is_written(session: AsyncSession, workspace_id: str, about: str) -> bool:
    """Whether somebody was, or will be, told of this matter."""
    of_it = select(Notice.id).where(Notice.workspace_id == workspace_id, Notice.about == about)
    return (await session.exec(of_it)).first() is not None


async def waiting(session: AsyncSession, workspace_id: str, limit: int) -> list[Notice]:
    """Return what is still to be said, what was written first before the rest."""
    question = (
        select(Notice)
        .where(
            Notice.workspace_id == workspace_id,
            col(Notice.said_at).is_(None),
            col(Notice.claimed_at).is_(None),
        )
        .order_by(col(Notice.id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def claim(session: AsyncSession, notice_id: int, now: datetime) -> bool:
    """Take one to say it; False when another process has it. One that dies over it leaves it in doubt: never said twice."""
    unclaimed = col(Notice.claimed_at).is_(None) & col(Notice.said_at).is_(None)
    claiming = update(Notice).where(col(Notice.id) == notice_id, unclaimed).values(claimed_at=now)
    return (await session.exec(claiming)).rowcount == 1


async def untold(
    session: AsyncSession, since: datetime, abandoned_before: datetime, most: int
) -> First[Notice]:
    """Return what a process died over, and what Slack did not take or never confirmed: the first `most` as written.

    What was claimed after `abandoned_before` may just be being said.
    """
    died = col(Notice.said_at).is_(None) & (col(Notice.claimed_at) < abandoned_before)
    question = (
        select(Notice, IN_ALL)
        .where(col(Notice.claimed_at) > since, died | col(Notice.code).is_not(None))
        .order_by(col(Notice.id))
        .limit(most)
    )
    return first_of(await session.exec(question))


async def put_back(session: AsyncSession, notice_id: int) -> None:
    """Let it wait again: Slack took nothing."""
    await session.exec(update(Notice).where(col(Notice.id) == notice_id).values(claimed_at=None))


async def settle(session: AsyncSession, notice_id: int, now: datetime, code: str | None) -> None:
    """Record that it was said, or with Slack's code that it was refused or is in doubt. What it said is kept no longer.

    Of a letter nothing is: the times would tell when it arrived. Nor is of a survey that was deleted.
    """
    settling = update(Notice).where(col(Notice.id) == notice_id).values(said_at=now, code=code, text="")
    await session.exec(settling)
    await session.exec(delete(Notice).where(col(Notice.id) == notice_id, _PASSING))


async def forget_passing(session: AsyncSession, workspace_id: str, abandoned_before: datetime) -> None:
    """Forget the passing notices over which a process died, and those that an older release kept."""
    is_over = col(Notice.said_at).is_not(None) | (col(Notice.claimed_at) < abandoned_before)
    await session.exec(delete(Notice).where(col(Notice.workspace_id) == workspace_id, _PASSING, is_over))
