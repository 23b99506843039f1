from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import ColumnElement, case, func, literal, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Invitation, InvitationState, Survey, Wave
from storage.upsert import insert_absent

PLANNED_AT_ONCE = 1000
"""Rows held in memory while a large audience is planned."""


def is_state(state: InvitationState) -> ColumnElement[bool]:
    """Say that an invitation is in this state, written out so that the index of that state alone serves."""
    return col(Invitation.state) == literal(state.value, literal_execute=True)


async def plan_invitations(session: AsyncSession, wave: Wave, user_ids: Iterable[str]) -> None:
    """Plan one invitation for each person; those planned already stay as they are."""
    people = iter(dict.fromkeys(user_ids))
    while batch := list(islice(people, PLANNED_AT_ONCE)):
        rows = [{"workspace_id": wave.workspace_id, "wave_id": wave.id, "user_id": one} for one in batch]
        await insert_absent(session, Invitation, rows)


async def waiting(session: AsyncSession, limit: int) -> list[Invitation]:
    """Return the planned invitations of open waves, oldest first."""
    question = (
        select(Invitation)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(is_state(InvitationState.PLANNED), col(Wave.closed_at).is_(None))
        .order_by(col(Invitation.id))
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def record_delivered(
    session: AsyncSession, invitation_id: int, channel_id: str, message_ts: str, now: datetime
) -> None:
    """Record where the message stands. Whoever answered before this was recorded stays answered."""
    state = col(Invitation.state)
    reached = case(
        (state.in_([InvitationState.CLAIMED, InvitationState.UNCERTAIN]), InvitationState.DELIVERED),
        else_=state,
    )
    await session.exec(
        update(Invitation)
        .where(col(Invitation.id) == invitation_id)
        .values(state=reached, channel_id=channel_id, message_ts=message_ts, delivered_at=now)
    )


async def record_failed(session: AsyncSession, invitation_id: int, reason: str) -> None:
    """Record that Slack said no, and its error code."""
    came_from = [InvitationState.CLAIMED, InvitationState.UNCERTAIN]
    await _move(session, invitation_id, came_from, {"state": InvitationState.FAILED, "reason": reason})


async def record_uncertain(session: AsyncSession, invitation_id: int) -> None:
    """Record that Slack's reply never came: the message may or may not stand there."""
    await _move(session, invitation_id, [InvitationState.CLAIMED], {"state": InvitationState.UNCERTAIN})


async def put_back(session: AsyncSession, invitation_id: int) -> None:
    """Let a claimed invitation wait again: Slack said that it took nothing."""
    waiting_again = {"state": InvitationState.PLANNED, "claimed_at": None}
    await _move(session, invitation_id, [InvitationState.CLAIMED], waiting_again)


async def mark_abandoned(session: AsyncSession, claimed_before: datetime) -> int:
    """Make uncertain whatever was claimed before that time and never recorded; return how many."""
    abandoned = is_state(InvitationState.CLAIMED) & (col(Invitation.claimed_at) < claimed_before)
    marking = update(Invitation).where(abandoned).values(state=InvitationState.UNCERTAIN)
    return (await session.exec(marking)).rowcount


async def expire_invitations(session: AsyncSession, wave_id: int) -> None:
    """Expire what was not answered; a refusal by Slack stays on record."""
    stays = (InvitationState.ANSWERED, InvitationState.FAILED)
    await session.exec(
        update(Invitation)
        .where(col(Invitation.wave_id) == wave_id, col(Invitation.state).not_in(stays))
        .values(state=InvitationState.EXPIRED)
    )


async def invitation_with_wave(
    session: AsyncSession, invitation_id: int
) -> tuple[Invitation, Wave, Survey] | None:
    question = (
        select(Invitation, Wave, Survey)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(Invitation.id == invitation_id)
    )
    row = (await session.exec(question)).one_or_none()
    return row and (row[0], row[1], row[2])


async def open_invitations_of(
    session: AsyncSession, workspace_id: str, user_id: str
) -> list[tuple[Invitation, Wave, Survey, Answer | None]]:
    """Return what one person is asked in open waves, the newest wave first, with the answer given so far."""
    question = (
        select(Invitation, Wave, Survey, Answer)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .outerjoin(Answer, col(Answer.invitation_id) == Invitation.id)
        .where(
            Invitation.workspace_id == workspace_id,
            Invitation.user_id == user_id,
            col(Wave.closed_at).is_(None),
        )
        .order_by(col(Wave.id).desc())
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.exec(question)]


async def delivery_counts(session: AsyncSession, wave_id: int) -> dict[InvitationState, int]:
    """Return how many of the wave's invitations are in each state, zeros included."""
    question = (
        select(Invitation.state, func.count())
        .where(Invitation.wave_id == wave_id)
        .group_by(col(Invitation.state))
    )
    counted = dict((await session.exec(question)).all())
    return {state: counted.get(state, 0) for state in InvitationState}


async def invited_count(session: AsyncSession, wave_id: int) -> int:
    """Return how many people the question surely reached: it was delivered, or they answered it."""
    reached = col(Invitation.delivered_at).is_not(None) | (Invitation.state == InvitationState.ANSWERED)
    return (await session.exec(select(func.count()).where(Invitation.wave_id == wave_id, reached))).one()


async def failures(session: AsyncSession, wave_id: int) -> list[Invitation]:
    """Return the invitations that Slack refused, with its reasons."""
    question = (
        select(Invitation)
        .where(Invitation.wave_id == wave_id, Invitation.state == InvitationState.FAILED)
        .order_by(col(Invitation.id))
    )
    return list((await session.exec(question)).all())


async def uncertain_invitations(session: AsyncSession, workspace_id: str | None = None) -> list[Invitation]:
    """Return the invitations that may or may not have arrived, of one workspace or of all."""
    question = select(Invitation).where(is_state(InvitationState.UNCERTAIN)).order_by(col(Invitation.id))
    if workspace_id is not None:
        question = question.where(Invitation.workspace_id == workspace_id)
    return list((await session.exec(question)).all())


async def _move(
    session: AsyncSession,
    invitation_id: int,
    came_from: Sequence[InvitationState],
    values: Mapping[str, object],
) -> None:
    allowed = col(Invitation.state).in_(came_from)
    await session.exec(
        update(Invitation).where(col(Invitation.id) == invitation_id, allowed).values(**values)
    )
