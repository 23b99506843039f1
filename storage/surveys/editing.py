"""A survey is changed: all of it from the next wave on, and of the open one what its people were not told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import NameTaken
from storage.surveys import find_survey, survey_key
from storage.surveys.agenda import set_at_once
from storage.tables import Invitation, PersonLeftOut, Reminder, Survey, Wave
from storage.words import InvitationState, ReminderState


async def change_survey(
    session: AsyncSession, survey: Survey, changes: Mapping[str, Any], now: datetime
) -> None:
    """Write the changes, by column, `name` among them. Raises NameTaken.

    A wave that an older release opened keeps the question it was opened with.
    """
    name = " ".join(str(changes["name"]).split())
    other = await find_survey(session, survey.workspace_id, name)
    if other and other.id != survey.id:
        raise NameTaken(name)
    told = update(Wave).where(col(Wave.survey_id) == survey.id, col(Wave.subject).is_(None))
    await session.exec(told.values(subject=survey.subject, kind=survey.kind, wording=survey.wording))
    row = {**changes, "name": name, "key": survey_key(name)}
    await session.exec(update(Survey).where(col(Survey.id) == survey.id).values(**row))
    await set_at_once(session, survey.id, now)


async def close_later(session: AsyncSession, wave_id: int, closes_at: datetime) -> bool:
    """Let an open wave close later. False when it is closed or being closed, or closes as late without that."""
    later = update(Wave).where(
        col(Wave.id) == wave_id,
        col(Wave.closed_at).is_(None),
        col(Wave.was_to_close_at).is_(None),
        col(Wave.closes_at) < closes_at,
    )
    return (await session.exec(later.values(closes_at=closes_at))).rowcount == 1


async def plan_again(session: AsyncSession, wave_id: int) -> bool:
    """Forget the people that an open wave has not asked yet, and let its audience be read again.

    False while a process plans it. Those who have the question, or put it off, keep it.
    """
    planned = update(Wave).where(
        col(Wave.id) == wave_id, col(Wave.closed_at).is_(None), col(Wave.planned_at).is_not(None)
    )
    if (await session.exec(planned.values(planned_at=None, planning_at=None, left_out={}))).rowcount == 0:
        return False
    untouched = (
        col(Invitation.wave_id) == wave_id,
        col(Invitation.state) == InvitationState.PLANNED,
        col(Invitation.claimed_at).is_(None),
        col(Invitation.delivered_at).is_(None),
        col(Invitation.snoozed_until).is_(None),
    )
    theirs = select(Invitation.id).where(*untouched)
    await session.exec(delete(Reminder).where(col(Reminder.invitation_id).in_(theirs)))
    await session.exec(delete(Invitation).where(*untouched))
    await session.exec(delete(PersonLeftOut).where(col(PersonLeftOut.wave_id) == wave_id))
    return True


async def drop_reminders_beyond(session: AsyncSession, wave_id: int, number: int) -> None:
    """Forget the planned reminders of a wave beyond so many a person."""
    await session.exec(
        delete(Reminder).where(
            col(Reminder.wave_id) == wave_id,
            col(Reminder.state) == ReminderState.PLANNED,
            col(Reminder.number) > number,
        )
    )
