"""A wave closes without anybody waiting: what takes long is done before, in pieces, and the last step is short.

First it takes no more answers, then what was not answered expires piece by piece, then it is counted while others
write. A process may die anywhere in between, and two may be at it at once: the wave is past its time, so the next look
of the clock goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.ballots.opening import destroy_key, require_all_open
from storage.counts import WaveCounts
from storage.database.among import among
from storage.database.upsert import table_of
from storage.delivery import Letters, opted_out
from storage.delivery.invitations import UNANSWERED, expire_invitations
from storage.delivery.reminders import PLANNED, drop_all
from storage.errors import StorageError
from storage.kit.preferences import OPTED_OUT
from storage.privacy.emptied import note_emptied
from storage.privacy.marks import forget_marks
from storage.reports.results import count, freeze
from storage.tables import Invitation, Reminder, Result, Wave
from storage.waves import invited
from storage.waves.planning import finish_planning
from storage.webhooks import tell_of
from storage.words import Event, InvitationState

PAGE = 5_000
PIECE = 500
"""Rows that one transaction ends: tens of milliseconds on SQLite, which has one writer at a time."""


class CountedTooEarly(StorageError):  # noqa: N818 - named for what happened
    """Something of the wave changed after it was counted: count it again."""


@dataclass(frozen=True)
class CountedBefore:
    """What a wave came to, and what the database itself had kept counted of it at that moment."""

    result: Result
    kept: WaveCounts

    async def frozen(self, session: AsyncSession, now: datetime) -> Result:
        """Return the result as of now. Raises CountedTooEarly where something has changed: a person was erased, say."""
        if await _kept(session, self.result.wave_id) != self.kept:
            message = f"wave {self.result.wave_id} has changed since it was counted"
            raise CountedTooEarly(message)
        self.result.frozen_at = now
        return self.result


async def stop_taking(session: AsyncSession, wave_id: int, now: datetime) -> None:
    """Let an open wave take no more answers: from now on its time is over, and it waits to be closed.

    Who taps at this moment holds the wave and is waited for: their answer counts.
    """
    stopping = update(Wave).where(
        col(Wave.id) == wave_id, col(Wave.closed_at).is_(None), col(Wave.was_to_close_at).is_(None)
    )
    over = case((col(Wave.closes_at) > now, now), else_=col(Wave.closes_at))
    await session.exec(stopping.values(was_to_close_at=col(Wave.closes_at), closes_at=over))


async def page_left(session: AsyncSession, letters: Letters, wave_id: int, after: int) -> list[int]:
    """Return the next ids of the invitations that were not answered, or of the reminders that were not sent."""
    is_left = col(Invitation.state).in_(UNANSWERED) if letters is Invitation else PLANNED
    question = (
        select(letters.id)
        .where(col(letters.wave_id) == wave_id, col(letters.id) > after, is_left)
        .order_by(col(letters.id))
        .limit(PAGE)
    )
    return list((await session.exec(question)).all())


async def end_some(session: AsyncSession, letters: Letters, wave: Wave, ids: Sequence[int]) -> None:
    """Let these invitations expire, or drop these reminders, unless another process has done so."""
    connection = await session.connection()
    if letters is Reminder:
        await connection.execute(_DROPPING, {"ids": ids})
        return
    if wave.planned_at is None:  # or it was seen to when it was planned
        await connection.execute(_OPTING_OUT, {"ids": ids})
    await connection.execute(_EXPIRING, {"ids": ids})


async def counted(session: AsyncSession, wave: Wave, now: datetime) -> CountedBefore:
    """Count a wave that takes no more answers and is not closed yet. Raises BallotsLeft."""
    return CountedBefore(await _count(session, wave, now), await _kept(session, wave.id))


async def close_wave(
    session: AsyncSession,
    wave_id: int,
    now: datetime,
    counted: CountedBefore | None = None,
) -> Result | None:
    """Close an open wave, expire what was not answered, and freeze its result. None when it was closed already.

    Taps that hold the wave open (see store_taps) are waited for, so every answer acknowledged is counted. `counted` is
    what the wave came to, if it was counted before; raises CountedTooEarly when that is true no more. Raises BallotsLeft
    where an anonymous wave's ballots are not all open.
    """
    closing = (
        update(Wave)
        .where(col(Wave.id) == wave_id, col(Wave.closed_at).is_(None))
        .values(closed_at=now, redraw_after=0, redrawn_at=None)
    )
    if (await session.exec(closing)).rowcount == 0:
        return None
    as_told = update(Wave).where(col(Wave.id) == wave_id, col(Wave.was_to_close_at).is_not(None))
    await session.exec(as_told.values(closes_at=col(Wave.was_to_close_at), was_to_close_at=None))
    await finish_planning(session, wave_id, now)
    await drop_all(session, wave_id)
    await expire_invitations(session, wave_id)
    closed = await session.get_one(Wave, wave_id)
    await tell_of(session, closed.workspace_id, Event.WAVE_CLOSED, [wave_id], now)
    if closed.is_anonymous:
        await destroy_key(session, wave_id)
    if await forget_marks(session, wave_id):
        await note_emptied(session, closed.workspace_id, now)
    result = await counted.frozen(session, now) if counted else await _count(session, closed, now)
    return await freeze(session, result)


async def _count(session: AsyncSession, wave: Wave, now: datetime) -> Result:
    if wave.is_anonymous:
        await require_all_open(session, wave.id)
    return await count(session, wave, await invited(session, wave), now)


async def _kept(session: AsyncSession, wave_id: int) -> WaveCounts:
    return (await counts.of_waves(session, [wave_id], with_ticked=True))[wave_id]


_DROPPING = delete(table_of(Reminder)).where(among(col(Reminder.id), "ids"), PLANNED)
_EXPIRING = (
    update(table_of(Invitation))
    .where(among(col(Invitation.id), "ids"), col(Invitation.state).in_(UNANSWERED))
    .values(state=InvitationState.EXPIRED)
)
_OPTING_OUT = (
    update(table_of(Invitation))
    .where(among(col(Invitation.id), "ids"), col(Invitation.state) == InvitationState.PLANNED, opted_out())
    .values(state=InvitationState.EXPIRED, code=OPTED_OUT)
)
