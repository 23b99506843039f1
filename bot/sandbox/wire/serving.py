"""Serve an ASGI application on loopback, inside the running event loop, for as long as a block lasts."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.sandbox.records import AsgiApp

HANG_UP = "sandbox.hang_up"


class _Protocol(HttpToolsProtocol):
    """HTTP that also lets the application hang up without a word, to play a lost reply."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {HANG_UP: {"now": self.transport.close}}


class _QuietServer(uvicorn.Server):
    """A server that leaves the process's signals alone, stops at once and does not wait for event streams to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stop = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(connection, _Protocol):
                connection.transport.close()
        await super().shutdown(sockets)


@asynccontextmanager
async def serve(app: AsgiApp, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Run the server and yield its URL, `http://127.0.0.1:49152`; port 0 takes a free one.

    Raises OSError when the port is taken and RuntimeError when the application does not start.
    """
    listening = _bound(host, port)
    config = uvicorn.Config(
        app,
        http=_Protocol,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="auto",
        timeout_graceful_shutdown=5,
        # Longer than a client keeps an idle connection (aiohttp: 15 s). With uvicorn's own 5 s a busy machine meets the
        # moment when the server hangs up on a connection that the client has just taken, and the message is in doubt.
        timeout_keep_alive=75,
    )
    server = _QuietServer(config)
    running = asyncio.create_task(_run(server, listening))
    ready = asyncio.create_task(server.ready.wait())
    try:
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if not server.ready.is_set():
            message = "the application did not start; its own log says why"
            raise RuntimeError(message)
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        ready.cancel()
        server.stop.set()
        await running
        listening.close()


def _bound(host: str, port: int) -> socket.socket:
    # asyncio sends small replies at once only on sockets that name their protocol; otherwise each waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


async def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    try:
        await server.serve(sockets=[listening])
    except SystemExit:  # uvicorn's way to say that the application's start failed
        return
