"""The real program: `nps-bot serve` as a process of its own, and a database made ready for it."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.sandbox.workspace import Sandbox
from storage import surveys, waves
from storage.audience import Audience
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Survey
from storage.waves.planning import Planned, finish_planning, plan_batch
from storage.words import Kind
from tests.journeys.office import GENERAL, MAYA, MONDAY
from tests.postgres import free_port

PATIENCE = 30.0
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
        audience=Audience(people=tuple(invited)),
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
    everything = _settings(slack, database) | settings
    process = await asyncio.create_subprocess_exec(
        *_program(clock), cwd=clock.file.parent, env=everything, stdout=log, stderr=log
    )
    try:
        await _ready(slack, everything["PORT"])
        yield process
    finally:
        if process.returncode is None:
            kill(process.pid)
        await process.wait()


@dataclass(frozen=True)
class Forge:
    """A Python that has imported `nps-bot serve` and forks itself into it, again and again."""

    process: asyncio.subprocess.Process
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def serving(self, slack: Sandbox, database: Database, **settings: str) -> AsyncIterator[int]:
        """Run it, give its process number, and kill it at the end. The number is nobody else's while the forge runs."""
        everything = _settings(slack, database) | settings
        number = await self._forked(everything)
        try:
            await _ready(slack, everything["PORT"])
            yield number
        finally:
            kill(number)

    async def _forked(self, settings: dict[str, str]) -> int:
        assert self.process.stdin
        assert self.process.stdout
        async with self._one_at_a_time:
            self.process.stdin.write(json.dumps(settings).encode() + b"\n")
            return int(await self.process.stdout.readline())


@asynccontextmanager
async def forge(clock: MovedClock, log: int = asyncio.subprocess.DEVNULL) -> AsyncIterator[Forge]:
    process = await asyncio.create_subprocess_exec(
        *(*_program(clock), "many"),
        cwd=clock.file.parent,
        env=_environment(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
    )
    try:
        yield Forge(process)
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


def kill(number: int) -> None:
    """Kill −9 a process that nobody has asked yet how it ended: until then its number is its own."""
    # Not asyncio's own way: it asks first whether the process has ended, and its watcher then misses the end.
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def _program(clock: MovedClock) -> tuple[str, ...]:
    return (sys.executable, "-P", str(PROGRAM), str(clock.file))


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}


def _settings(slack: Sandbox, database: Database) -> dict[str, str]:
    return {
        **_environment(),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "PORT": str(free_port()),
    }


async def _ready(slack: Sandbox, port: str) -> None:
    """Wait until it answers, and lead what people do to it."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz") as reply:
                    if reply.status == 200:
                        break
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)  # it is still starting
    slack.request_url = f"http://127.0.0.1:{port}/slack/events"
