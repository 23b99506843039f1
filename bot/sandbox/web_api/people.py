"""users.info and users.list."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.sandbox.companies import is_foreign, is_stranger, team_of
from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.records import Json, User
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method
from .paging import next_cursor, window

_MOST = 1000
EMAIL_SCOPE = "users:read.email"
"""Without it Slack leaves the address out and says nothing (docs.slack.dev/reference/scopes/users.read.email)."""


def described_user(sandbox: Sandbox, user: User, *, include_locale: bool = False) -> Json:
    """Describe a person as Slack does; a deactivated one has no time zone, roles or locale left.

    `is_stranger` stands, as with Slack, only beside people of another company that share no channel with the app.
    """
    name = user.real_name or user.name
    known: Json = {
        "id": user.id,
        "team_id": team_of(sandbox, user),
        "name": user.name,
        "deleted": user.deleted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": 0,
        "profile": {
            "real_name": name,
            "display_name": user.name,
            "title": user.title,
            "team": team_of(sandbox, user),
            **({"email": user.email} if user.email and EMAIL_SCOPE in sandbox.scopes else {}),
        },
        **({"is_stranger": True} if is_stranger(sandbox, user) else {}),
        **_in_grid(sandbox, user),
    }
    if user.deleted:
        return known
    return {
        **known,
        "real_name": name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": _offset(user.tz, sandbox.clock()),
        "is_admin": user.is_admin or user.is_owner,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": user.is_ultra_restricted,
        **({"locale": user.locale} if include_locale else {}),
    }


def _in_grid(sandbox: Sandbox, user: User) -> Json:
    """Describe what somebody is in our organization of Enterprise Grid, if they and we belong to one."""
    if (grid := sandbox.enterprise) is None or is_foreign(sandbox, user):
        return {}
    in_grid = {"id": user.id, "enterprise_id": grid.id, "enterprise_name": grid.name}
    teams = [team_of(sandbox, user)]
    return {"enterprise_user": {**in_grid, "is_admin": False, "is_owner": False, "teams": teams}}


def _listed_user(sandbox: Sandbox, user: User, *, include_locale: bool) -> Json:
    """Describe a person as the list of people does: it alone says who was invited and has never signed in."""
    found = described_user(sandbox, user, include_locale=include_locale)
    return {**found, "is_invited_user": True} if user.never_signed_in else found


def _offset(tz: str, now: datetime) -> int:
    try:
        offset = now.astimezone(ZoneInfo(tz)).utcoffset()
    except (
        ZoneInfoNotFoundError,
        ValueError,
    ):  # a zone that nobody knows any more is handed out all the same
        offset = None
    return int(offset.total_seconds()) if offset else 0


def _users_info(sandbox: Sandbox, given: Arguments) -> Json:
    user = sandbox.users.get(given.text("user"))
    if user is None:
        raise WebApiError(Code.USER_NOT_FOUND)
    return {"user": described_user(sandbox, user, include_locale=given.flag("include_locale"))}


def _users_list(sandbox: Sandbox, given: Arguments) -> Json:
    if given.maybe("limit") is None and len(sandbox.users) > _MOST:
        raise WebApiError(Code.LIMIT_REQUIRED)
    start, end = window(given, default=_MOST, most=_MOST, at_once=sandbox.people_in_a_page)
    members, total = sandbox.users.part(start, end, sandbox.team_id)
    locale = given.flag("include_locale")
    return {
        "members": [_listed_user(sandbox, user, include_locale=locale) for user in members],
        "cache_ts": int(sandbox.clock().timestamp()),
        "response_metadata": next_cursor(end, total),
    }


METHODS = {
    "users.info": Method(_users_info, "users:read"),
    "users.list": Method(_users_list, "users:read"),
}
