"""A ballot is cast: its person has taken part, and a sealed ballot more is in the box. Both are stored, or neither."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, update
from sqlalchemy import select as select_columns
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.answers import AnswerRefusal
from storage.database.among import among
from storage.database.upsert import insert_absent, table_of
from storage.kit.seen_requests import Seen, replayed
from storage.question import ONCE_OFFERED, Offered
from storage.tables import BallotKey, Invitation, SealedBallot, Wave
from storage.words import InvitationState

KEY_BYTES = 16


class Box(NamedTuple):
    """Where the ballots of one wave go: the key that seals them, and what may be ticked. Neither changes while it is open."""

    public_key: bytes
    drivers: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """One person's ballot, sealed already: this process has forgotten what is in it.

    `wave_id` is the wave for which it is sealed, and `seen` the request that brought it.
    """

    invitation_id: int
    wave_id: int
    workspace_id: str
    user_id: str
    sealed: bytes = field(repr=False)
    seen: Seen | None = None


_AskedRow = Row[*tuple[Any, ...]]
"""One row of `_ASKED`: an invitation with its wave."""

_invitations, _waves, _keys = (table_of(model).c for model in (Invitation, Wave, BallotKey))
_ASKED = (
    select_columns(
        _invitations.id,
        _invitations.workspace_id,
        _invitations.user_id,
        _invitations.wave_id,
        _waves.closes_at,
        _waves.closed_at,
        _waves.was_to_close_at,
        _waves.is_anonymous,
    )
    .join_from(table_of(Invitation), table_of(Wave), _waves.id == _invitations.wave_id)
    .where(among(_invitations.id, "ids"))
    # PostgreSQL: the wave cannot close between this look and the commit, so no ballot comes too late to be opened.
    .with_for_update(read=True, of=table_of(Wave))
)
_TAKE_PART = (
    update(table_of(Invitation))
    .where(among(_invitations.id, "ids"), _invitations.state != InvitationState.ANSWERED)
    .values(state=InvitationState.ANSWERED)
    .returning(_invitations.id)
)


async def cast_ballots(
    session: AsyncSession, cast: Sequence[Cast], now: datetime
) -> list[AnswerRefusal | None]:
    """Store many ballots in four statements and return, in their order, why one was refused; None where it is stored.

    Each person has one ballot: of two that come at once the first counts, and the other is refused.
    """
    again = await replayed(session, (one.seen for one in cast))
    connection = await session.connection()
    asked = await _asked(connection, cast)
    refusals = [
        AnswerRefusal.REPLAYED if one.seen in again else _refusal(asked.get(one.invitation_id), one, now)
        for one in cast
    ]
    wanted = {one.invitation_id for one, refusal in zip(cast, refusals, strict=True) if refusal is None}
    took_part = (
        set((await connection.execute(_TAKE_PART, {"ids": sorted(wanted)})).scalars()) if wanted else set()
    )
    told: list[AnswerRefusal | None] = []
    sealed = []
    for one, refusal in zip(cast, refusals, strict=True):
        if refusal is None and one.invitation_id not in took_part:
            refusal = AnswerRefusal.ALREADY_ANSWERED  # noqa: PLW2901 - what becomes of this one
        elif refusal is None:
            took_part.remove(one.invitation_id)
            sealed.append(
                {
                    "wave_id": asked[one.invitation_id].wave_id,
                    "key": secrets.token_bytes(KEY_BYTES),
                    "workspace_id": one.workspace_id,
                    "sealed": one.sealed,
                }
            )
        told.append(refusal)
    await insert_absent(session, SealedBallot, sorted(sealed, key=lambda one: one["key"]))
    return told


async def box(session: AsyncSession, workspace_id: str, wave_id: int) -> Box | None:
    """Return where a wave's ballots go; None where it takes none."""
    question = (
        select_columns(_keys.public_key, _waves.drivers)
        .join_from(table_of(Wave), table_of(BallotKey), _keys.wave_id == _waves.id)
        .where(_waves.id == wave_id, _waves.workspace_id == workspace_id)
    )
    found = (await (await session.connection()).execute(question)).one_or_none()
    return Box(found.public_key, found.drivers or ONCE_OFFERED) if found else None


async def _asked(connection: AsyncConnection, cast: Sequence[Cast]) -> dict[int, _AskedRow]:
    """Return what these people are asked, by their invitations."""
    found = await connection.execute(_ASKED, {"ids": list({one.invitation_id for one in cast})})
    return {one.id: one for one in found}


def _refusal(asked: _AskedRow | None, one: Cast, now: datetime) -> AnswerRefusal | None:
    if asked is None or asked.workspace_id != one.workspace_id or not asked.is_anonymous:
        return AnswerRefusal.UNKNOWN_INVITATION
    if asked.wave_id != one.wave_id:  # forged: sealed for another wave, which alone could open it
        return AnswerRefusal.UNKNOWN_INVITATION
    if asked.user_id != one.user_id:
        return AnswerRefusal.SOMEONE_ELSES
    # One that came a moment too late would be opened after all others, and so known for the last.
    if asked.was_to_close_at is not None or asked.closed_at is not None or asked.closes_at <= now:
        return AnswerRefusal.WAVE_CLOSED
    return None
