"""Who somebody is: their language, their time zone, whether they manage. Slack's word is kept for a day.

A role is kept for minutes, and no longer believed after an hour without word from Slack.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from bot.errors import Refused
from bot.kit.people.managing import named_managers
from bot.kit.rules.calendar import known_zone
from bot.kit.services import Services
from bot.kit.views import notices
from bot.logs import log
from bot.slack.errors import SlackError
from bot.slack.objects import Profile
from bot.wording import Words, words_for
from storage.errors import DatabaseAway
from storage.kit import people
from storage.kit.people import Addressee, KnownPerson
from storage.tables import Person

FRESH_FOR = timedelta(days=1)
ROLE_FRESH_FOR = timedelta(minutes=5)
ROLE_BELIEVED_FOR = timedelta(hours=1)
Somebody = Person | KnownPerson | Addressee
"""A person as they are read, with their role, or as a message to them needs them."""
Known = TypeVar("Known", Person, Addressee)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Who:
    """The person who clicked, typed or sent, and their workspace."""

    workspace_id: str
    user_id: str


def is_fresh(somebody: Somebody, now: datetime, fresh_for: timedelta) -> bool:
    """Whether Slack described somebody that short a time ago. A clock that was ahead makes nothing fresher than it is."""
    return abs(now - somebody.refreshed_at) < fresh_for


async def person(services: Services, who: Who, fresh_for: timedelta = FRESH_FOR) -> Person:
    """Return what is known of a person. Never fails: a stranger speaks English and lives in UTC."""
    return await refreshed(services, who, await _read(services, who), fresh_for)


async def refreshed(
    services: Services, who: Who, known: Known | None, fresh_for: timedelta = FRESH_FOR
) -> Known | Person:
    """Return the person as known while that is fresh, else as Slack says now, if it says so soon. Never fails."""
    if known and is_fresh(known, services.clock(), fresh_for):
        return known
    found = await services.lookups.of(who.user_id, partial(_looked_up, services, who, fresh_for))
    return found or known or _stranger(who)


async def glimpsed(services: Services, who: Who) -> Person:
    """Return what is known of a person, and leave no trace of having asked. Never fails.

    When somebody was last looked up stands in the database: beside what nobody may know that it is theirs, it would tell.
    """
    if known := await _read(services, who):
        return known
    try:
        profile = await services.slack.profile(who.user_id)
    except SlackError:
        return _stranger(who)
    return Person(**as_known(services, profile, services.clock(), has_never_signed_in=False)._asdict())


def _stranger(who: Who) -> Person:
    return Person(workspace_id=who.workspace_id, user_id=who.user_id, refreshed_at=_NEVER)


def is_known(somebody: Person) -> bool:
    """Whether Slack has ever told us of somebody."""
    return somebody.refreshed_at != _NEVER


async def _read(services: Services, who: Who) -> Person | None:
    try:
        async with services.database.reading() as session:
            return await people.person(session, who.workspace_id, who.user_id)
    except DatabaseAway:
        log.warning("person.not_read")
        return None


async def _looked_up(services: Services, who: Who, fresh_for: timedelta) -> Person | None:
    """Ask Slack about a person and remember it; None when Slack does not tell."""
    known = await _read(services, who)
    if known and is_fresh(known, services.clock(), fresh_for):
        return known  # since somebody asked a moment ago
    try:
        profile = await services.slack.profile(who.user_id)
    except SlackError as error:
        log.warning("person.not_asked", code=error.code)
        return None
    # Who does something here has signed in.
    has_never = bool(profile.has_never_signed_in)
    found = as_known(services, profile, services.clock(), has_never_signed_in=has_never)
    try:
        async with services.database.writing() as session:
            await people.remember(session, found)
    except (DatabaseAway, IntegrityError):  # the second for somebody of a workspace that never installed us
        log.warning("person.not_kept")
    return Person(**found._asdict())


def as_known(
    services: Services, profile: Profile, now: datetime, *, has_never_signed_in: bool
) -> KnownPerson:
    """Say what Slack tells of somebody `now` as this workspace sees it: an admin of another one has no role here."""
    ours = services.installation
    is_member = ours.workspace_id in profile.workspaces and not profile.is_stranger
    is_colleague = is_member or (
        ours.enterprise_id is not None and profile.enterprise_id == ours.enterprise_id
    )
    return KnownPerson(
        workspace_id=ours.workspace_id,
        user_id=profile.user_id,
        locale=profile.locale,
        time_zone=profile.time_zone,
        is_bot=profile.is_bot,
        is_deactivated=profile.is_deactivated,
        is_admin=profile.is_admin and is_member,
        is_guest=profile.is_guest,
        is_stranger=not is_colleague,
        has_never_signed_in=has_never_signed_in,
        refreshed_at=now,
    )


def words_of(somebody: Somebody) -> Words:
    return words_for(somebody.locale)


def zone_of(somebody: Somebody) -> ZoneInfo:
    return known_zone(somebody.time_zone)


async def is_manager(services: Services, somebody: Person) -> bool:
    """Whether somebody may manage: they are an admin of ours, or somebody named them, of whatever company."""
    if _is_admin(services, somebody):
        return True
    return somebody.user_id in (await named_managers(services)).user_ids


def _is_admin(services: Services, somebody: Person) -> bool:
    return somebody.is_admin and _is_believed(services, somebody)


def _is_believed(services: Services, somebody: Person) -> bool:
    return is_fresh(somebody, services.clock(), ROLE_BELIEVED_FOR)


async def person_with_role(services: Services, who: Who) -> Person:
    """Return a person who is shown what their role allows: Slack is asked again where they had one."""
    known = await person(services, who)
    return await refreshed(services, who, known, ROLE_FRESH_FOR) if known.is_admin else known


async def first_manager(services: Services, user_ids: Iterable[str]) -> Person | None:
    """Return the first of these people who manages still; None where nobody does, or one may and Slack does not tell."""
    for user_id in dict.fromkeys(user_ids):
        somebody = await person(services, Who(services.workspace_id, user_id), ROLE_FRESH_FOR)
        if not somebody.is_deactivated and await is_manager(services, somebody):
            return somebody
        if is_known(somebody) and not _is_believed(services, somebody):
            return None
    return None


async def manager(services: Services, who: Who) -> Person:
    """Return the person if they may manage, as Slack said within minutes. Raises Refused."""
    named = await named_managers(services)
    is_named = who.user_id in named.user_ids
    somebody = await person(services, who, FRESH_FOR if is_named else ROLE_FRESH_FOR)
    if is_named or _is_admin(services, somebody):
        return somebody
    if _is_believed(services, somebody) and named.in_all:
        raise Refused("managers_only", notices.managers_only)
    if not is_known(somebody):
        raise Refused("not_yet_known", notices.not_yet_known)
    raise Refused("role_unknown", notices.role_unknown)
