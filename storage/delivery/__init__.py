"""What invitations and reminders have in common on their way: when they may be sent, and what became of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, bindparam, case, delete, exists, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.states import in_state
from storage.database.upsert import table_of
from storage.tables import Invitation, Preference, Reminder, Wave
from storage.words import InvitationState, LeftOutBecause, ReminderState

Letters = type[Invitation] | type[Reminder]
"""A table of things that are each sent once. Its states have the names of an invitation's."""


TimeOrPlace = datetime | BindParameter[datetime]
"""A time, or the place of one in a statement that is made once and run often."""


def is_open(now: TimeOrPlace) -> ColumnElement[bool]:
    """Say of a wave that it takes answers."""
    return col(Wave.closed_at).is_(None) & (col(Wave.closes_at) > now)


def is_sending(now: TimeOrPlace) -> ColumnElement[bool]:
    """Say of a wave that what it has planned may go out: it is open and nobody has paused it."""
    return is_open(now) & col(Wave.paused_at).is_(None)


def of_wave(wave: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say of an invitation that its wave is as told."""
    return exists(select(Wave.id).where(col(Wave.id) == Invitation.wave_id, wave))


def opted_out() -> ColumnElement[bool]:
    """Say of an invitation that its person does not want to be asked."""
    return exists(
        select(Preference.user_id).where(
            Preference.workspace_id == Invitation.workspace_id,
            Preference.user_id == Invitation.user_id,
            col(Preference.opted_out_at).is_not(None),
        )
    )


async def sending_waves(
    session: AsyncSession, workspace_id: str, letters: Letters, now: datetime
) -> list[int]:
    """Return the ids of the workspace's waves that have such letters to send now: few, each then asked by its own index."""
    planned = in_state(letters.state, _state(letters, InvitationState.PLANNED))
    is_due = exists(
        select(letters.id).where(col(letters.wave_id) == Wave.id, planned, col(letters.send_after) <= now)
    )
    question = select(Wave.id).where(Wave.workspace_id == workspace_id, is_sending(now), is_due)
    return list((await session.exec(question)).all())


async def postpone(session: AsyncSession, letters: Letters, send_after: Mapping[int, datetime]) -> None:
    """Put off, by id, what is planned and did not go out in its person's hours."""
    if not send_after:
        return
    rows = table_of(letters).c
    putting_off = (
        update(table_of(letters))
        .where(rows.id == bindparam("postponed"), rows.state == _state(letters, InvitationState.PLANNED))
        .values(send_after=bindparam("later"))
    )
    times = [{"postponed": one, "later": send_after[one]} for one in sorted(send_after)]
    await (await session.connection()).execute(putting_off, times)


async def leave_out(session: AsyncSession, letters: Letters, because: Mapping[int, LeftOutBecause]) -> None:
    """Send nothing, by id, to people that Slack meanwhile named as not to be asked.

    An invitation says why, unless it has reached its person before. A reminder goes without a trace.
    """
    for row_id in sorted(because):
        this_one = (col(letters.id) == row_id) & (
            col(letters.state) == _state(letters, InvitationState.PLANNED)
        )
        if letters is Reminder:
            await session.exec(delete(Reminder).where(this_one))
        else:
            never_reached = col(Invitation.delivered_at).is_(None)
            why = case((never_reached, because[row_id].value), else_=None)
            await session.exec(
                update(Invitation).where(this_one).values(state=InvitationState.EXPIRED, code=why)
            )


async def record_failed(session: AsyncSession, letters: Letters, row_id: int, code: str) -> None:
    """Record that Slack said no, and its error code."""
    came_from = [InvitationState.CLAIMED, InvitationState.UNCERTAIN]
    await move(session, letters, row_id, came_from, InvitationState.FAILED, {"code": code})


async def record_uncertain(session: AsyncSession, letters: Letters, row_id: int) -> None:
    """Record that Slack's reply never came: the message may or may not stand there."""
    await move(session, letters, row_id, [InvitationState.CLAIMED], InvitationState.UNCERTAIN)


async def put_back(session: AsyncSession, letters: Letters, row_id: int) -> None:
    """Let what was claimed wait again: Slack said that it took nothing."""
    waits_again = {"claimed_at": None}
    await move(session, letters, row_id, [InvitationState.CLAIMED], InvitationState.PLANNED, waits_again)


async def mark_abandoned(session: AsyncSession, letters: Letters, claimed_before: datetime) -> int:
    """Make uncertain what was claimed before that time and never recorded; return how many."""
    claimed = in_state(letters.state, _state(letters, InvitationState.CLAIMED))
    marking = (
        update(letters)
        .where(claimed, col(letters.claimed_at) < claimed_before)
        .values(state=_state(letters, InvitationState.UNCERTAIN))
    )
    return (await session.exec(marking)).rowcount


async def move(  # noqa: PLR0913, PLR0917 - which row, from where, to where, with what, on which condition
    session: AsyncSession,
    letters: Letters,
    row_id: int,
    came_from: Sequence[InvitationState],
    to: InvitationState,
    values: Mapping[str, object] | None = None,
    *conditions: ColumnElement[bool],
) -> bool:
    """Move one row from any of some states to another; False when it stands in none of them, or a condition fails."""
    allowed = col(letters.state).in_([_state(letters, state) for state in came_from])
    moving = update(letters).where(col(letters.id) == row_id, allowed, *conditions)
    moved = await session.exec(moving.values(state=_state(letters, to), **(values or {})))
    return moved.rowcount == 1


def _state(letters: Letters, state: InvitationState) -> StrEnum:
    return ReminderState(state.value) if letters is Reminder else state
