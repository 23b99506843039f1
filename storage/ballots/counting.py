"""What opened ballots say, counted as the answers of a named wave are. What was said together stays for the gate to judge."""

import json
from collections.abc import Sequence

from sqlalchemy import Text, cast, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kit.reasons import as_kept
from storage.tables import Ballot, ReasonCount


async def score_counts(session: AsyncSession, wave_id: int) -> dict[int, int]:
    """Return how many ballots have each score."""
    question = select(Ballot.score, func.count()).where(Ballot.wave_id == wave_id).group_by(col(Ballot.score))
    return dict((await session.exec(question)).all())


async def comment_count(session: AsyncSession, wave_id: int) -> int:
    question = select(func.count(col(Ballot.comment))).where(Ballot.wave_id == wave_id)
    return (await session.exec(question)).one()


async def reasons(session: AsyncSession, wave_id: int) -> list[ReasonCount]:
    """Return which drivers were ticked together with which score, and how often; nothing ticked is an empty list."""
    together = cast(col(Ballot.drivers), Text)  # sorted when it was stored; PostgreSQL does not compare JSON
    question = (
        select_columns(col(Ballot.score), together, func.count())
        .where(col(Ballot.wave_id) == wave_id)
        .group_by(col(Ballot.score), together)
    )
    found = await (await session.connection()).execute(question)
    return as_kept({(score, tuple(json.loads(drivers or "[]"))): many for score, drivers, many in found})


async def comments_of(
    session: AsyncSession, wave_ids: Sequence[int], size: int, after: tuple[int, bytes] | None = None
) -> list[tuple[int, bytes, str]]:
    """Return comments of these waves, each with its wave and key: the latest wave first, in a wave in random order."""
    question = select(Ballot.wave_id, Ballot.key, Ballot.comment).where(
        col(Ballot.wave_id).in_(wave_ids), col(Ballot.comment).is_not(None)
    )
    if after:
        wave_id, key = after
        question = question.where(
            (col(Ballot.wave_id) < wave_id) | ((col(Ballot.wave_id) == wave_id) & (col(Ballot.key) > key))
        )
    question = question.order_by(col(Ballot.wave_id).desc(), col(Ballot.key)).limit(size)
    return [(wave, key, comment or "") for wave, key, comment in await session.exec(question)]


async def page_of_scores(
    session: AsyncSession, wave_id: int, after: bytes, size: int
) -> list[tuple[bytes, int]]:
    """Return the next scores of a wave, each with its random key, in the order of these."""
    question = (
        select(Ballot.key, Ballot.score)
        .where(Ballot.wave_id == wave_id, Ballot.key > after)
        .order_by(col(Ballot.key))
        .limit(size)
    )
    return list((await session.exec(question)).all())
