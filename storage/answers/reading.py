"""What people themselves have answered: in one question, and in the waves before."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Invitation, Mention, Survey, Wave


async def answer_of(session: AsyncSession, invitation_id: int) -> tuple[Answer, list[str]] | None:
    """Return the answer to one invitation, with the drivers ticked, in the order of their names."""
    given = select(Answer).where(Answer.invitation_id == invitation_id)
    answer = (await session.exec(given)).one_or_none()
    if answer is None:
        return None
    ticked = select(Mention.driver).where(Mention.answer_id == answer.id).order_by(Mention.driver)
    return answer, list((await session.exec(ticked)).all())


class Own(NamedTuple):
    """What one person said in a wave that has closed."""

    subject: str
    score: int
    closed_at: datetime


async def own_answers(session: AsyncSession, workspace_id: str, user_id: str, limit: int) -> list[Own]:
    """Return what one person answered in the waves that closed last, the latest first."""
    question = (
        select_columns(
            func.coalesce(col(Wave.subject), col(Survey.subject)), col(Answer.score), col(Wave.closed_at)
        )
        .join_from(Invitation, Answer, col(Answer.invitation_id) == col(Invitation.id))
        .join(Wave, col(Wave.id) == col(Invitation.wave_id))
        .join(Survey, col(Survey.id) == col(Wave.survey_id))
        .where(
            col(Invitation.workspace_id) == workspace_id,
            col(Invitation.user_id) == user_id,
            col(Wave.closed_at).is_not(None),
        )
        .order_by(col(Wave.closed_at).desc(), col(Wave.id).desc())
        .limit(limit)
    )
    rows = await (await session.connection()).execute(question)
    return [Own(row[0], row[1], row[2]) for row in rows if row[2]]
