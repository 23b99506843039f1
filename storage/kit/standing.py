"""How much there is and how long it waits: a few numbers for a monitor, by a fixed number of indexed statements."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.database.states import in_state, not_in_state
from storage.delivery import Letters, is_sending
from storage.kit.heartbeats import last_clock
from storage.tables import Invitation, Reminder, Run, Wave
from storage.words import InvitationState, ReminderState, RunState


@dataclass(frozen=True)
class WorkspaceStanding:
    """One moment of one workspace. Invitations are those of open waves; what waits is what could be sent now."""

    invitations: dict[InvitationState, int]
    waves: dict[str, int]
    runs: dict[RunState, int]
    oldest_invitation: datetime | None
    oldest_reminder: datetime | None
    last_clock: datetime | None


async def standing(session: AsyncSession, workspace_id: str, now: datetime) -> WorkspaceStanding:
    """Count what is open; history costs nothing."""
    ask = await session.connection()
    is_open = col(Wave.closed_at).is_(None) & (col(Wave.workspace_id) == workspace_id)
    open_waves = list(
        await ask.execute(
            select(
                col(Wave.id),
                col(Wave.planned_at),
                col(Wave.opens_at),
                col(Wave.paused_at),
                col(Wave.paused_for),
            ).where(is_open)
        )
    )
    states = Counter(
        "sending" if wave.paused_at is None else "paused" if wave.paused_for is None else "stopped"
        for wave in open_waves
    )
    planned_at = {wave.id: wave.planned_at or wave.opens_at for wave in open_waves}
    found = Counter[InvitationState]()
    for stands in (await counts.standing(session, list(planned_at))).values():
        for one, many in stands.items():
            found[one.state] += many
    not_done = not_in_state(Run.state, RunState.DONE)
    by_run = select(col(Run.state), func.count()).where(not_done).group_by(col(Run.state))
    runs = {one: count for one, count in await ask.execute(by_run)}  # noqa: C416

    async def oldest(letters: Letters, planned: InvitationState | ReminderState) -> datetime | None:
        """Return since when: since a person's hours began, or since their wave was planned, if that was later."""
        sending = select(col(Wave.id)).where(is_sending(now), col(Wave.workspace_id) == workspace_id)
        due = in_state(letters.state, planned) & (col(letters.send_after) <= now)
        question = (
            select(col(letters.wave_id), func.min(letters.send_after))
            .where(due, col(letters.wave_id).in_(sending))
            .group_by(col(letters.wave_id))
        )
        return min((max(since, planned_at[one]) for one, since in await ask.execute(question)), default=None)

    return WorkspaceStanding(
        invitations={one: found[one] for one in InvitationState},
        waves={one: states[one] for one in ("sending", "paused", "stopped")},
        runs={one: runs.get(one, 0) for one in RunState if one is not RunState.DONE},
        oldest_invitation=await oldest(Invitation, InvitationState.PLANNED),
        oldest_reminder=await oldest(Reminder, ReminderState.PLANNED),
        last_clock=await last_clock(session),
    )
