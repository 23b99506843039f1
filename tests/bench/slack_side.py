"""Slack's side of the measurement, in one cheap process: it clicks, and it says yes to every call."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

_YES = json.dumps(
    {
        "ok": True,
        "team": "Acme",
        "team_id": "T0ACME",
        "user_id": "U0NPSBOT",
        "bot_id": "B0NPS",
        "url": "https://acme.slack.com/",
        "view": {"id": "V0MODAL"},
    }
).encode()
_HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(_YES)}\r\n\r\n".encode()
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TRIGGER = re.compile(rb'"trigger_id": ?"([^"]+)"')


@dataclass
class Calls:
    """What the app asked of Slack: how many messages it changed, and when each modal came (monotonic seconds)."""

    updates: int = 0
    modal_at: dict[str, float] = field(default_factory=dict)
    connections: set[asyncio.StreamWriter] = field(default_factory=set)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.add(writer)
        try:
            while True:
                method, body = await _read(reader)
                if b"/views.open " in method and (trigger := _TRIGGER.search(body)):
                    self.modal_at[trigger[1].decode()] = time.monotonic()
                self.updates += b"/chat.update " in method or b" /response/" in method
                writer.write(_HEAD + _YES)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the app has hung up, or the measurement is over
        finally:
            self.connections.discard(writer)
            writer.close()


@asynccontextmanager
async def answering_calls() -> AsyncIterator[tuple[str, Calls]]:
    """Give the address of a Slack API that takes everything, and what it was asked."""
    calls = Calls()
    server = await asyncio.start_server(calls.answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/", calls
    finally:
        server.close()
        for writer in calls.connections:
            writer.close()


@dataclass(frozen=True)
class Round:
    """What one burst of clicks met: seconds until each acknowledgement, and in all; when each click was sent."""

    seconds: float
    latencies: list[float]
    clicked_at: list[float]
    busy: float
    """The share of the time that this process spent computing: far below 1, or it measures itself."""

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


async def click_all(port: int, requests: Sequence[bytes], at_once: int) -> Round:
    """Send the requests over `at_once` connections, each sending its next when the last is acknowledged.

    Raises RuntimeError when an answer is not 200.
    """
    waiting = iter(enumerate(requests))
    clicked_at, latencies = [0.0] * len(requests), [0.0] * len(requests)

    async def clicker(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, request in waiting:
            clicked_at[number] = time.monotonic()
            writer.write(request)
            head, _ = await _read(reader)
            latencies[number] = time.monotonic() - clicked_at[number]
            if int(head.split(maxsplit=2)[1]) != HTTPStatus.OK:
                message = f"click {number + 1} was answered {head.splitlines()[0].decode()}"
                raise RuntimeError(message)

    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(at_once)]
    began, computing = time.monotonic(), time.process_time()
    await asyncio.gather(*(clicker(*connection) for connection in connections))
    seconds, busy = time.monotonic() - began, time.process_time() - computing
    for _, writer in connections:
        writer.close()
    return Round(seconds, latencies, clicked_at, busy / seconds)


async def _read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Read one HTTP message: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head, await reader.readexactly(int(length[1])) if length else b""
