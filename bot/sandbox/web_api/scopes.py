"""What the app may do."""

from bot.sandbox.errors import Code, SlackError
from bot.sandbox.workspace import Sandbox


def provided(sandbox: Sandbox) -> str:
    return ",".join(sorted(sandbox.scopes))


def require(sandbox: Sandbox, scope: str) -> None:
    """Raise SlackError("missing_scope"), saying which, when the token lacks a scope."""
    if scope not in sandbox.scopes:
        raise SlackError(Code.MISSING_SCOPE, needed=scope, provided=provided(sandbox))
