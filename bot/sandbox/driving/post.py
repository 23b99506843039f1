"""Carry one request from Slack to the app: signed, and with no more than Slack's patience."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from starlette.types import Message, Scope

from bot.sandbox.records import AsgiApp, Json
from bot.sandbox.workspace import Sandbox

PATH = "/slack/events"


@dataclass(frozen=True)
class Reply:
    """The app's answer; `status` is None when none came in time, and `problem` says why as Slack names it."""

    status: int | None
    body: str = ""
    problem: str | None = None
    attempts: int = 1

    @property
    def ok(self) -> bool:
        return self.problem is None

    @property
    def json(self) -> Json:
        """The body as an object, empty when it is not one."""
        try:
            parsed = json.loads(self.body)
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}


def signed(secret: str, body: str, at: float | None = None) -> dict[str, str]:
    """Return Slack's two signature headers (docs.slack.dev/authentication/verifying-requests-from-slack).

    `at` is in seconds since 1970, now when left out.
    """
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


async def post(sandbox: Sandbox, body: str, headers: Mapping[str, str]) -> Reply:
    """Send these very bytes and headers to the app's request URL."""
    if sandbox.request_url is None:
        return Reply(None, problem="connection_failed")
    sending = (
        _over_http(sandbox.request_url, body, headers)
        if isinstance(sandbox.request_url, str)
        else _in_process(sandbox.request_url, body, headers)
    )
    # Slack stops listening, the app does not stop working: so its task is left to finish by itself.
    task = asyncio.ensure_future(sending)
    done, _ = await asyncio.wait([task], timeout=sandbox.patience)
    if not done:
        sandbox.unheard.add(task)
        task.add_done_callback(sandbox.unheard.discard)
        return Reply(None, problem="http_timeout")
    return task.result()


async def _over_http(url: str, body: str, headers: Mapping[str, str]) -> Reply:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, data=body.encode(), headers=headers, allow_redirects=False) as response,
        ):
            return _reply(response.status, await response.text())
    except aiohttp.ClientError:
        return Reply(None, problem="connection_failed")


async def _in_process(app: AsgiApp, body: str, headers: Mapping[str, str]) -> Reply:
    sent: list[Any] = []
    finished = asyncio.Event()
    requests = [{"type": "http.request", "body": body.encode(), "more_body": False}]

    async def receive() -> Message:
        if requests:
            return requests.pop()
        await finished.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
    try:
        await app(scope, receive, send)
    finally:
        finished.set()
    status = next(message["status"] for message in sent if message["type"] == "http.response.start")
    parts = [message.get("body", b"") for message in sent if message["type"] == "http.response.body"]
    return _reply(status, b"".join(parts).decode())


def _reply(status: int, body: str) -> Reply:
    good = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return Reply(status, body, problem=None if good else "http_error")
