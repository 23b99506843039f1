"""An operator makes tokens, looks at those there are, revokes one; a program shows one to be let in."""

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256

from bot.api.problems import Problem, WrongRequest
from bot.errors import NpsBotError
from bot.kit.services import Services
from storage import api
from storage.tables import ApiToken
from storage.words import TokenScope

_WRITTEN = re.compile(r"Bearer (nps_[A-Za-z0-9_-]{43})")
LONGEST_NAME = 60


class WrongToken(NpsBotError):  # noqa: N818 - the operator's
    """There is no such token, or it cannot be made so; the text says what to do."""


async def make(services: Services, name: str, scopes: Sequence[TokenScope]) -> tuple[ApiToken, str]:
    """Make a token; return what is kept of it, and the token itself, which is not. Raises WrongToken."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        message = f"Give the token a name of 1 to {LONGEST_NAME} characters."
        raise WrongToken(message)
    written = "nps_" + secrets.token_urlsafe(32)
    token = ApiToken(
        workspace_id=services.workspace_id,
        name=name.strip(),
        fingerprint=_fingerprint(written),
        scopes=sorted(set(scopes)),
        made_at=services.clock(),
    )
    async with services.database.writing() as session:
        session.add(token)
    return token, written


async def listed(services: Services) -> Sequence[ApiToken]:
    """Return the tokens that let somebody in, the oldest first."""
    async with services.database.reading() as session:
        return await api.tokens(session, services.workspace_id)


async def revoke(services: Services, number: int) -> None:
    """Let nobody in with this token any more, at once. Raises WrongToken."""
    async with services.database.writing() as session:
        done = await api.revoke(session, services.workspace_id, number, services.clock())
    if not done:
        message = f"There is no token {number}. nps-bot token list shows them."
        raise WrongToken(message)


async def admit(services: Services, authorization: str, scope: TokenScope) -> None:
    """Let a program in that shows a token for this. Raises WrongRequest."""
    shown = _WRITTEN.fullmatch(authorization)
    if shown is None:
        raise WrongRequest(Problem.NO_TOKEN)
    async with services.database.reading() as session:
        token = await api.token_with(session, services.workspace_id, _fingerprint(shown[1]))
    if token is None:
        raise WrongRequest(Problem.NO_TOKEN)
    if scope not in token.scopes:
        raise WrongRequest(Problem.OUT_OF_SCOPE)
    now = services.clock()
    if not api.was_used_lately(token, now):
        async with services.database.writing() as session:
            await api.note_use(session, token.id, now)


def _fingerprint(token: str) -> bytes:
    return sha256(token.encode()).digest()
