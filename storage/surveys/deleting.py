"""A survey is deleted, with everything that hangs on it, whatever table that is in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import quotes
from storage.database.hanging import delete_with_all
from storage.database.upsert import insert_if_absent
from storage.delivery import anonymous
from storage.kit import people
from storage.privacy.cases_erased import retire_cards
from storage.privacy.emptied import note_emptied
from storage.surveys import pause_survey
from storage.tables import Answer, Case, Deletion, Notice, Quote, Run, Survey, Wave
from storage.waves import current_wave, pause_wave
from storage.waves.closing import stop_taking

OF_A_CASE = "case_"
OF_A_QUOTE = "quote_"


@dataclass(frozen=True)
class Contents:
    """How much goes with a survey, and who had to do with it: its maker, and who opened its waves."""

    waves: int
    answers: int
    managers: frozenset[str]


async def holds(session: AsyncSession, survey: Survey) -> Contents:
    """Count what would be deleted with a survey."""
    of_it = select(Wave.id).where(Wave.survey_id == survey.id)
    waves = (
        await session.exec(select(func.count()).select_from(Wave).where(Wave.survey_id == survey.id))
    ).one()
    counting = select(func.count()).select_from(Answer).where(col(Answer.wave_id).in_(of_it))
    openers = select(Wave.opened_by).where(Wave.survey_id == survey.id).distinct()
    managers = {survey.created_by, *(await session.exec(openers)).all()}
    return Contents(waves, (await session.exec(counting)).one(), frozenset(managers))


async def order(
    session: AsyncSession, survey: Survey, held: Contents, user_id: str, now: datetime
) -> Deletion | None:
    """Note that a survey is being deleted, what it held, and by whom it was ordered; None when it is gone.

    Nothing more is sent or posted of it, nobody answers it, and its cases and quotes go at once.
    """
    if not await _is_locked(session, survey):
        return None
    row = {
        "survey_id": survey.id,
        "workspace_id": survey.workspace_id,
        "ordered_by": user_id,
        "ordered_at": now,
        "waves": held.waves,
        "answers": held.answers,
        "managers": sorted(held.managers),
    }
    await insert_if_absent(session, Deletion, row)
    await pause_survey(session, survey.id, now)
    if wave := await current_wave(session, survey.id):
        await pause_wave(session, wave.id, now)
        await stop_taking(session, wave.id, now)
    await _take_down(session, survey, now)
    return await session.get_one(Deletion, survey.id)


async def ordered_before(
    session: AsyncSession, workspace_id: str, moment: datetime
) -> list[tuple[Survey, Deletion]]:
    """Return the surveys whose deletion began before the moment, and is not done."""
    question = (
        select(Survey, Deletion)
        .join(Deletion, col(Deletion.survey_id) == Survey.id)
        .where(Deletion.workspace_id == workspace_id, col(Deletion.ordered_at) < moment)
        .order_by(col(Deletion.survey_id))
    )
    return [(survey, deletion) for survey, deletion in (await session.exec(question)).all()]


async def _is_locked(session: AsyncSession, survey: Survey) -> bool:
    """Let nobody else change the survey until the transaction ends; False when it is gone."""
    locking = select(Survey.id).where(Survey.id == survey.id).with_for_update()
    return (await session.exec(locking)).first() is not None


async def _take_down(session: AsyncSession, survey: Survey, now: datetime) -> None:
    """Delete the survey's cases and quotes, with their runs; their messages are drawn again.

    Of an anonymous survey, keep when it asked each person.
    """
    about_it = (
        _is_of(job) & col(Run.subject).in_(select(model.id).where(model.survey_id == survey.id))
        for job, model in ((OF_A_CASE, Case), (OF_A_QUOTE, Quote))
    )
    await session.exec(delete(Run).where(col(Run.workspace_id) == survey.workspace_id, or_(*about_it)))
    maker = await people.person(session, survey.workspace_id, survey.created_by)
    locale = maker.locale if maker else "en-US"
    of_it = col(Case.survey_id) == survey.id
    await retire_cards(session, survey.workspace_id, of_it, locale, now)
    await delete_with_all(session, Case, of_it)
    await quotes.end(session, col(Quote.survey_id) == survey.id, is_erased=True)
    await anonymous.keep_when_asked(session, survey, now)


async def delete_survey(
    session: AsyncSession, survey: Survey, jobs_of_a_survey: Collection[str], now: datetime
) -> bool:
    """Delete a survey and all that hangs on it, in one transaction; False when it is gone.

    In the ledger, the runs of `jobs_of_a_survey` are about a survey's id, those that begin with `OF_A_CASE` about a
    case's, or with `OF_A_QUOTE` about a quote's; all others are about a wave's.
    """
    if not await _is_locked(session, survey):
        return False
    # PostgreSQL: taps hold their wave. They come before this, or find their question gone.
    await session.exec(select(Wave.id).where(Wave.survey_id == survey.id).with_for_update())
    await _take_down(session, survey, now)
    waves = select(Wave.id).where(Wave.survey_id == survey.id)
    of_a_survey = col(Run.job).in_(jobs_of_a_survey)
    about_it = or_(
        of_a_survey & (col(Run.subject) == survey.id),
        ~or_(of_a_survey, _is_of(OF_A_CASE), _is_of(OF_A_QUOTE)) & col(Run.subject).in_(waves),
    )
    await session.exec(delete(Run).where(col(Run.workspace_id) == survey.workspace_id, about_it))
    await _forget_notices(session, survey)
    await delete_with_all(session, Survey, col(Survey.id) == survey.id)
    await note_emptied(session, survey.workspace_id, now)
    return True


def _is_of(beginning: str) -> ColumnElement[bool]:
    """Say of a run that its job begins so."""
    return col(Run.job).startswith(beginning, autoescape=True)


async def _forget_notices(session: AsyncSession, survey: Survey) -> None:
    """Forget what managers were told of it: another survey or wave may get the same id, and has notices of its own."""
    waves = (await session.exec(select(Wave.id).where(Wave.survey_id == survey.id))).all()
    for about_it in (f"digest:{survey.id}:%", f"cases:{survey.id}:%", *(f"%:{wave}" for wave in waves)):
        await session.exec(
            delete(Notice).where(
                col(Notice.workspace_id) == survey.workspace_id, col(Notice.about).like(about_it)
            )
        )
