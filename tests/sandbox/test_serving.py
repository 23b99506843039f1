"""How the pretend Slack is served: as patient with idle connections as the real one."""

import asyncio

import pytest

from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox

CLIENTS_KEEP = 15
"""Seconds for which aiohttp keeps a connection that it does not use."""


async def test_the_server_does_not_hang_up_on_a_connection_that_a_client_still_keeps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = asyncio.get_running_loop()
    now = loop.time
    async with running(Sandbox()) as url:
        reader, writer = await asyncio.open_connection(*url.removeprefix("http://").split(":"))
        for later in (0, CLIENTS_KEEP):
            monkeypatch.setattr(loop, "time", lambda later=later: now() + later)
            await asyncio.sleep(0.01)  # whatever has run out meanwhile is closed here
            writer.write(b"POST /api/auth.test HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()
        monkeypatch.undo()
