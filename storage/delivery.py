"""What invitations and reminders have in common on their way: when they may be sent, and how they are put off."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, literal, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Invitation, Preference, Reminder, Wave
from storage.upsert import table_of
from storage.words import InvitationState


def in_state(column: Any, state: StrEnum) -> ColumnElement[bool]:  # noqa: ANN401 - an attribute of any table
    """Say that a row is in this state, written out so that the index of that state alone serves."""
    return col(column) == literal(state.value, literal_execute=True)


Moment = datetime | BindParameter[datetime]
"""A time, or the place of one in a statement that is made once and run often."""


def is_open(now: Moment) -> ColumnElement[bool]:
    """Say of a wave that it takes answers."""
    return col(Wave.closed_at).is_(None) & (col(Wave.closes_at) > now)


def is_sending(now: Moment) -> ColumnElement[bool]:
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


async def sending_waves(session: AsyncSession, workspace_id: str, now: datetime) -> list[int]:
    """Return the ids of the workspace's waves that may send now: few, each then asked by its own index."""
    question = select(Wave.id).where(Wave.workspace_id == workspace_id, is_sending(now))
    return list((await session.exec(question)).all())


async def postpone(
    session: AsyncSession, what: type[Invitation] | type[Reminder], send_after: Mapping[int, datetime]
) -> None:
    """Put off, by id, what is planned and could not go out in its hours."""
    if not send_after:
        return
    rows = table_of(what).c
    putting_off = (
        update(table_of(what))
        .where(rows.id == bindparam("postponed"), rows.state == InvitationState.PLANNED)
        .values(send_after=bindparam("later"))
    )
    times = [{"postponed": one, "later": send_after[one]} for one in sorted(send_after)]
    await (await session.connection()).execute(putting_off, times)
