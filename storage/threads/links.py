"""What joins conversations to their people, sealed: whoever holds the secret may open it, and nothing here does."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Letter, Survey, Thread, Wave
from storage.words import ThreadState


async def links(session: AsyncSession, workspace_id: str) -> dict[bytes, bytes]:
    """Return the link of each open conversation, by its key."""
    question = select(Thread.key, Thread.sealed).where(
        Thread.workspace_id == workspace_id, Thread.state == ThreadState.OPEN
    )
    return {key: sealed for key, sealed in await session.exec(question) if sealed}


async def replace(session: AsyncSession, old: Mapping[bytes, bytes], new: Mapping[bytes, bytes]) -> None:
    """Put new links in place of the old ones, where these stand still."""
    for key in sorted(new):
        replacing = update(Thread).where(col(Thread.key) == key, col(Thread.sealed) == old[key])
        await session.exec(replacing.values(sealed=new[key]))


async def any_link(session: AsyncSession) -> bytes | None:
    """Return one of the links, to try a secret on."""
    question = (
        select(Thread.sealed).where(Thread.state == ThreadState.OPEN).order_by(col(Thread.key)).limit(1)
    )
    return (await session.exec(question)).first()


async def surveys_of(session: AsyncSession, keys: list[bytes]) -> dict[bytes, tuple[Survey, Wave, Thread]]:
    """Return by key the survey, the wave and the row of these conversations; none of a wave that is still open."""
    question = (
        select(Thread, Wave, Survey)
        .join(Wave, col(Wave.id) == Thread.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(col(Thread.key).in_(keys), col(Wave.closed_at).is_not(None))
        .order_by(col(Wave.id), col(Thread.key))
    )
    return {thread.key: (survey, wave, thread) for thread, wave, survey in await session.exec(question)}


async def written_by(session: AsyncSession, workspace_id: str, user_id: str) -> list[tuple[Letter, Survey]]:
    """Return what a manager wrote to people whose names nobody knows."""
    question = (
        select(Letter, Survey)
        .join(Thread, col(Thread.key) == Letter.thread_key)
        .join(Wave, col(Wave.id) == Thread.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(Letter.workspace_id == workspace_id, Letter.author == user_id)
        .order_by(col(Wave.id), col(Letter.thread_key), col(Letter.number))
    )
    return list((await session.exec(question)).all())


async def forget_author(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Let what a manager wrote stand as the team's alone."""
    forgetting = update(Letter).where(col(Letter.workspace_id) == workspace_id, col(Letter.author) == user_id)
    await session.exec(forgetting.values(author=None))
