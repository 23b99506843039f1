"""Lives of nps-bot on an office's database, one after the other, each to its natural end or to the point where it dies."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp

from tests.journeys.office import Office
from tests.postgres import free_port

PROGRAM = Path(__file__).with_name("mortal.py")
NEVER = 0
LEASE = 6
"""Minutes after which whatever the dead had claimed is free, or uncertain."""
MOST = 40
"""Points that no life here has; or a test would never end."""
PATIENCE = 30.0


@dataclass(frozen=True)
class Lives:
    """The forge of all lives, and the office that they work in."""

    office: Office
    process: asyncio.subprocess.Process

    async def look(self, die_at: int = NEVER) -> bool:
        """Let a process look once at everything that is due; True when it died of that."""
        await self._begin(die_at)
        return await self._died()

    async def serve(
        self, die_at: int, doing: Callable[[], Awaitable[object]], is_over: Callable[[], Awaitable[bool]]
    ) -> bool:
        """Let a process answer Slack while somebody does something, until all is done or it dies; True when it died."""
        port = free_port()
        number = await self._begin(die_at, PORT=str(port))
        died = asyncio.create_task(self._died())
        slack, before = self.office.slack, self.office.slack.request_url
        await _answers(port)
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        try:
            await doing()
            async with asyncio.timeout(PATIENCE):
                while not died.done() and not await is_over():  # noqa: ASYNC110 - the database calls nobody
                    await asyncio.sleep(0.05)
        finally:
            slack.request_url = before
        if died.done():
            return await died
        os.kill(number, signal.SIGKILL)
        await died
        return False

    async def recover(self) -> None:
        """Let the leases of the dead end, and the living do what is left; then look once more, and say nothing twice."""
        for _ in range(2):
            self.office.clock.forward(minutes=LEASE)
            assert not await self.look()

    async def _begin(self, die_at: int, **more: str) -> int:
        assert self.process.stdin
        assert self.process.stdout
        slack, clock = self.office.slack, self.office.clock
        wishes = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": f"{slack.url}/api/",
            "DATABASE_URL": self.office.settings.database_url,
            "NPS_QUARANTINE_DAYS": "0",
            "NPS_SECRET": self.office.settings.secret or "",
            "NPS_MESSAGES_PER_MINUTE": "60000",
            "NOW": clock.now.isoformat(),
            "DIE_AT": str(die_at),
        }
        self.process.stdin.write(json.dumps(wishes | more).encode() + b"\n")
        return int(await self.process.stdout.readline())

    async def _died(self) -> bool:
        assert self.process.stdout
        ended = int(await self.process.stdout.readline())
        assert ended in {0, -signal.SIGKILL}, f"a life ended with {ended}"
        return ended != 0


@asynccontextmanager
async def lives_in(office: Office) -> AsyncIterator[Lives]:
    environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAM),
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Lives(office, process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


async def at_each_point(try_out: Callable[[int], Awaitable[bool]]) -> int:
    """Try something out that dies at its first point, its second, and so on, until it lives; return how often it died."""
    for point in count(1):
        assert point < MOST
        if not await try_out(point):
            return point - 1
    raise AssertionError


async def _answers(port: int) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)  # it is still starting; nothing of /healthz, which writes
