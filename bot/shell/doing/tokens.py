"""What `nps-bot token` does."""

from collections.abc import Sequence
from typing import Any

from bot.api import tokens
from bot.app import App
from bot.shell.kit.sentences import Output
from storage.tables import ApiToken
from storage.words import TokenScope


async def create(app: App, *, name: str, scopes: Sequence[TokenScope]) -> Output:
    """Make a token. Raises WrongToken."""
    token, written = await tokens.make(app.services, name, scopes)
    text = f"Token {token.id}, “{token.name}”, may {_may(token)}. It is shown this once:\n{written}"
    return Output({**_data(token), "token": written}, text)


async def list_all(app: App) -> Output:
    """Show every token that lets a program in."""
    found = await tokens.listed(app.services)
    return Output(
        [_data(one) for one in found],
        "\n".join(map(_line, found)) or "There is no token. Make one: nps-bot token create NAME",
    )


async def revoke(app: App, *, number: int) -> Output:
    """Let nobody in with a token any more. Raises WrongToken."""
    await tokens.revoke(app.services, number)
    return Output({"id": number, "revoked": True}, f"Token {number} lets nobody in any more.")


def _line(token: ApiToken) -> str:
    used = f"last used {token.used_at:%Y-%m-%d}" if token.used_at else "never used"
    return f"{token.id}  {token.name}  may {_may(token)}, made {token.made_at:%Y-%m-%d}, {used}"


def _may(token: ApiToken) -> str:
    return " and ".join(token.scopes)


def _data(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "scopes": token.scopes,
        "made_at": token.made_at.isoformat(),
        "used_at": token.used_at and token.used_at.isoformat(),
    }
