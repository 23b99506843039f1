"""How connections come in: as many as this process can hold, and none that only waits.

uvicorn itself waits for a request's headers for ever, and takes connections until the system has no more files to open.
"""

import asyncio
import resource
from collections import OrderedDict
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.logs import log

HEADERS_WITHIN = 10.0
"""Seconds from the first byte of a request, or from the connection, to the end of its headers. Slack takes few."""

_FILES_FOR_OTHERS = 200
"""Files that the database, Slack and the system keep open."""


def most_connections() -> int:
    """Return how many connections may be open at once: as the system's limit of open files allows, at most 1,000."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(50, min(1_000, allowed - _FILES_FOR_OTHERS))


class Doorkeeper:
    """Knows the connections that have sent no whole request head yet; the one that waits longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: OrderedDict[Door, None] = OrderedDict()

    def come(self, door: "Door", open_now: int) -> None:
        """Let a connection in. Where there are too many, the one that has waited longest makes room."""
        self._waiting[door] = None
        if open_now > self._most:
            log.warning("connection.dropped", reason="too_many")
            next(iter(self._waiting)).drop()

    def go_on(self, door: "Door") -> None:
        """Say that this connection waits no longer: its request has come, or it has ended."""
        self._waiting.pop(door, None)


class Door(HttpToolsProtocol):
    """One connection, dropped when the headers of a request do not come in time."""

    headers_within = HEADERS_WITHIN
    keeper = Doorkeeper(most_connections())

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - whatever uvicorn's takes
        super().__init__(*given, **named)
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        self._wait()
        self.keeper.come(self, len(self.connections))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._patience is None:  # the next request of a connection that was kept open
            self._wait()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def drop(self) -> None:
        """Hang up at once, without a word: nobody has asked for anything yet."""
        self._stop_waiting()
        self.transport.abort()

    def _wait(self) -> None:
        self._patience = self.loop.call_later(self.headers_within, self._too_late)

    def _stop_waiting(self) -> None:
        self.keeper.go_on(self)
        if self._patience:
            self._patience.cancel()
            self._patience = None

    def _too_late(self) -> None:
        log.warning("connection.dropped", reason="no_request")
        self.drop()
