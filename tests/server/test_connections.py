"""Connections that only wait are dropped, and those who have something to say are heard all the same."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.server.connections import Door, Doorkeeper, most_connections
from bot.server.endpoints import BodyReader

ROOM = 20
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[int], Awaitable[Connection]]


class Hurried(Door):
    headers_within = 0.3


class Narrow(Door):
    keeper = Doorkeeper(ROOM)


class Serving(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """Leave signals alone: a test ends the server itself."""


@asynccontextmanager
async def behind(door: type[Door]) -> AsyncIterator[int]:
    """Serve /hello behind this door and give the port."""

    async def hello(_: Request) -> Response:
        return PlainTextResponse("hello")

    app = Starlette(routes=[Route("/hello", hello)])
    server = Serving(
        uvicorn.Config(app, port=0, http=door, ws="none", log_config=None, timeout_keep_alive=30)
    )
    work = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody when it has started
            await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await work


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Open connections, and close them when the test ends."""
    opened: list[Connection] = []

    async def connection(port: int) -> Connection:
        opened.append(await asyncio.open_connection("127.0.0.1", port))
        return opened[-1]

    yield connection
    for _, writer in opened:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def ask(connection: Connection) -> bytes:
    reader, writer = connection
    writer.write(b"GET /hello HTTP/1.1\r\nHost: here\r\n\r\n")
    return (await reader.readuntil(b"hello")).splitlines()[0]


async def is_dropped(connection: Connection) -> bool:
    try:
        return await asyncio.wait_for(connection[0].read(), 5) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("sent", [b"", b"G", b"POST /slack/events HTTP/1.1\r\nHost: here\r\nX-"])
async def test_a_connection_whose_request_does_not_come_is_dropped(connect: Connect, sent: bytes) -> None:
    async with behind(Hurried) as port:
        connection = await connect(port)
        connection[1].write(sent)

        assert await is_dropped(connection)


async def test_the_second_request_of_a_connection_has_its_time_too(connect: Connect) -> None:
    async with behind(Hurried) as port:
        connection = await connect(port)
        assert b"200" in await ask(connection)
        await asyncio.sleep(2 * Hurried.headers_within)  # kept open: uvicorn's own patience
        assert b"200" in await ask(connection)
        connection[1].write(b"GET /hello HTTP/1.1\r\nHo")

        assert await is_dropped(connection)


async def test_a_crowd_that_only_waits_keeps_nobody_out(connect: Connect) -> None:
    async with behind(Narrow) as port:
        crowd = [await connect(port) for _ in range(3 * ROOM)]

        for _ in range(5):
            assert b"200" in await ask(await connect(port))

        assert await is_dropped(crowd[0])


def test_more_connections_than_files_are_never_open() -> None:
    assert 50 <= most_connections() <= 1_000


async def test_long_bodies_share_what_may_be_held() -> None:
    reading, waiting = BodyReader(), asyncio.Event()
    slow = [asyncio.create_task(reading.read(half_sent(900_000, waiting))) for _ in range(8)]
    await asyncio.sleep(0)

    assert await reading.read(half_sent(900_000, waiting)) is None
    small = asyncio.create_task(reading.read(half_sent(1_000, waiting)))
    await asyncio.sleep(0)
    waiting.set()
    assert len(await small or b"") == 1_000
    assert {len(body or b"") for body in await asyncio.gather(*slow)} == {900_000}


async def test_what_a_body_held_is_given_back() -> None:
    reading, sent = BodyReader(), asyncio.Event()
    sent.set()
    for _ in range(20):
        assert len(await reading.read(half_sent(900_000, sent)) or b"") == 900_000


def half_sent(size: int, rest_comes: asyncio.Event) -> Request:
    """Make a request: its body comes at once, its end when told."""
    parts = iter([{"type": "http.request", "body": b"x" * size, "more_body": True}])

    async def receive() -> dict[str, object]:
        for part in parts:
            return part
        await rest_comes.wait()
        return {"type": "http.request", "body": b"", "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)
