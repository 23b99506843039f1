"""What an event is about, read when it is told."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Case, Invitation, Survey, Wave


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One answer, and nobody's."""

    survey: Survey
    wave: Wave
    score: int


async def answer_given(session: AsyncSession, invitation_id: int) -> AnswerFacts | None:
    """Return the answer as it stands; None where it was taken back, or erased."""
    question = (
        select(Survey, Wave, Answer.score)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .join(Invitation, col(Invitation.wave_id) == Wave.id)
        .join(Answer, col(Answer.invitation_id) == Invitation.id)
        .where(Invitation.id == invitation_id)
    )
    found = (await session.exec(question)).one_or_none()
    return None if found is None else AnswerFacts(*found)


async def wave_with_survey(session: AsyncSession, wave_id: int) -> tuple[Survey, Wave] | None:
    """Return a wave and its survey; None where nobody was to be asked, so that it never was, or it was deleted."""
    question = select(Survey, Wave).join(Wave, col(Wave.survey_id) == Survey.id).where(Wave.id == wave_id)
    found = (await session.exec(question)).one_or_none()
    return None if found is None else (found[0], found[1])


async def case_with_wave(session: AsyncSession, case_id: int) -> tuple[Survey, Wave, Case] | None:
    """Return a case with its survey and wave; None where its person was erased, or its survey deleted."""
    question = (
        select(Survey, Wave, Case)
        .join(Case, col(Case.survey_id) == Survey.id)
        .join(Invitation, col(Invitation.id) == Case.invitation_id)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(Case.id == case_id)
    )
    found = (await session.exec(question)).one_or_none()
    return None if found is None else (found[0], found[1], found[2])
