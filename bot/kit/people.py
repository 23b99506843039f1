"""Who somebody is: their language, their time zone, whether they manage. Slack's word is kept for a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeGuard
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from bot.errors import Refused
from bot.kit.rules.calendar import known_zone
from bot.kit.services import Services
from bot.kit.views import notices
from bot.logs import log
from bot.slack import Profile, SlackError
from bot.wording import Words, words_for
from storage import people
from storage.errors import DatabaseAway
from storage.tables import Person

FRESH_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Who:
    """The person who clicked, typed or sent, and their workspace."""

    workspace_id: str
    user_id: str


async def person(services: Services, who: Who) -> Person:
    """Return what is known of a person. Never fails: a stranger speaks English and lives in UTC."""
    return await _known(services, who) or _stranger(services, who)


async def refreshed(services: Services, who: Who, known: Person | None) -> Person:
    """Return the person as known while that is fresh, else as Slack says now, if it says so soon. Never fails."""
    return await _fresh(services, who, known) or _stranger(services, who)


async def _known(services: Services, who: Who) -> Person | None:
    return await _fresh(services, who, await _read(services, who))


async def _read(services: Services, who: Who) -> Person | None:
    try:
        async with services.database.reading() as session:
            return await people.person(session, who.workspace_id, who.user_id)
    except DatabaseAway:
        log.warning("person.not_read")
        return None


def _is_fresh(services: Services, known: Person | None) -> TypeGuard[Person]:
    return known is not None and services.clock() - known.refreshed_at < FRESH_FOR


async def _fresh(services: Services, who: Who, known: Person | None) -> Person | None:
    if _is_fresh(services, known):
        return known
    return await services.lookups.of(who.user_id, partial(_looked_up, services, who)) or known


def _stranger(services: Services, who: Who) -> Person:
    return Person(workspace_id=who.workspace_id, user_id=who.user_id, refreshed_at=services.clock())


async def _looked_up(services: Services, who: Who) -> Person | None:
    """Ask Slack about a person and remember it; None when Slack does not tell."""
    if _is_fresh(services, found := await _read(services, who)):
        return found  # since somebody asked a moment ago
    try:
        profile = await services.slack.profile(who.user_id)
    except SlackError as error:
        log.warning("person.not_asked", code=error.code)
        return None
    found = as_person(profile, who.workspace_id, services.clock())
    try:
        async with services.database.writing() as session:
            await people.remember(session, found)
    except (DatabaseAway, IntegrityError):  # the second for somebody of a workspace that never installed us
        log.warning("person.not_kept")
    return found


def as_person(profile: Profile, workspace_id: str, now: datetime) -> Person:
    return Person(
        workspace_id=workspace_id,
        user_id=profile.user_id,
        locale=profile.locale,
        time_zone=profile.time_zone,
        is_bot=profile.is_bot,
        is_deactivated=profile.is_deactivated,
        is_admin=profile.is_admin,
        is_guest=profile.is_guest,
        refreshed_at=now,
    )


def words_of(somebody: Person) -> Words:
    return words_for(somebody.locale)


def zone_of(somebody: Person) -> ZoneInfo:
    return known_zone(somebody.time_zone)


def is_manager(services: Services, somebody: Person) -> bool:
    return somebody.is_admin or somebody.user_id in services.managers


async def manager(services: Services, who: Who) -> Person:
    """Return the person if they may manage; refuse them otherwise."""
    known = await _known(services, who)
    somebody = known or _stranger(services, who)
    if known is None and not is_manager(services, somebody):
        raise Refused("not_yet_known", notices.not_yet_known)
    if not is_manager(services, somebody):
        raise Refused("managers_only", notices.managers_only)
    return somebody
