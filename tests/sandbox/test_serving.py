"""Serving an application inside the running loop."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.serving import serve


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def forever(_request: Request) -> Response:
    async def words() -> AsyncIterator[str]:
        yield "first"
        await asyncio.Event().wait()

    return StreamingResponse(words())


async def test_a_server_answers_while_its_block_lasts_and_leaves_the_port_free() -> None:
    told: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        told.append("up")
        yield
        told.append("down")

    app = Starlette(routes=[Route("/", hello)], lifespan=lifespan)
    async with serve(app) as url, aiohttp.ClientSession() as session:
        assert url.startswith("http://127.0.0.1:")
        async with session.get(url) as reply:
            assert await reply.text() == "hello"
    assert told == ["up", "down"]
    with socket.create_server(("127.0.0.1", int(url.rpartition(":")[2]))):
        pass


async def test_a_stream_that_never_ends_does_not_hold_the_server_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Starlette(routes=[Route("/", forever)])
    async with aiohttp.ClientSession() as session, asyncio.timeout(2), serve(app) as url:
        reply = await session.get(url)
        assert await reply.content.readany() == b"first"
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_server_leaves_the_signals_of_the_process_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    async with serve(Starlette(routes=[Route("/", hello)])):
        assert signal.getsignal(signal.SIGINT) is before


async def test_an_application_that_does_not_start_is_told_at_once() -> None:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        int("no database")
        yield

    with pytest.raises(RuntimeError, match="did not start"):
        async with serve(Starlette(lifespan=lifespan)):
            pass


async def test_a_port_that_is_taken_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        async with serve(Starlette(), port=taken.getsockname()[1]):
            pass
