"""What an imported file tells beside the answers, such as the plan or the country: columns to read a result by."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import HIGHEST, LOWEST
from storage.tables import Answer, Property

_LOOKED_AT = 1_000
"""In how many answers of a wave its columns are looked for: a file tells the same of nearly each."""


async def columns(session: AsyncSession, wave_id: int) -> list[str]:
    """Return the names of the columns that the first answers of an imported wave have."""
    first = select(col(Answer.id)).where(col(Answer.wave_id) == wave_id).limit(_LOOKED_AT).subquery()
    question = (
        select(col(Property.name))
        .where(col(Property.answer_id).in_(select(first.c.id)))
        .distinct()
        .order_by(col(Property.name))
    )
    return list((await (await session.connection()).execute(question)).scalars())


async def counts_by_value(
    session: AsyncSession, wave_id: int, column: str, most: int
) -> dict[str, dict[int, int]] | None:
    """Return by value of the column how many gave each score; None where it has more values than `most`."""
    question = (
        select(col(Property.value), col(Answer.score), func.count())
        .join(Answer, col(Answer.id) == col(Property.answer_id))
        .where(col(Answer.wave_id) == wave_id, col(Property.name) == column)
        .group_by(col(Property.value), col(Answer.score))
        .limit((most + 1) * (HIGHEST - LOWEST + 1))
    )
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for value, score, answers in await (await session.connection()).execute(question):
        found[value][score] = answers
    return dict(found) if len(found) <= most else None
