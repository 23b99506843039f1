"""usergroups.list and usergroups.users.list."""

from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.records import Json, UserGroup
from bot.sandbox.workspace import SLACKBOT, Sandbox

from .call import Arguments, Method


def _described(sandbox: Sandbox, group: UserGroup, given: Arguments) -> Json:
    now = int(sandbox.clock().timestamp())
    described: Json = {
        "id": group.id,
        "team_id": sandbox.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": now,
        "date_update": now,
        "date_delete": now if group.disabled else 0,
        "auto_type": None,
        "created_by": SLACKBOT.id,
        "updated_by": SLACKBOT.id,
        "deleted_by": SLACKBOT.id if group.disabled else None,
        "prefs": {"channels": [], "groups": []},
    }
    if given.flag("include_users"):
        described["users"] = list(group.users)
    if given.flag("include_count"):
        described["user_count"] = len(group.users)
    return described


def _list(sandbox: Sandbox, given: Arguments) -> Json:
    _require_plan(sandbox)
    disabled_too = given.flag("include_disabled")
    listed = [group for group in sandbox.user_groups.values() if disabled_too or not group.disabled]
    return {"usergroups": [_described(sandbox, group, given) for group in listed]}


def _users_list(sandbox: Sandbox, given: Arguments) -> Json:
    """Return every member at once: this method has no pages."""
    _require_plan(sandbox)
    group = sandbox.user_groups.get(given.text("usergroup"))
    if group is None or (group.disabled and not given.flag("include_disabled")):
        raise WebApiError(Code.NO_SUCH_SUBTEAM)
    return {"users": list(group.users)}


def _require_plan(sandbox: Sandbox) -> None:
    if not sandbox.has_user_groups:
        raise WebApiError(Code.PLAN_UPGRADE_REQUIRED)


METHODS = {
    "usergroups.list": Method(_list, "usergroups:read"),
    "usergroups.users.list": Method(_users_list, "usergroups:read"),
}
