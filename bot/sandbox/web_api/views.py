"""views.open, .push, .update and .publish."""

from dataclasses import replace

from bot.sandbox.block_kit.check import checked_view
from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.form import state_of
from bot.sandbox.records import Json, View
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method

_DEEPEST = 3


def described_view(sandbox: Sandbox, view: View, values: Json | None = None) -> Json:
    """Describe a view as Slack does in replies and payloads; `values` is what the person has filled in."""
    defaults: Json = {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
    }
    return {
        **defaults,
        **view.definition,
        "id": view.id,
        "team_id": sandbox.team_id,
        "hash": view.hash,
        "state": {"values": state_of(view.blocks, {}) if values is None else values},
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "app_id": sandbox.app_id,
        "app_installed_team_id": sandbox.team_id,
        "bot_id": sandbox.bot_id,
    }


def pushed(sandbox: Sandbox, user: str, definition: object) -> View:
    """Lay a modal on top of the person's open ones, or raise WebApiError."""
    stack = sandbox.modals.get(user, [])
    if len(stack) >= _DEEPEST:
        raise WebApiError(Code.PUSH_LIMIT_REACHED)
    return _shown(sandbox, user, definition, stack)


def updated(sandbox: Sandbox, view: View, definition: object) -> View:
    """Replace what a view says, keeping its place, or raise WebApiError."""
    changed = replace(
        view,
        definition=_checked(sandbox, definition, view.type, instead_of=view),
        hash=sandbox.new_hash(),
        errors={},
    )
    sandbox.replace_view(changed)
    return changed


def _open(sandbox: Sandbox, given: Arguments) -> Json:
    user = sandbox.triggers.exchange(given.text("trigger_id"))
    return {"view": described_view(sandbox, _shown(sandbox, user, given.structure("view"), []))}


def _push(sandbox: Sandbox, given: Arguments) -> Json:
    user = sandbox.triggers.exchange(given.text("trigger_id"))
    if not sandbox.modals.get(user):
        raise WebApiError(Code.NOT_FOUND)
    return {"view": described_view(sandbox, pushed(sandbox, user, given.structure("view")))}


def _update(sandbox: Sandbox, given: Arguments) -> Json:
    external_id = given.maybe("external_id")
    view = _by_external_id(sandbox, external_id) if external_id else sandbox.view(given.text("view_id"))
    if view is None:
        raise WebApiError(Code.NOT_FOUND)
    _compare(view, given)
    return {"view": described_view(sandbox, updated(sandbox, view, given.structure("view")))}


def _publish(sandbox: Sandbox, given: Arguments) -> Json:
    user = given.text("user_id")
    if user not in sandbox.users:
        raise WebApiError(Code.USER_NOT_FOUND)
    home = sandbox.home(user)
    if home is None:
        home = sandbox.new_view(user, _checked(sandbox, given.structure("view"), "home"))
        sandbox.replace_view(home)
    else:
        _compare(home, given)
        home = updated(sandbox, home, given.structure("view"))
    return {"view": described_view(sandbox, home)}


def _shown(sandbox: Sandbox, user: str, definition: object, below: list[View]) -> View:
    checked = _checked(sandbox, definition, "modal")
    view = sandbox.new_view(user, checked, below[-1] if below else None)
    sandbox.modals[user] = [*below, view]
    sandbox.changed()
    return view


def _checked(sandbox: Sandbox, definition: object, surface: str, instead_of: View | None = None) -> Json:
    checked = checked_view(
        definition, surface, charts=not sandbox.refuse_charts, new_id=lambda: sandbox.new_id("b")
    )
    external_id = checked.get("external_id")
    twin = _by_external_id(sandbox, external_id) if external_id else None
    if twin is not None and (instead_of is None or twin.id != instead_of.id):
        raise WebApiError(Code.DUPLICATE_EXTERNAL_ID)
    return checked


def _compare(view: View, given: Arguments) -> None:
    expected = given.maybe("hash")
    if expected is not None and expected != view.hash:
        raise WebApiError(Code.HASH_CONFLICT)


def _by_external_id(sandbox: Sandbox, external_id: str) -> View | None:
    views = [*sandbox.homes.values(), *(view for stack in sandbox.modals.values() for view in stack)]
    return next((view for view in views if view.definition.get("external_id") == external_id), None)


METHODS = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
}
