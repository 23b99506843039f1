"""A small HTTP proxy: it forwards plain requests, opens tunnels for CONNECT, or refuses both."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Proxy:
    """`asked` holds the first line of each request, and `told` its headers. With `refusal`, such as "407 Not you", it does nothing else.

    `leads_to` is where each tunnel ends, whatever was asked for: names of the real world are none here.
    """

    url: str = ""
    asked: list[str] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    refusal: str = ""
    leads_to: tuple[str, int] | None = None

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)
        await _close(writer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, _, rest = head.partition(b"\r\n")
        method, target, version = first.decode().split()
        self.asked.append(f"{method} {target}")
        headers = (line.partition(": ") for line in rest.decode().split("\r\n") if line)
        self.told.append({name.lower(): value for name, _, value in headers})
        if self.refusal:
            page = b"<h1>The gateway says no</h1>"
            told = f"HTTP/1.1 {self.refusal}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n"
            writer.write(f"{told}Connection: close\r\n\r\n".encode() + page)
            await writer.drain()
            return
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            there, onward = await asyncio.open_connection(*(self.leads_to or (host, int(port))))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            where = urlsplit(target)
            there, onward = await asyncio.open_connection(where.hostname, where.port)
            path = target.partition(where.netloc)[2]
            onward.write(f"{method} {path} {version}\r\nConnection: close\r\n".encode() + rest)
        await asyncio.gather(_pour(reader, onward), _pour(there, writer))
        await _close(onward)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await source.read(65536):
            sink.write(some)
            await sink.drain()
        sink.write_eof()


@asynccontextmanager
async def proxy() -> AsyncIterator[Proxy]:
    one = Proxy()
    server = await asyncio.start_server(one.take, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield one
    finally:
        server.close()
