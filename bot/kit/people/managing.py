"""Who manages beside the workspace's admins: people and user groups that the managers named, and those of the environment.

Slack's word on a group is kept for minutes, and no longer believed after an hour without another.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.kit.services import Members, Services
from bot.logs import log
from bot.slack.codes import Remedy, meaning
from bot.slack.errors import SlackError, SlackRefused
from storage.kit import workspace_settings

FRESH_FOR = timedelta(minutes=5)
BELIEVED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Named:
    """The user ids of those who manage whatever their role; `in_all` is false where Slack does not tell of a group."""

    user_ids: frozenset[str]
    in_all: bool = True


async def named_managers(services: Services) -> Named:
    """Return who manages by name or by user group."""
    async with services.database.reading() as session:
        chosen = await workspace_settings.chosen(session, services.workspace_id)
    if chosen is None:
        return Named(services.managers)
    groups = [await _members(services, group_id) for group_id in chosen.manager_groups]
    told = [one.user_ids for one in groups if one]
    return Named(services.managers.union(chosen.managers, *told), in_all=len(told) == len(groups))


async def _members(services: Services, group_id: str) -> Members | None:
    """Return who is in a group as Slack said within the hour; it is asked again where that is some minutes old."""
    known = services.groups.get(group_id)
    if known and abs(services.clock() - known.told_at) < FRESH_FOR:
        return known
    await services.lookups.of(group_id, partial(_asked, services, group_id))
    known = services.groups.get(group_id)
    return known if known and abs(services.clock() - known.told_at) < BELIEVED_FOR else None


async def _asked(services: Services, group_id: str) -> None:
    """Ask Slack who is in a group; in one that is gone there is nobody."""
    try:
        user_ids = await services.slack.group_members(group_id)
    except SlackError as error:
        log.warning("group.not_asked", code=error.code)
        if not (isinstance(error, SlackRefused) and meaning(error.code).remedy is Remedy.GROUP_GONE):
            return
        user_ids = []
    services.groups[group_id] = Members(frozenset(user_ids), services.clock())
