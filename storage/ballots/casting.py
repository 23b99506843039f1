"""A ballot is cast: its person has taken part, and a sealed ballot more is in the box. Both are stored, or neither."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, update
from sqlalchemy import select as select_columns
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.answers import Refusal
from storage.database.upsert import insert_absent, table_of
from storage.tables import BallotKey, Invitation, SealedBallot, Wave
from storage.words import InvitationState

KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cast:
    """One person's ballot, sealed already: this process has forgotten what is in it."""

    invitation_id: int
    workspace_id: str
    user_id: str
    sealed: bytes = field(repr=False)


_invitations, _waves = table_of(Invitation).c, table_of(Wave).c
_ASKED = (
    select_columns(
        _invitations.id,
        _invitations.workspace_id,
        _invitations.user_id,
        _invitations.wave_id,
        _invitations.state,
        _waves.closes_at,
        _waves.closed_at,
        _waves.is_anonymous,
    )
    .join_from(table_of(Invitation), table_of(Wave), _waves.id == _invitations.wave_id)
    .where(_invitations.id.in_(bindparam("ids", expanding=True)))
    # PostgreSQL: the wave cannot close between this look and the commit, so no ballot comes too late to be opened.
    .with_for_update(read=True, of=table_of(Wave))
)
_TAKE_PART = (
    update(table_of(Invitation))
    .where(
        _invitations.id.in_(bindparam("ids", expanding=True)), _invitations.state != InvitationState.ANSWERED
    )
    .values(state=InvitationState.ANSWERED)
    .returning(_invitations.id)
)


async def cast_ballots(session: AsyncSession, cast: Sequence[Cast], now: datetime) -> list[Refusal | None]:
    """Store many ballots in three statements and return, in their order, why one was refused; None where it is stored.

    Each person has one ballot: of two that come at once the first counts, and the other is refused.
    """
    connection = await session.connection()
    rows = await connection.execute(_ASKED, {"ids": list({one.invitation_id for one in cast})})
    asked = {row.id: row for row in rows}
    refusals = [_refusal(asked.get(one.invitation_id), one, now) for one in cast]
    wanted = {one.invitation_id for one, refusal in zip(cast, refusals, strict=True) if refusal is None}
    took_part = (
        set((await connection.execute(_TAKE_PART, {"ids": sorted(wanted)})).scalars()) if wanted else set()
    )
    told: list[Refusal | None] = []
    sealed = []
    for one, refusal in zip(cast, refusals, strict=True):
        if refusal is None and one.invitation_id not in took_part:
            refusal = Refusal.ALREADY_ANSWERED  # noqa: PLW2901 - what becomes of this one
        elif refusal is None:
            took_part.remove(one.invitation_id)
            wave = asked[one.invitation_id]
            sealed.append(
                {
                    "wave_id": wave.wave_id,
                    "key": secrets.token_bytes(KEY_BYTES),
                    "workspace_id": wave.workspace_id,
                    "sealed": one.sealed,
                }
            )
        told.append(refusal)
    await insert_absent(session, SealedBallot, sorted(sealed, key=lambda one: one["key"]))
    return told


async def public_key(session: AsyncSession, wave_id: int) -> bytes | None:
    """Return the key to seal a wave's ballots with; None where it takes none."""
    key = await session.get(BallotKey, wave_id)
    return key.public_key if key else None


def _refusal(asked: Row[*tuple[Any, ...]] | None, one: Cast, now: datetime) -> Refusal | None:
    if asked is None or asked.workspace_id != one.workspace_id or not asked.is_anonymous:
        return Refusal.UNKNOWN_INVITATION
    if asked.user_id != one.user_id:
        return Refusal.SOMEONE_ELSES
    if asked.closed_at is not None or asked.closes_at <= now:
        return Refusal.WAVE_CLOSED
    return None
