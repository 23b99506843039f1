"""Cases: who may be contacted, who has taken it, and where its messages stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from storage.database.states import not_in_state
from storage.kit.claims import has_run
from storage.tables import Answer, Case, CaseEvent, Mention, Person, Run, Survey, Wave
from storage.words import CaseEnding, CaseState, RunState

UNDER_WAY = not_in_state(Case.state, CaseState.CLOSED) & col(Case.state).in_(
    [CaseState.OPEN, CaseState.TAKEN, CaseState.CONTACTED]
)
"""Say of a case that it is not closed. Said in two ways: each lets other indexes serve, and these cases are few."""

IN_DOUBT = "in_doubt"
"""The code of a case whose manager was told that nobody knows whether its card stands."""


@dataclass(frozen=True)
class WholeCase:
    """A case with all that its card tells: the survey, the wave, what was answered, and the case's history, the oldest step first."""

    case: Case
    survey: Survey
    wave: Wave
    answer: Answer
    drivers: Sequence[str]
    events: Sequence[CaseEvent]


async def case(session: AsyncSession, case_id: int) -> Case | None:
    return await session.get(Case, case_id)


async def names(session: AsyncSession, case_ids: Collection[int]) -> dict[int, str]:
    """Return by id the name of each case's survey; a case that is gone is absent."""
    question = (
        select(Case.id, Survey.name)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .where(col(Case.id).in_(case_ids))
    )
    return dict((await session.exec(question)).all())


async def told(session: AsyncSession, case_id: int) -> WholeCase | None:
    """Return a case with what its card tells; None where there is none."""
    question = (
        select(Case, Survey, Wave, Answer)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .join(Answer, col(Answer.invitation_id) == Case.invitation_id)
        .join(Wave, col(Wave.id) == Answer.wave_id)
        .where(Case.id == case_id)
    )
    found = (await session.exec(question)).one_or_none()
    if found is None:
        return None
    one, survey, wave, answer = found
    ticked = select(Mention.driver).where(Mention.answer_id == answer.id).order_by(Mention.driver)
    happened = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.id))
    return WholeCase(
        one,
        survey,
        wave,
        answer,
        list((await session.exec(ticked)).all()),
        list((await session.exec(happened)).all()),
    )


async def case_of(session: AsyncSession, invitation_id: int) -> Case | None:
    """Return the case of an answer, whatever became of it."""
    return (await session.exec(select(Case).where(Case.invitation_id == invitation_id))).one_or_none()


async def consents(session: AsyncSession, invitation_id: int) -> bool:
    """Whether this person has said that somebody may contact them, and has not taken that back."""
    found = await case_of(session, invitation_id)
    return found is not None and found.ending in {None, CaseEnding.RESOLVED}


