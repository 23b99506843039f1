"""The real program: `nps-bot serve` as a process of its own, and a database made ready for it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.sandbox.workspace import Sandbox
from storage import people, surveys, waves
from storage.engine import Database
from storage.planning import Planned, finish_planning, plan_batch
from storage.tables import Kind, Survey
from tests.journeys.office import GENERAL, MAYA, MONDAY

PROGRAM = Path(__file__).with_name("serve_on_a_monday.py")
HALF_PAST_EIGHT = MONDAY + timedelta(minutes=30)
"""By UTC: everybody in the office works, in Paris, Johannesburg and Shanghai."""


class MovedClock:
    """It ticks as the real one does, from half past eight on a Monday, and jumps when a test says so.

    How far it is ahead stands in a file, in seconds: so all processes that are told of it know one time.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(HALF_PAST_EIGHT)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, now: datetime) -> None:
        self._ahead = now - datetime.now(UTC)
        written = self.file.with_suffix(".new")
        written.write_text(str(self._ahead.total_seconds()))
        written.replace(self.file)

    def forward(self, **step: float) -> None:
        self.set(self() + timedelta(**step))


async def plan_a_wave(database: Database, slack: Sandbox, invited: Sequence[str]) -> None:
    """Store a survey that is three days old, its digest an hour overdue, with a wave that nobody has been asked yet."""
    now = slack.clock()
    due = now - timedelta(hours=1)
    survey = Survey(
        workspace_id=slack.team_id,
        name="Acme",
        key="acme",
        subject="Acme",
        kind=Kind.CUSTOMERS,
        audience={"channels": [], "people": list(invited)},
        wave_days=14,
        digest_channel=GENERAL,
        digest_weekday=due.weekday(),
        digest_hour=due.hour,
        time_zone="UTC",
        created_by=MAYA,
        created_at=now - timedelta(days=3),
        starts_at=now - timedelta(days=3),
    )
    async with database.writing() as session:
        await people.ensure_workspace(session, slack.team_id, slack.name)
        survey = await surveys.add_survey(session, survey)
        wave = await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=14))
        await plan_batch(session, wave, [Planned(user_id, "UTC", now) for user_id in invited], {})
        await finish_planning(session, wave.id, now)


@asynccontextmanager
async def serving(
    slack: Sandbox,
    database: Database,
    clock: MovedClock,
    log: int = asyncio.subprocess.DEVNULL,
    **settings: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `nps-bot serve` by this clock, what it logs going to the file descriptor `log`, and kill it at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", str(PROGRAM), str(clock.file)),
        cwd=clock.file.parent,
        env={
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": f"{slack.url}/api/",
            "DATABASE_URL": database.url.render_as_string(hide_password=False),
            "PORT": str(port),
            **settings,
        },
        stdout=log,
        stderr=log,
    )
    try:
        await _ready(f"http://127.0.0.1:{port}/healthz", process)
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        yield process
    finally:
        if process.returncode is None:
            kill(process)
        await process.wait()


async def _ready(url: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(20), aiohttp.ClientSession() as http:
        while process.returncode is None:
            try:
                async with http.get(url) as reply:
                    if reply.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)  # it is still starting
    raise RuntimeError(process.returncode)


def kill(process: asyncio.subprocess.Process) -> None:
    """Kill −9."""
    # Not Process.kill: it looks first whether the process has ended, and asyncio's own watcher then misses the end.
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
