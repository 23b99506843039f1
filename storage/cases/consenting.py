"""Somebody says whether they may be contacted: it makes a case, ends it, or takes it up again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import webhooks
from storage.cases import case_of, steps
from storage.database.upsert import insert_if_absent
from storage.tables import Case, CaseEvent, Invitation, Survey, Wave
from storage.words import CaseEnding, CaseState, CaseStep, Event


async def consent(
    session: AsyncSession, invitation_id: int, now: datetime, due_at: datetime | None = None
) -> Case | None:
    """Let the person of an invitation be contacted, by `due_at`; None where their survey has no channel for that, or is anonymous.

    Somebody who took it back before gets another card; the old one has forgotten what they said, or will.
    """
    question = (
        select(Invitation, Survey)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Invitation.id == invitation_id,
            col(Survey.follow_up_channel).is_not(None),
            col(Wave.is_anonymous).is_(False),
        )
    )
    found = (await session.exec(question)).one_or_none()
    if found is None:
        return None
    invitation, survey = found
    row = {
        "workspace_id": survey.workspace_id,
        "survey_id": survey.id,
        "invitation_id": invitation_id,
        "user_id": invitation.user_id,
        "state": CaseState.OPEN,
        "opened_at": now,
        "due_at": due_at,
        "version": 1,
        "drawn": 1,
    }
    is_new = await insert_if_absent(session, Case, row)
    case = await case_of(session, invitation_id)
    assert case is not None  # noqa: S101 - inserted above, in this transaction, or before
    if is_new or await _take_up(session, case, now, due_at):
        session.add(
            CaseEvent(
                workspace_id=survey.workspace_id,
                case_id=case.id,
                step=CaseStep.OPENED,
                by=invitation.user_id,
                at=now,
            )
        )
        await webhooks.tell_of(session, survey.workspace_id, Event.CASE_OPENED, [case.id], now)
    return case


async def zone_of_survey(session: AsyncSession, invitation_id: int) -> str:
    """Return the time zone of the survey that an invitation is of."""
    question = (
        select(Survey.time_zone)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .join(Invitation, col(Invitation.wave_id) == Wave.id)
        .where(Invitation.id == invitation_id)
    )
    return (await session.exec(question)).one()


async def _take_up(session: AsyncSession, case: Case, now: datetime, due_at: datetime | None) -> bool:
    """Open a case again that its person has ended."""
    shown_last = case.version
    as_new = {
        "state": CaseState.OPEN,
        "opened_at": now,
        "due_at": due_at,
        "owner": None,
        "contacted_at": None,
        "closed_at": None,
        "ending": None,
        "version": col(Case.version) + 1,
    }
    ended = (
        update(Case)
        .where(col(Case.id) == case.id, col(Case.ending).in_([CaseEnding.SETTLED, CaseEnding.WITHDRAWN]))
        .values(**as_new)
    )
    if (await session.exec(ended)).rowcount == 0:
        return False
    # A card that has forgotten the words stays as it is: the channel gets a new one. One that was yet to forget shows it.
    forgotten = update(Case).where(col(Case.id) == case.id, col(Case.drawn) == shown_last)
    places = dict.fromkeys(("channel_id", "message_ts", "line_channel", "line_ts", "code", "tried_at"))
    await session.exec(forgotten.values(**places, drawn=col(Case.version)))
    return True


async def withdraw(session: AsyncSession, invitation_id: int, now: datetime) -> Case | None:
    """Let the person be contacted no more; None where nobody might."""
    case = await case_of(session, invitation_id)
    return case if case and await steps.end(session, case, CaseEnding.WITHDRAWN, now) else None


async def answers_changed(session: AsyncSession, invitation_ids: Collection[int]) -> None:
    """Let the cards of these answers say what they say now."""
    changed = update(Case).where(
        col(Case.invitation_id).in_(invitation_ids), col(Case.state) != CaseState.CLOSED
    )
    await session.exec(changed.values(version=col(Case.version) + 1))


async def forget(session: AsyncSession, invitation_ids: Collection[int]) -> None:
    """Delete the cases of these invitations, with their history."""
    theirs = select(Case.id).where(col(Case.invitation_id).in_(invitation_ids))
    await session.exec(delete(CaseEvent).where(col(CaseEvent.case_id).in_(theirs)))
    await session.exec(delete(Case).where(col(Case.invitation_id).in_(invitation_ids)))