async def open_cases_of(
    session: AsyncSession, workspace_id: str, user_id: str, limit: int
) -> list[tuple[Case, Survey]]:
    """Return the cases in which this person may still be contacted, the newest first."""
    question = (
        select(Case, Survey)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .where(
            Case.workspace_id == workspace_id,
            Case.user_id == user_id,
            Case.state != CaseState.CLOSED,
        )
        .order_by(col(Case.id).desc())
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def without_card(
    session: AsyncSession, workspace_id: str, job: str, tried_before: datetime, limit: int
) -> list[tuple[Case, Survey]]:
    """Return the open cases without a card, the oldest first: of a survey that is not paused and says where.

    Left out is a case whose run of `job` has ended, and one that Slack has refused since `tried_before`.
    """
    question = (
        _unseen(workspace_id)
        .where(
            or_(col(Case.tried_at).is_(None), col(Case.tried_at) < tried_before),
            ~_run_of(job, col(Run.state) != RunState.CLAIMED),
        )
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def in_doubt(
    session: AsyncSession, workspace_id: str, job: str, limit: int
) -> list[tuple[Case, Survey]]:
    """Return the open cases of which nobody knows whether their card stands, and no manager was told to look, the oldest first.

    Slack's reply never came, or the process died while it posted.
    """
    is_new = or_(col(Case.code).is_(None), col(Case.code) != IN_DOUBT, col(Case.tried_at) < Case.opened_at)
    question = (
        _unseen(workspace_id).where(is_new, _run_of(job, col(Run.state) == RunState.UNCERTAIN)).limit(limit)
    )
    return list((await session.exec(question)).all())


def _unseen(workspace_id: str) -> Select[Case, Survey]:
    """Select the open cases whose card is not known to stand, of surveys that are not paused and say where."""
    return (
        select(Case, Survey)
        .join(Survey, col(Survey.id) == Case.survey_id)
        .where(
            Case.workspace_id == workspace_id,
            UNDER_WAY,
            col(Case.message_ts).is_(None),
            col(Survey.follow_up_channel).is_not(None),
            col(Survey.paused_at).is_(None),
        )
        .order_by(col(Case.id))
    )


def _run_of(job: str, state: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say that a case's run of this job is in such a state, since the case was last opened."""
    return has_run(job, Case.workspace_id, Case.id, Case.opened_at, state)


async def oldest_without_card(session: AsyncSession, survey_id: int) -> datetime | None:
    """Return when the oldest case of a survey was opened that waits for its card; None where none does."""
    question = select(func.min(Case.opened_at)).where(
        Case.survey_id == survey_id, Case.state != CaseState.CLOSED, col(Case.message_ts).is_(None)
    )
    return (await session.exec(question)).one()


async def without_line(session: AsyncSession, workspace_id: str, job: str) -> list[tuple[int, str]]:
    """Return the cases that somebody has, and whose person was not told who it is, each with that person's time zone.

    The oldest come first.
    """
    told_already = _run_of(job, col(Run.state) != RunState.CLAIMED)
    question = (
        select(Case.id, Person.time_zone)
        .join(Person, (col(Person.user_id) == Case.user_id) & (col(Person.workspace_id) == Case.workspace_id))
        .where(Case.workspace_id == workspace_id, UNDER_WAY, Case.state == CaseState.TAKEN, ~told_already)
        .order_by(col(Case.id))
    )
    return list((await session.exec(question)).all())


async def to_draw(session: AsyncSession, workspace_id: str, tried_before: datetime, limit: int) -> list[int]:
    """Return the ids of the cases whose messages do not say yet how they stand, the oldest first."""
    question = (
        select(Case.id)
        .where(
            Case.workspace_id == workspace_id,
            col(Case.drawn) < col(Case.version),
            or_(col(Case.tried_at).is_(None), col(Case.tried_at) < tried_before),
        )
        .order_by(col(Case.id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def record_card(session: AsyncSession, case_id: int, channel_id: str, ts: str, version: int) -> bool:
    """Record where a card stands, and which version it shows, unless that is known; False where there is no case any more."""
    place = {"channel_id": channel_id, "message_ts": ts, "drawn": version, "tried_at": None, "code": None}
    is_news = await _change(session, case_id, col(Case.message_ts).is_(None), **place)
    return is_news or await case(session, case_id) is not None


async def record_line(session: AsyncSession, case_id: int, channel_id: str, ts: str) -> bool:
    """Record where the person reads who has taken their case; False where there is none any more."""
    return await _change(session, case_id, line_channel=channel_id, line_ts=ts)


async def record_drawn(session: AsyncSession, case_id: int, version: int) -> None:
    """Record that the messages show this version, unless they show a later one."""
    await _change(session, case_id, col(Case.drawn) < version, drawn=version, tried_at=None, code=None)


async def record_refused(session: AsyncSession, case_id: int, code: str, now: datetime) -> None:
    """Record that Slack took no card, or no change of it, and why."""
    await _change(session, case_id, tried_at=now, code=code)


async def try_again(session: AsyncSession, survey_id: int) -> None:
    """Let the cases of a survey be tried at once that Slack has refused: somebody has mended something."""
    refused = update(Case).where(col(Case.survey_id) == survey_id, col(Case.tried_at).is_not(None))
    await session.exec(refused.values(tried_at=None))


async def _change(session: AsyncSession, case_id: int, *where: ColumnElement[bool], **values: object) -> bool:
    changing = update(Case).where(col(Case.id) == case_id, *where).values(**values)
    return (await session.exec(changing)).rowcount == 1
