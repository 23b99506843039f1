"""A workspace that has removed the app: after a time of grace everything of it goes."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.hanging import delete_with_all
from storage.delivery.outages import REMOVED
from storage.privacy.emptied import note_emptied
from storage.tables import Outage, Person, Workspace


async def removed_since(session: AsyncSession, workspace_id: str) -> datetime | None:
    """Return since when Slack has said that the app is removed; None where it has not, or not last."""
    found = (await session.exec(select(Outage).where(Outage.workspace_id == workspace_id))).one_or_none()
    return found.stopped_at if found and found.code in REMOVED else None


async def is_grace_over(session: AsyncSession, workspace_id: str, now: datetime, grace: timedelta) -> bool:
    """Whether that has been so for the whole time of grace."""
    since = await removed_since(session, workspace_id)
    return since is not None and since + grace <= now


async def erase_workspace(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Erase everything of a workspace. Its id stays, without a name, for the processes that still run."""
    # They hang on nothing.
    await session.exec(delete(Person).where(col(Person.workspace_id) == workspace_id))
    await delete_with_all(session, Workspace, col(Workspace.id) == workspace_id)
    session.add(Workspace(id=workspace_id, name=""))
    await session.flush()
    await note_emptied(session, workspace_id, now)
