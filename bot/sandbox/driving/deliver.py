"""Choose the way to the app: the open socket when there is one, else its request URL."""

import asyncio
import json
from dataclasses import replace
from typing import Literal, TypeAlias
from urllib.parse import urlencode

from bot.sandbox.labels import label
from bot.sandbox.records import Json
from bot.sandbox.wire.traffic import OK
from bot.sandbox.workspace import Sandbox

from .post import Reply, post, signed

PayloadKind: TypeAlias = Literal["slash_commands", "interactive", "events_api"]
_RETRIES = 3
_FORM = "application/x-www-form-urlencoded"


async def deliver(
    sandbox: Sandbox, kind: PayloadKind, payload: Json, retry: int = 0, reason: str = ""
) -> Reply:
    """Bring one payload to the app and return its answer."""
    begun = sandbox.elapsed()
    reply = await _brought(sandbox, kind, payload, retry, reason)
    sandbox.traffic.note(
        "app",
        payload.get("command") or payload.get("event", {}).get("type") or payload["type"],
        about=label(sandbox, _acting(payload)),
        outcome=reply.problem or OK,
        detail=", ".join(filter(None, [f"HTTP {reply.status}" if reply.status else "", _again(retry)])),
        seconds=sandbox.elapsed() - begun,
    )
    sandbox.changed()
    return reply


async def _brought(sandbox: Sandbox, kind: PayloadKind, payload: Json, retry: int, reason: str) -> Reply:
    if sandbox.sockets:
        return await _down_the_socket(sandbox, kind, payload, retry, reason)
    body, content_type = _body(kind, payload)
    headers = {"Content-Type": content_type, **signed(sandbox.signing_secret, body)}
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
    return await post(sandbox, body, headers)


def _acting(payload: Json) -> str:
    """Return the id of the person who acted. Commands, clicks and events each say it in their own place."""
    user = payload.get("user_id") or payload.get("user") or payload.get("event", {}).get("user", "")
    return str(user["id"] if isinstance(user, dict) else user)


def _again(retry: int) -> str:
    return f"retry {retry}" if retry else ""


async def deliver_event(sandbox: Sandbox, payload: Json) -> Reply:
    """Bring one event to the app, trying again three times as Slack does, though without its waits."""
    reply = await deliver(sandbox, "events_api", payload)
    while not reply.ok and reply.attempts <= _RETRIES:
        again = await deliver(sandbox, "events_api", payload, reply.attempts, reply.problem or "")
        reply = replace(again, attempts=reply.attempts + 1)
    return reply


async def _down_the_socket(
    sandbox: Sandbox, kind: PayloadKind, payload: Json, retry: int, reason: str
) -> Reply:
    try:
        async with asyncio.timeout(sandbox.patience):
            acknowledgement = await sandbox.sockets[-1].deliver(kind, payload, retry, reason)
    except TimeoutError:
        return Reply(None, problem="http_timeout")
    except ConnectionError:
        return Reply(None, problem="connection_failed")
    answer = acknowledgement.get("payload")
    return Reply(200, json.dumps(answer) if answer else "")


def _body(kind: PayloadKind, payload: Json) -> tuple[str, str]:
    if kind == "slash_commands":
        return urlencode(payload), _FORM
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}), _FORM
    return json.dumps(payload), "application/json"
