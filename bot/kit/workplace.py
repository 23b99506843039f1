"""How a workspace wants its people to be asked: read once for each thing that is done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import cache, partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.rules.working_hours import USUAL, WorkingTime
from bot.kit.services import Services
from storage.kit import people, workspace_settings
from storage.tables import WorkspaceSettings


@dataclass(frozen=True)
class Workplace:
    """How long nobody is asked again, and when people may be spoken to."""

    quarantine_days: int
    working: WorkingTime = USUAL


async def workplace(session: AsyncSession, workspace_id: str) -> Workplace:
    days = await people.quarantine_days(session, workspace_id)
    return Workplace(days, as_working_time(await workspace_settings.chosen(session, workspace_id)))


async def working_time(services: Services) -> WorkingTime:
    """Return when the people of the workspace may be spoken to."""
    async with services.database.reading() as session:
        return as_working_time(await workspace_settings.chosen(session, services.workspace_id))


async def awake(services: Services) -> Callable[[str], bool]:
    """Return what says of a time zone whether people there may be spoken to now; many share one."""
    return cache(partial((await working_time(services)).is_inside, services.clock()))


def as_working_time(chosen: WorkspaceSettings | None) -> WorkingTime:
    """Return what managers set; where they set nothing, Monday to Friday from nine to five."""
    if chosen is None:
        return USUAL
    return WorkingTime(
        days=USUAL.days if chosen.working_days is None else tuple(chosen.working_days),
        opens=USUAL.opens if chosen.opens_minute is None else clock_of(chosen.opens_minute),
        closes=USUAL.closes if chosen.closes_minute is None else clock_of(chosen.closes_minute),
        holidays=tuple(chosen.holidays),
    )


def clock_of(minute: int) -> time:
    """Return the clock time so many minutes after midnight."""
    return time(minute // 60, minute % 60)
