"""What the app may do."""

from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.workspace import Sandbox


def provided(sandbox: Sandbox) -> str:
    return ",".join(sorted(sandbox.scopes))


def require(sandbox: Sandbox, scope: str) -> None:
    """Raise WebApiError("missing_scope"), saying which, when the token lacks a scope."""
    if scope not in sandbox.scopes:
        raise WebApiError(Code.MISSING_SCOPE, needed=scope, provided=provided(sandbox))
