"""A question that anybody in a channel may answer: a person who taps it gets an invitation by that."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.cases import consenting
from storage.database.upsert import insert_if_absent
from storage.delivery import is_open
from storage.privacy.emptied import note_emptied
from storage.reports.results import count, freeze
from storage.reports.taken_back import without
from storage.tables import Answer, Invitation, Newcomer, Person, Reminder, Result, Survey, Wave
from storage.words import InvitationState


async def join(
    session: AsyncSession, workspace_id: str, wave_id: int, user_id: str, now: datetime
) -> int | None:
    """Return the id of this person's invitation to an open question, made if need be; None when it takes no answers.

    Nobody waits for Slack here: somebody unknown is a newcomer until it has told who they are.
    """
    question = (
        select(Survey)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .where(Wave.id == wave_id, Wave.workspace_id == workspace_id, is_open(now))
    )
    survey = (await session.exec(question)).one_or_none()
    if survey is None or not survey.audience.open_channel:
        return None
    known = await session.get(Person, (workspace_id, user_id))
    row = {
        "workspace_id": workspace_id,
        "wave_id": wave_id,
        "user_id": user_id,
        "state": InvitationState.DELIVERED,
        "delivered_at": now,
        "send_after": now,
        "time_zone": known.time_zone if known else "UTC",
    }
    is_new = await insert_if_absent(session, Invitation, row)
    theirs = select(Invitation.id).where(Invitation.wave_id == wave_id, Invitation.user_id == user_id)
    invitation_id = (await session.exec(theirs)).one()
    if is_new and known is None:
        newcomer = {"invitation_id": invitation_id, "workspace_id": workspace_id, "user_id": user_id}
        await insert_if_absent(session, Newcomer, newcomer)
    return invitation_id


async def newcomers(session: AsyncSession, workspace_id: str, limit: int) -> list[str]:
    """Return the user ids of newcomers, those first who have answered first."""
    question = (
        select(Newcomer.user_id)
        .where(Newcomer.workspace_id == workspace_id)
        .group_by(Newcomer.user_id)
        .order_by(func.min(Newcomer.invitation_id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def welcome(session: AsyncSession, workspace_id: str, user_id: str, time_zone: str | None) -> None:
    """Let somebody be a newcomer no more, and their time zone be theirs, where Slack told it."""
    if time_zone:
        placing = update(Invitation).where(col(Invitation.id).in_(_invitations_of(workspace_id, user_id)))
        await session.exec(placing.values(time_zone=time_zone))
    await session.exec(delete(Newcomer).where(*_is(workspace_id, user_id)))


async def take_back(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> int:
    """Take back the answers of a newcomer that Slack does not know; return how many. Frozen results lose those alone."""
    theirs = _invitations_of(workspace_id, user_id)
    invited = list((await session.exec(theirs)).all())
    in_waves = select(Wave).where(
        col(Wave.id).in_(select(Invitation.wave_id).where(col(Invitation.id).in_(theirs)))
    )
    waves = list((await session.exec(in_waves)).all())
    results = [(wave, frozen) for wave in waves if (frozen := await session.get(Result, wave.id))]
    before = {wave.id: await count(session, wave, frozen.invited, now) for wave, frozen in results}
    await session.exec(delete(Newcomer).where(*_is(workspace_id, user_id)))
    answered = await session.exec(delete(Answer).where(col(Answer.invitation_id).in_(invited)))
    await session.exec(delete(Reminder).where(col(Reminder.invitation_id).in_(invited)))
    await consenting.forget(session, invited)
    await session.exec(delete(Invitation).where(col(Invitation.id).in_(invited)))
    for wave, frozen in results:
        after = await count(session, wave, frozen.invited, now)
        await freeze(session, without(frozen, before[wave.id], after))
    if answered.rowcount:
        await note_emptied(session, workspace_id, now)
    return answered.rowcount


def _is(workspace_id: str, user_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Newcomer.workspace_id) == workspace_id, col(Newcomer.user_id) == user_id


def _invitations_of(workspace_id: str, user_id: str) -> SelectOfScalar[int]:
    return select(Newcomer.invitation_id).where(*_is(workspace_id, user_id))
