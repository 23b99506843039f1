"""Who does not want to be asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among
from storage.database.upsert import insert_or_update
from storage.delivery import of_wave
from storage.tables import Invitation, Preference, Wave
from storage.words import InvitationState, LeftOutBecause

OPTED_OUT = LeftOutBecause.OPTED_OUT.value
"""The code of an invitation that was never sent, since its person does not want it."""


async def opt_out(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> None:
    """Ask this person nothing from now on; what is planned for them expires."""
    await _prefer(session, workspace_id, user_id, now)
    await session.exec(
        update(Invitation)
        .where(
            col(Invitation.workspace_id) == workspace_id,
            col(Invitation.user_id) == user_id,
            col(Invitation.state) == InvitationState.PLANNED,
        )
        .values(state=InvitationState.EXPIRED, code=OPTED_OUT)
    )


async def undo_opt_out(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Ask this person again, also what expired for that alone in waves that are open still."""
    await _prefer(session, workspace_id, user_id, None)
    await session.exec(
        update(Invitation)
        .where(
            col(Invitation.workspace_id) == workspace_id,
            col(Invitation.user_id) == user_id,
            col(Invitation.state) == InvitationState.EXPIRED,
            col(Invitation.code) == OPTED_OUT,
            of_wave(col(Wave.closed_at).is_(None)),
        )
        .values(state=InvitationState.PLANNED, code=None)
    )


async def opted_out_among(session: AsyncSession, workspace_id: str, user_ids: Sequence[str]) -> set[str]:
    """Return those of the people who do not want to be asked."""
    question = select(Preference.user_id).where(
        Preference.workspace_id == workspace_id,
        among(col(Preference.user_id), "user_ids"),
        col(Preference.opted_out_at).is_not(None),
    )
    return set(await session.exec(question, params={"user_ids": user_ids}))


async def _prefer(
    session: AsyncSession, workspace_id: str, user_id: str, opted_out_at: datetime | None
) -> None:
    row = {"workspace_id": workspace_id, "user_id": user_id, "opted_out_at": opted_out_at}
    await insert_or_update(session, Preference, [row], change=("opted_out_at",))
