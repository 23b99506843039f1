"""What the managers of a workspace have set for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_or_update
from storage.tables import WorkspaceSettings


async def chosen(session: AsyncSession, workspace_id: str) -> WorkspaceSettings | None:
    """Return what was set; None where nothing ever was."""
    return await session.get(WorkspaceSettings, workspace_id)


async def change(
    session: AsyncSession, workspace_id: str, changes: Mapping[str, Any], by: str | None, now: datetime
) -> None:
    """Set some of it, by column, and leave the rest; None stands for what the environment says."""
    values = {**changes, "changed_by": by, "changed_at": now}
    row = WorkspaceSettings(workspace_id=workspace_id, **values).model_dump()
    await insert_or_update(session, WorkspaceSettings, [row], change=tuple(values))
