"""Start a program in a process of its own, wait until it answers, and end it."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import aiohttp

from tests.postgres import free_port

SECRET = "bench-signing-secret"
NPS_SECRET = "bench-secret, longer than it need be"
SERVE = ("bot", "serve")
LEAN = ("tests.bench.lean",)
BARE, UNSTORED, SEALED, STORED, CAST, UNREMEMBERED = (
    ("tests.bench.comparison", way)
    for way in ("bare", "unstored", "sealed", "stored", "cast", "unremembered")
)
_PATIENCE = 20


@dataclass(frozen=True)
class Server:
    """A program that listens on 127.0.0.1."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    seconds_to_ready: float
    megabytes_at_rest: float

    def says(self) -> str:
        return _end_of(self.log)


@asynccontextmanager
async def running(
    words: tuple[str, ...], slack_api_url: str, database_url: str, home: Path
) -> AsyncIterator[Server]:
    """Run `python -m WORDS` with settings of its own until the block ends. Raises RuntimeError with its log."""
    port = free_port()
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack_api_url,
        "DATABASE_URL": database_url,
        "NPS_SECRET": NPS_SECRET,
        "PORT": str(port),
        # What Python compiled is kept, as an installed program's is.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    log = home / f"{port}.log"
    began = time.monotonic()
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603, ASYNC220 - the words are ours; it returns at once
            [sys.executable, "-m", *words], env=os.environ | settings, stdout=file, stderr=file
        )
    try:
        await _ready(process, port, log, began + _PATIENCE)
        yield Server(process, port, log, time.monotonic() - began, _megabytes(process.pid))
    finally:
        process.terminate()
        process.wait()


async def _ready(process: subprocess.Popen[bytes], port: int, log: Path, until: float) -> None:
    async with aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    if answer.status == HTTPStatus.OK:
                        return
            except aiohttp.ClientConnectionError:
                pass
            if process.poll() is not None or time.monotonic() > until:
                message = f"{process.args!r} does not answer: {_end_of(log)}"
                raise RuntimeError(message)
            await asyncio.sleep(0.01)


def _end_of(log: Path) -> str:
    return log.read_text()[-2000:]


def _megabytes(pid: int) -> float:
    words = ["ps", "-o", "rss=", "-p", str(pid)]
    return int(subprocess.run(words, capture_output=True, check=True).stdout) / 1024  # noqa: S603 - ours
