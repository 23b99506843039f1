"""Who has a case that is not closed, and whether they are still there."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import UNDER_WAY
from storage.kit.claims import has_run
from storage.tables import Case, CaseEvent, Person, Run, Survey
from storage.words import CaseState, CaseStep, RunState

_HELD = (CaseState.TAKEN, CaseState.CONTACTED)
_MADE_OWNER = (CaseStep.TAKEN, CaseStep.CONTACTED, CaseStep.HANDED_OVER)


async def not_seen_since(session: AsyncSession, workspace_id: str, before: datetime, limit: int) -> list[str]:
    """Return the owners of cases that are not closed, as far as Slack described them last before that time."""
    question = (
        select(Person.user_id)
        .join(
            Case,
            (col(Case.owner) == Person.user_id) & (col(Case.workspace_id) == Person.workspace_id),
        )
        .where(
            Person.workspace_id == workspace_id,
            UNDER_WAY,
            col(Case.state).in_(_HELD),
            Person.refreshed_at < before,
            col(Person.is_deactivated).is_(False),
        )
        .distinct()
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def of_gone_owners(
    session: AsyncSession, workspace_id: str, job: str, limit: int
) -> list[tuple[Case, Survey, datetime]]:
    """Return the cases with a card whose owner's account is deactivated, with since when they have it; the oldest first.

    Left out is a case whose run of `job` for that time has ended, and one of a survey that is paused.
    """
    became_theirs = (
        select(func.max(CaseEvent.at))
        .where(CaseEvent.case_id == Case.id, col(CaseEvent.step).in_(_MADE_OWNER))
        .correlate(Case)
        .scalar_subquery()
    )
    told = has_run(job, Case.workspace_id, Case.id, became_theirs, col(Run.state) != RunState.CLAIMED)
    question = (
        select(Case, Survey, became_theirs)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .join(Person, (col(Person.user_id) == Case.owner) & (col(Person.workspace_id) == Case.workspace_id))
        .where(
            Case.workspace_id == workspace_id,
            UNDER_WAY,
            col(Case.state).in_(_HELD),
            col(Case.message_ts).is_not(None),
            col(Person.is_deactivated).is_(True),
            col(Survey.paused_at).is_(None),
            ~told,
        )
        .order_by(col(Case.id))
        .limit(limit)
    )
    return [(case, survey, since) for case, survey, since in (await session.exec(question)).all()]
