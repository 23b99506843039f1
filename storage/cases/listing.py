"""Cases to look through: which wait, which wait too long, who has which, and what came of the others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import IN_DOUBT, UNDER_WAY
from storage.kit.claims import has_run
from storage.tables import Answer, Case, Run, Survey
from storage.words import CaseSort, CaseState, RunState


@dataclass(frozen=True)
class Reach:
    """Whose cases somebody may see: of a whole workspace, or of these surveys alone."""

    workspace_id: str
    surveys: frozenset[int] | None = None


async def page(  # noqa: PLR0913, PLR0917 - whose, which, and from where on
    session: AsyncSession,
    reach: Reach,
    which: CaseSort,
    user_id: str,
    now: datetime,
    before: int | None,
    limit: int,
) -> list[tuple[Case, Survey, int]]:
    """Return cases with their survey and score, the newest first, from the one below `before` on."""
    question = (
        select(Case, Survey, Answer.score)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .join(Answer, col(Answer.invitation_id) == Case.invitation_id)
        .where(*_of(reach), *_such(which, user_id, now))
        .order_by(col(Case.id).desc())
        .limit(limit)
    )
    if before is not None:
        question = question.where(col(Case.id) < before)
    return list((await session.exec(question)).all())


async def counts(session: AsyncSession, reach: Reach, user_id: str, now: datetime) -> dict[CaseSort, int]:
    """Return how many cases there are of each sort."""
    found = {}
    for which in CaseSort:
        counting = select(func.count()).select_from(Case).where(*_of(reach), *_such(which, user_id, now))
        found[which] = (await session.exec(counting)).one()
    return found


async def follow_up_channels(session: AsyncSession, workspace_id: str) -> dict[str, frozenset[int]]:
    """Return the channels in which a workspace follows people up, each with the surveys of which it does."""
    question = select(Survey.follow_up_channel, Survey.id).where(
        Survey.workspace_id == workspace_id, col(Survey.follow_up_channel).is_not(None)
    )
    found: dict[str, frozenset[int]] = {}
    for channel, survey_id in (await session.exec(question)).all():
        found[str(channel)] = found.get(str(channel), frozenset()) | {survey_id}
    return found


async def overdue(
    session: AsyncSession, workspace_id: str, job: str, now: datetime, limit: int
) -> list[tuple[Case, Survey]]:
    """Return the cases in which nobody has made contact in time, and which were not raised, the oldest first.

    They have a card, or may have one: of those that are in doubt, the channel hears so at last.
    """
    raised = has_run(job, Case.workspace_id, Case.id, Case.due_at, col(Run.state) != RunState.CLAIMED)
    question = (
        select(Case, Survey)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .where(
            Case.workspace_id == workspace_id,
            *_such(CaseSort.OVERDUE, "", now),
            or_(
                col(Case.message_ts).is_not(None),
                (col(Case.code) == IN_DOUBT) & col(Survey.follow_up_channel).is_not(None),
            ),
            col(Survey.paused_at).is_(None),
            ~raised,
        )
        .order_by(col(Case.id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


def _of(reach: Reach) -> Collection[ColumnElement[bool]]:
    of_workspace = col(Case.workspace_id) == reach.workspace_id
    return (
        (of_workspace,) if reach.surveys is None else (of_workspace, col(Case.survey_id).in_(reach.surveys))
    )


def _such(which: CaseSort, user_id: str, now: datetime) -> Collection[ColumnElement[bool]]:
    state = col(Case.state)
    if which is CaseSort.CLOSED:
        return (state == CaseState.CLOSED,)
    if which is CaseSort.MINE:
        return (UNDER_WAY, col(Case.owner) == user_id)
    if which is CaseSort.OVERDUE:
        return (UNDER_WAY, state.in_([CaseState.OPEN, CaseState.TAKEN]), col(Case.due_at) <= now)
    return (UNDER_WAY,)
