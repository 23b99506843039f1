"""A question that anybody in a channel may answer: a person who taps it gets an invitation by that."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.delivery import is_open
from storage.tables import Invitation, Survey, Wave
from storage.upsert import insert_if_absent
from storage.words import InvitationState


async def join(  # noqa: PLR0913, PLR0917 - who, what and when
    session: AsyncSession, workspace_id: str, wave_id: int, user_id: str, time_zone: str, now: datetime
) -> int | None:
    """Return the id of this person's invitation to an open question, made if need be; None when it takes no answers."""
    question = (
        select(Survey)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .where(Wave.id == wave_id, Wave.workspace_id == workspace_id, is_open(now))
    )
    survey = (await session.exec(question)).one_or_none()
    if survey is None or not survey.audience.open_channel:
        return None
    row = {
        "workspace_id": workspace_id,
        "wave_id": wave_id,
        "user_id": user_id,
        "state": InvitationState.DELIVERED,
        "delivered_at": now,
        "send_after": now,
        "time_zone": time_zone,
    }
    await insert_if_absent(session, Invitation, row)
    theirs = select(Invitation.id).where(Invitation.wave_id == wave_id, Invitation.user_id == user_id)
    return (await session.exec(theirs)).one()
