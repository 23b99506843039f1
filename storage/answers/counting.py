"""The answers of a wave, counted one by one: `storage.counts` keeps the same as they come."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Mention


async def score_counts(session: AsyncSession, wave_id: int) -> dict[int, int]:
    """Return how many people gave each score; a score that nobody gave is left out."""
    question = select(Answer.score, func.count()).where(Answer.wave_id == wave_id).group_by(col(Answer.score))
    return dict((await session.exec(question)).all())


async def score_counts_of(session: AsyncSession, wave_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Return by wave how many people gave each score."""
    question = (
        select(Answer.wave_id, Answer.score, func.count())
        .where(col(Answer.wave_id).in_(wave_ids))
        .group_by(col(Answer.wave_id), col(Answer.score))
    )
    found: dict[int, dict[int, int]] = {}
    for wave_id, score, answers in await session.exec(question):
        found.setdefault(wave_id, {})[score] = answers
    return found


async def comment_count(session: AsyncSession, wave_id: int) -> int:
    # Counted in the index of comments, without a look at any answer.
    question = select(func.count()).where(Answer.wave_id == wave_id, col(Answer.comment).is_not(None))
    return (await session.exec(question)).one()


async def driver_counts(session: AsyncSession, wave_id: int) -> list[tuple[str, int]]:
    """Return the drivers ticked and by how many, the most mentioned first."""
    mentions = func.count()
    question = (
        select(Mention.driver, mentions)
        .join(Answer, col(Answer.id) == Mention.answer_id)
        .where(Answer.wave_id == wave_id)
        .group_by(Mention.driver)
        .order_by(mentions.desc(), Mention.driver)
    )
    return [(driver, count) for driver, count in await session.exec(question)]
