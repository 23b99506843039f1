"""One pace for each workspace, which all its clocks share: its row is held while turns are taken from it."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_if_absent
from storage.tables import Pace


async def held_pace(session: AsyncSession, workspace_id: str, tokens: float, now: datetime) -> Pace:
    """Return the workspace's pace, which is this transaction's alone until it ends; a new one has `tokens` to spend.

    What is changed in the row is stored with the transaction.
    """
    holding = select(Pace).where(col(Pace.workspace_id) == workspace_id).with_for_update()
    if (held := (await session.exec(holding)).one_or_none()) is None:
        full = {"tokens": tokens, "speed": 1.0, "counted_at": now, "resumes_at": now}
        await insert_if_absent(session, Pace, {"workspace_id": workspace_id, **full})
        held = (await session.exec(holding)).one()
    return held
