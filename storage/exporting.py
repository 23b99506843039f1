"""Answers as they may leave the database: what was said, of which wave, on which day; never who said it."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Mention, Wave

PAGE = 1000
"""Answers held in memory at once."""

_BETWEEN_DRIVERS = "\x1f"  # ASCII's own unit separator, which nobody types


class GivenAnswer(NamedTuple):
    """One answer without its person; a hundred thousand are made at once.

    `wave` is the wave's number, or the label of an imported one; `day` is in UTC.
    """

    wave: int | str
    day: date
    score: int
    comment: str | None
    drivers: tuple[str, ...]


async def given_answers(session: AsyncSession, survey_id: int) -> AsyncIterator[list[GivenAnswer]]:
    """Read all answers of a survey page by page, in constant memory, by wave and then by day.

    Within a day they come in the order of what they say. So the order tells nothing that they do not: neither when
    in the day somebody answered, nor where they stand among those asked.
    """
    question = _question(session.get_bind().dialect.name, survey_id)
    answers = await (await session.connection()).stream(question.execution_options(yield_per=PAGE))
    async for page in answers.partitions():
        yield [_given(*answer) for answer in page]


def _question(dialect: str, survey_id: int) -> Select[Any]:
    ticked = (
        select(func.aggregate_strings(col(Mention.driver), _BETWEEN_DRIVERS))
        .where(col(Mention.answer_id) == col(Answer.id))
        .scalar_subquery()
    )
    day = _utc_day(dialect)
    said = (col(Answer.score), col(Answer.comment), ticked)
    return (
        select(col(Wave.number), col(Wave.label), day, *said)
        .join_from(Wave, Answer, col(Answer.wave_id) == col(Wave.id))
        .where(col(Wave.survey_id) == survey_id)
        .order_by(col(Wave.opens_at), col(Wave.id), day, *said)
    )


def _utc_day(dialect: str) -> ColumnElement[date]:
    moment = col(Answer.answered_at)
    return func.date(moment if dialect == "sqlite" else func.timezone("UTC", moment), type_=Date())


def _given(  # noqa: PLR0913, PLR0917 - the columns of one row
    number: int, label: str | None, day: date, score: int, comment: str | None, ticked: str | None
) -> GivenAnswer:
    drivers = tuple(sorted(ticked.split(_BETWEEN_DRIVERS))) if ticked else ()
    return GivenAnswer(label or number, day, score, comment, drivers)
