"""The lean limit: a tap with everything written out by hand, `python -m tests.bench.lean`.

No framework reads the request and none writes the SQL: uvicorn, Slack's signature, and the statements of a tap, in one
durable commit for all that wait together. What we take above it is what Bolt, Starlette and SQLAlchemy cost.
"""

import asyncio
import hmac
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import uvicorn
from uvicorn.config import Config

from bot import settings
from bot.kit.concurrency.batching import Batching
from bot.kit.garbage import leave_what_stands
from bot.server.endpoints import plain
from bot.settings import Settings
from storage.database.urls import read_url, sqlite_file

_SQLITE = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_ASKED = (
    "SELECT invitations.id, user_id, wave_id, closed_at IS NULL AND closes_at > {now} "
    "FROM invitations JOIN waves ON waves.id = wave_id WHERE invitations.id {among}"
)
_MARKED = "UPDATE invitations SET state = 'answered' WHERE id {among}"
_SEEN = "INSERT INTO seen_requests (admitted_by, minute, signature) {values} ON CONFLICT DO NOTHING"
_STORED = (
    "INSERT INTO answers (invitation_id, workspace_id, wave_id, score, answered_at, changed_at) {values} "
    "ON CONFLICT (invitation_id) DO UPDATE SET score = excluded.score, changed_at = excluded.changed_at"
)


@dataclass(frozen=True, slots=True)
class LeanTap:
    """One click: what it answers and how, who clicked, and how Slack signed it."""

    invitation_id: int
    score: int
    user_id: str
    workspace_id: str
    minute: int
    signature: bytes


Store = Callable[[list[LeanTap]], Sequence[bool]]
"""Store taps in one commit, and say of each whether it is stored."""


def storing_in(url: str) -> Store:
    """Open a connection, and return what stores taps there."""
    file = sqlite_file(read_url(url))
    return _in_sqlite(str(file)) if file else _in_postgresql(url)


def _in_sqlite(file: str) -> Store:
    import sqlite3  # noqa: PLC0415 - one of two drivers

    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for pragma in _SQLITE:
        connection.execute(pragma)
    among = "IN (SELECT value FROM json_each(?))"
    seen, stored = _SEEN.format(values="VALUES (1, ?, ?)"), _STORED.format(values="VALUES (?, ?, ?, ?, ?, ?)")
    asked, marked = _ASKED.format(now="?", among=among), _MARKED.format(among=among)

    def store(taps: list[LeanTap]) -> Sequence[bool]:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(seen, [(tap.minute, tap.signature) for tap in taps])
        ids = json.dumps([tap.invitation_id for tap in taps])
        rows = _answers(taps, connection.execute(asked, (now, ids)).fetchall(), now)
        connection.executemany(stored, rows)
        connection.execute(marked, (json.dumps([row[0] for row in rows]),))
        connection.execute("COMMIT")
        return _are_in(taps, rows)

    return store


def _in_postgresql(url: str) -> Store:
    import psycopg  # noqa: PLC0415 - one of two drivers

    given = read_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(given)
    among = "= ANY (%s)"
    seen = _SEEN.format(values="SELECT 1, * FROM unnest(%s::integer[], %b::bytea[])")
    stored = _STORED.format(
        values="SELECT * FROM unnest(%s::integer[], %s::text[], %s::integer[], %s::integer[], "
        "%s::timestamptz[], %s::timestamptz[])"
    )
    asked = _ASKED.format(now="%s", among=among) + " FOR SHARE OF waves"
    marked = _MARKED.format(among=among)

    def store(taps: list[LeanTap]) -> Sequence[bool]:
        now = datetime.now(UTC)
        with connection.pipeline() as pipeline, connection.transaction():
            connection.execute(seen, ([tap.minute for tap in taps], [tap.signature for tap in taps]))
            found = connection.execute(asked, (now, [tap.invitation_id for tap in taps]))
            pipeline.sync()
            rows = _answers(taps, found.fetchall(), now)
            connection.execute(stored, list(map(list, zip(*rows, strict=True))))
            connection.execute(marked, ([row[0] for row in rows],))
        return _are_in(taps, rows)

    return store


def _answers(taps: list[LeanTap], found: Sequence[Any], now: object) -> list[tuple[Any, ...]]:
    asked = {row[0]: row[1:] for row in found}
    rows = []
    for tap in taps:
        user_id, wave_id, is_open = asked.get(tap.invitation_id, ("", 0, False))
        if is_open and user_id == tap.user_id:
            rows.append((tap.invitation_id, tap.workspace_id, wave_id, tap.score, now, now))
    return rows


def _are_in(taps: list[LeanTap], rows: Sequence[tuple[Any, ...]]) -> Sequence[bool]:
    stored = {row[0] for row in rows}
    return [tap.invitation_id in stored for tap in taps]


class LeanApp:
    """An ASGI application: /healthz, and every other path takes a signed tap."""

    def __init__(self, secret: bytes, batching: Batching[LeanTap, bool]) -> None:
        self._secret, self._batching = secret, batching

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own
        status = 200 if scope["path"] == "/healthz" else await self._tapped(dict(scope["headers"]), receive)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})

    async def _tapped(self, headers: dict[bytes, bytes], receive: Any) -> int:  # noqa: ANN401 - ASGI's own
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        stamp, signature = headers[b"x-slack-request-timestamp"], headers[b"x-slack-signature"].decode()
        signed = hmac.new(self._secret, b"v0:%b:%b" % (stamp, body), sha256).hexdigest()
        if not hmac.compare_digest(f"v0={signed}", signature):
            return 401
        payload = json.loads(plain(body))
        invitation, _, score = payload["actions"][0]["value"].partition(":")
        workspace, user = payload["team"]["id"], payload["user"]["id"]
        tap = LeanTap(
            int(invitation), int(score), user, workspace, int(stamp) // 60, bytes.fromhex(signature[3:])
        )
        return 200 if await self._batching.do(tap) else 409


async def serve(given: Settings) -> None:
    assert given.slack_signing_secret
    with ThreadPoolExecutor(1) as thread:
        store = storing_in(given.database_url)

        async def store_apart(taps: list[LeanTap]) -> Sequence[bool]:
            return await asyncio.get_running_loop().run_in_executor(thread, store, taps)

        secret = given.slack_signing_secret.get_secret_value().encode()
        app = LeanApp(secret, Batching(store_apart))
        leave_what_stands()
        config = Config(
            app, host=given.host, port=given.port, lifespan="off", log_config=None, access_log=False
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve(settings.load()))
