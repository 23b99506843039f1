"""A survey is deleted, with everything that hangs on it, whatever table that is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import quotes
from storage.database.among import among_these
from storage.database.hanging import delete_with_all
from storage.database.upsert import insert_if_absent
from storage.delivery import anonymous
from storage.kit import people
from storage.privacy.cases_erased import retire_cards
from storage.privacy.emptied import note_emptied
from storage.privacy.purging import PIECE
from storage.surveys import pause_survey
from storage.tables import Answer, Case, Deletion, Notice, Quote, Run, Survey, Wave
from storage.waves import current_wave, pause_wave
from storage.waves.closing import stop_taking


class JobsAbout(NamedTuple):
    """Which jobs have a survey, a case or a quote as the subject of their runs. All others have a wave."""

    survey: frozenset[str] = frozenset()
    case: frozenset[str] = frozenset()
    quote: frozenset[str] = frozenset()


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
    """Note who deletes a survey, and what it held. Return None when it is gone.

    Nothing more is sent or posted of it, and nobody answers it. When it asked each person anonymously is kept.
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
    await anonymous.keep_when_asked(session, survey, now)
    return await session.get_one(Deletion, survey.id)


async def ordered_before(
    session: AsyncSession, workspace_id: str, moment: datetime
) -> list[tuple[Survey, Deletion]]:
    """Return each survey whose deletion was ordered before the moment and has not ended."""
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


async def take_down_piece(session: AsyncSession, survey: Survey, jobs: JobsAbout, now: datetime) -> bool:
    """Delete some of the survey's cases and quotes, with their runs; their messages are drawn again. False when none is left."""
    case_ids = await _some_of(session, Case, survey)
    quote_ids = await _some_of(session, Quote, survey)
    for about, ids in ((jobs.case, case_ids), (jobs.quote, quote_ids)):
        theirs = col(Run.job).in_(about), among_these(col(Run.subject), ids)
        await session.exec(delete(Run).where(col(Run.workspace_id) == survey.workspace_id, *theirs))
    maker = await people.person(session, survey.workspace_id, survey.created_by)
    locale, cases = maker.locale if maker else "en-US", among_these(col(Case.id), case_ids)
    await retire_cards(session, survey.workspace_id, cases, locale, now)
    await delete_with_all(session, Case, cases)
    await quotes.end(session, among_these(col(Quote.id), quote_ids), is_erased=True)
    return bool(case_ids or quote_ids)


async def _some_of(session: AsyncSession, model: type[Case] | type[Quote], survey: Survey) -> Sequence[int]:
    return (await session.exec(select(model.id).where(model.survey_id == survey.id).limit(PIECE))).all()


async def delete_survey(session: AsyncSession, survey: Survey, jobs: JobsAbout, now: datetime) -> bool:
    """Delete a survey and all that hangs on it, in one transaction; False when it is gone."""
    if not await _is_locked(session, survey):
        return False
    # PostgreSQL: taps hold their wave. They come before this, or find their question gone.
    await session.exec(select(Wave.id).where(Wave.survey_id == survey.id).with_for_update())
    while await take_down_piece(session, survey, jobs, now):
        pass
    await anonymous.keep_when_asked(session, survey, now)
    waves = select(Wave.id).where(Wave.survey_id == survey.id)
    about_it = or_(
        col(Run.job).in_(jobs.survey) & (col(Run.subject) == survey.id),
        col(Run.job).not_in(frozenset().union(*jobs)) & col(Run.subject).in_(waves),
    )
    await session.exec(delete(Run).where(col(Run.workspace_id) == survey.workspace_id, about_it))
    await _forget_notices(session, survey)
    await delete_with_all(session, Survey, col(Survey.id) == survey.id)
    await note_emptied(session, survey.workspace_id, now)
    return True


async def _forget_notices(session: AsyncSession, survey: Survey) -> None:
    """Forget what managers were told of it: another survey or wave may get the same id, and has notices of its own."""
    waves = (await session.exec(select(Wave.id).where(Wave.survey_id == survey.id))).all()
    for about_it in (f"digest:{survey.id}:%", f"cases:{survey.id}:%", *(f"%:{wave}" for wave in waves)):
        await session.exec(
            delete(Notice).where(
                col(Notice.workspace_id) == survey.workspace_id, col(Notice.about).like(about_it)
            )
        )
