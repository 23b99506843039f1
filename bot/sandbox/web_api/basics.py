"""auth.test and api.test."""

from bot.sandbox.failures.errors import WebApiError
from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method


def _auth_test(sandbox: Sandbox, _given: Arguments) -> Json:
    found: Json = {
        "url": f"{sandbox.url}/",
        "team": sandbox.name,
        "user": sandbox.users[sandbox.bot_user_id].name,
        "team_id": sandbox.team_id,
        "user_id": sandbox.bot_user_id,
        "bot_id": sandbox.bot_id,
        "is_enterprise_install": False,
    }
    if (grid := sandbox.enterprise) is None:
        return found
    if grid.is_installed:
        found |= {"team": grid.name, "team_id": grid.id, "is_enterprise_install": True}
    return {**found, "enterprise_id": grid.id}


def _api_test(_sandbox: Sandbox, given: Arguments) -> Json:
    code = given.maybe("error")
    if code is not None:
        raise WebApiError(code, args=given.values)
    return {"args": given.values}


METHODS = {"auth.test": Method(_auth_test), "api.test": Method(_api_test)}
