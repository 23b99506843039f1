"""Choose the way to the app: the open socket when there is one, else its request URL."""

import asyncio
import json
from dataclasses import replace
from typing import Literal, TypeAlias
from urllib.parse import urlencode

from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox

from .post import PATIENCE, Reply, post, signed

Kind: TypeAlias = Literal["slash_commands", "interactive", "events_api"]
_RETRIES = 3
_FORM = "application/x-www-form-urlencoded"


async def deliver(sandbox: Sandbox, kind: Kind, payload: Json, retry: int = 0, reason: str = "") -> Reply:
    """Bring one payload to the app and return its answer."""
    if sandbox.sockets:
        return await _down_the_socket(sandbox, kind, payload, retry, reason)
    body, content_type = _body(kind, payload)
    headers = {"Content-Type": content_type, **signed(sandbox.signing_secret, body)}
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
    return await post(sandbox, body, headers)


async def deliver_event(sandbox: Sandbox, payload: Json) -> Reply:
    """Bring one event to the app, trying again three times as Slack does, though without its waits."""
    reply = await deliver(sandbox, "events_api", payload)
    while not reply.ok and reply.attempts <= _RETRIES:
        again = await deliver(sandbox, "events_api", payload, reply.attempts, reply.problem or "")
        reply = replace(again, attempts=reply.attempts + 1)
    return reply


async def _down_the_socket(sandbox: Sandbox, kind: Kind, payload: Json, retry: int, reason: str) -> Reply:
    try:
        async with asyncio.timeout(PATIENCE):
            acknowledgement = await sandbox.sockets[-1].deliver(kind, payload, retry, reason)
    except TimeoutError:
        return Reply(None, problem="http_timeout")
    except ConnectionError:
        return Reply(None, problem="connection_failed")
    answer = acknowledgement.get("payload")
    return Reply(200, json.dumps(answer) if answer else "")


def _body(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind == "slash_commands":
        return urlencode(payload), _FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), _FORM
    return json.dumps(payload), "application/json"
