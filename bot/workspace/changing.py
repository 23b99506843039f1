"""A manager looks at the settings of the workspace, and changes them."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.kit.people import Who, manager, words_of
from bot.kit.request import Request
from bot.kit.rules.public_holidays import regions_by_country
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.workplace import as_working_time
from bot.logs import log
from bot.surveys.previewing import user_groups
from bot.workspace.rules.parts import SettingsPart
from bot.workspace.rules.wishes import Wishes
from bot.workspace.views import settings
from bot.workspace.views.settings import SettingsFacts
from bot.workspace.views.settings_changed import ChangedFacts, Managing
from storage.kit import people, workspace_settings
from storage.words import QUARANTINE_DAYS

_COLUMNS = {
    SettingsPart.QUARANTINE: ("quarantine_days",),
    SettingsPart.HOURS: ("working_days", "opens_minute", "closes_minute"),
    SettingsPart.HOLIDAYS: ("holidays",),
    SettingsPart.MANAGERS: ("managers", "manager_groups"),
}


async def show_settings(services: Services, request: Request) -> None:
    """Open the form with what counts now. Raises Refused."""
    somebody = await manager(services, request.who)
    groups, known = await asyncio.gather(user_groups(services), asyncio.to_thread(regions_by_country))
    facts = replace(await settings_now(services), groups_offered=groups, countries=tuple(known))
    await services.slack.open_view(request.trigger_id, settings.render(facts, words_of(somebody)))


async def settings_now(services: Services) -> SettingsFacts:
    """Read what counts for the workspace now."""
    async with services.database.reading() as session:
        chosen = await workspace_settings.chosen(session, services.workspace_id)
        days = await people.quarantine_days(session, services.workspace_id)
        ours = await people.workspace(session, services.workspace_id)
    own = {part for part, columns in _COLUMNS.items() if chosen and _is_set(chosen.model_dump(), columns)}
    return SettingsFacts(
        quarantine_days=days,
        working=as_working_time(chosen),
        managers=tuple(chosen.managers) if chosen else (),
        manager_groups=tuple(chosen.manager_groups) if chosen else (),
        own=frozenset(own),
        usual_quarantine=ours.quarantine_days if ours else QUARANTINE_DAYS,
    )


def _is_set(row: Mapping[str, Any], columns: tuple[str, ...]) -> bool:
    return any(row[column] not in (None, []) for column in columns)


async def change(services: Services, who: Who, wishes: Wishes) -> ChangedFacts:
    """Set what a manager wishes, and say what that changed. Raises Refused."""
    await manager(services, who)
    return await change_as_operator(services, wishes, who.user_id)


async def change_as_operator(services: Services, wishes: Wishes, by: str | None = None) -> ChangedFacts:
    """Set what differs from what counts, and say what that changed: the rest stays as the environment says it."""
    before = await settings_now(services)
    if changes := _changes(before, wishes):
        async with services.database.writing() as session:
            await workspace_settings.change(session, services.workspace_id, changes, by, services.clock())
        log.info("settings.changed", columns=sorted(changes))
    after = await settings_now(services)
    return ChangedFacts(
        quarantine_days=after.quarantine_days if after.quarantine_days != before.quarantine_days else None,
        working=after.working if _hours(after) != _hours(before) else None,
        holidays=after.working.holidays if after.working.holidays != before.working.holidays else None,
        managing=await _managing(services, before, after),
    )


def _hours(facts: SettingsFacts) -> WorkingTime:
    return replace(facts.working, holidays=())


async def _managing(services: Services, before: SettingsFacts, after: SettingsFacts) -> Managing | None:
    if (before.managers, before.manager_groups) == (after.managers, after.manager_groups):
        return None
    names = dict(await user_groups(services)) if after.manager_groups else {}
    return Managing(after.managers, tuple(names.get(group, group) for group in after.manager_groups))


def _changes(before: SettingsFacts, wishes: Wishes) -> dict[str, object]:
    """Return what to store, by column: what goes back, or differs."""
    changes: dict[str, object] = {}
    if wishes.quarantine_days != before.quarantine_days:
        changes["quarantine_days"] = wishes.quarantine_days
    working = wishes.working
    if replace(working, holidays=before.working.holidays) != before.working:
        changes["working_days"] = list(working.days)
        changes["opens_minute"] = working.opens.hour * 60 + working.opens.minute
        changes["closes_minute"] = working.closes.hour * 60 + working.closes.minute
    if working.holidays != before.working.holidays:
        changes["holidays"] = list(working.holidays)
    if wishes.managers != before.managers:
        changes["managers"] = list(wishes.managers)
    if wishes.manager_groups != before.manager_groups:
        changes["manager_groups"] = list(wishes.manager_groups)
    for part in wishes.back & before.own:
        changes |= dict.fromkeys(
            _COLUMNS[part], [] if part in {SettingsPart.MANAGERS, SettingsPart.HOLIDAYS} else None
        )
    return changes
