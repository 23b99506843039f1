"""A survey is deleted, with everything that hangs on it: whatever table refers to it, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import quotes
from storage.database.hanging import delete_with_all
from storage.delivery import anonymous
from storage.kit import people
from storage.privacy.cases_erased import retire_cards
from storage.privacy.emptied import note_emptied
from storage.tables import Answer, Case, Notice, Quote, Run, Survey, Wave

OF_A_CASE = "case_"
OF_A_QUOTE = "quote_"


@dataclass(frozen=True)
class Deleted:
    """How much went with a survey, and who had to do with it: its maker, and who opened its waves."""

    waves: int
    answers: int
    managers: frozenset[str]


async def holds(session: AsyncSession, survey: Survey) -> Deleted:
    """Count what would be deleted with a survey."""
    of_it = select(Wave.id).where(Wave.survey_id == survey.id)
    waves = (
        await session.exec(select(func.count()).select_from(Wave).where(Wave.survey_id == survey.id))
    ).one()
    counting = select(func.count()).select_from(Answer).where(col(Answer.wave_id).in_(of_it))
    openers = select(Wave.opened_by).where(Wave.survey_id == survey.id).distinct()
    managers = {survey.created_by, *(await session.exec(openers)).all()}
    return Deleted(waves, (await session.exec(counting)).one(), frozenset(managers))


async def delete_survey(
    session: AsyncSession, survey: Survey, jobs_of_a_survey: Collection[str], now: datetime
) -> Deleted | None:
    """Delete a survey and all that hangs on it; None when it is gone.

    In the ledger, the runs of `jobs_of_a_survey` are about a survey's id, those that begin with `OF_A_CASE` about a
    case's, or with `OF_A_QUOTE` about a quote's; all others are about a wave's.
    """
    locked = (
        await session.exec(select(Survey).where(Survey.id == survey.id).with_for_update())
    ).one_or_none()
    if locked is None:
        return None
    # PostgreSQL: taps hold their wave. They come before this, or find their question gone.
    await session.exec(select(Wave.id).where(Wave.survey_id == survey.id).with_for_update())
    held = await holds(session, survey)
    waves = select(Wave.id).where(Wave.survey_id == survey.id)
    cases = select(Case.id).where(Case.survey_id == survey.id)
    quoted = select(Quote.id).where(Quote.survey_id == survey.id)
    of_a_case = col(Run.job).startswith(OF_A_CASE, autoescape=True)
    of_a_quote = col(Run.job).startswith(OF_A_QUOTE, autoescape=True)
    about_it = (
        (col(Run.job).in_(jobs_of_a_survey) & (col(Run.subject) == survey.id))
        | (of_a_case & col(Run.subject).in_(cases))
        | (of_a_quote & col(Run.subject).in_(quoted))
        | (col(Run.job).not_in(jobs_of_a_survey) & ~of_a_case & ~of_a_quote & col(Run.subject).in_(waves))
    )
    await session.exec(delete(Run).where(col(Run.workspace_id) == survey.workspace_id, about_it))
    await _forget_notices(session, survey)
    maker = await people.person(session, survey.workspace_id, survey.created_by)
    locale = maker.locale if maker else "en-US"
    await retire_cards(session, survey.workspace_id, col(Case.survey_id) == survey.id, locale, now)
    await quotes.end(session, col(Quote.survey_id) == survey.id, is_erased=True)
    await anonymous.keep_when_asked(session, survey, now)
    await delete_with_all(session, Survey, col(Survey.id) == survey.id)
    await note_emptied(session, survey.workspace_id, now)
    return held


async def _forget_notices(session: AsyncSession, survey: Survey) -> None:
    """Forget what managers were told of it: another survey or wave may get the same id, and has notices of its own."""
    waves = (await session.exec(select(Wave.id).where(Wave.survey_id == survey.id))).all()
    for about_it in (f"digest:{survey.id}:%", f"cases:{survey.id}:%", *(f"%:{wave}" for wave in waves)):
        await session.exec(
            delete(Notice).where(
                col(Notice.workspace_id) == survey.workspace_id, col(Notice.about).like(about_it)
            )
        )
