"""kill −9 the moment a tap is acknowledged: whatever was acknowledged is there."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.driving.driver import Driver
from bot.sandbox.driving.post import Reply
from bot.sandbox.records import Message, User
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage import people, surveys, waves
from storage.engine import Database
from storage.invitations import plan_invitations
from storage.tables import Kind, Survey
from tests.journeys.office import GENERAL, MAYA, furnish, stored_scores

CROWD = [f"U{number:03}" for number in range(8)]


@pytest.fixture
async def database(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'nps.db')}")
    yield opened
    await opened.close()


async def test_no_acknowledged_tap_is_lost_by_a_kill(database: Database) -> None:
    slack = Sandbox()
    furnish(slack)
    for person in CROWD:
        slack.add_user(User(person, person.lower()))
    await plan_a_wave(database, slack)
    driver = Driver(slack)

    async with running(slack):
        async with serving(slack, database):
            await slack.until(lambda: all(slack.direct_messages(person) for person in CROWD), seconds=20)
        questions = {person: slack.direct_messages(person)[0] for person in CROWD}

        for score in (3, 7, 10):
            acknowledged: set[str] = set()
            async with serving(slack, database) as process:
                taps = [
                    asyncio.create_task(tap(driver, questions[person], person, score)) for person in CROWD
                ]
                for reply in asyncio.as_completed(taps):
                    person, answer = await reply
                    if answer.status == 200:
                        acknowledged.add(person)
                        if len(acknowledged) == 1:
                            kill(process)
            assert acknowledged
            stored = await stored_scores(database)
            assert {person for person in acknowledged if stored.get(person) != score} == set()

        async with serving(slack, database):
            await driver.command(MAYA, GENERAL, "")
            await slack.until(lambda: bool(slack.ephemerals(MAYA)), seconds=10)
        assert f"\n{len(await stored_scores(database))} of " in slack.ephemerals(MAYA)[-1].text


async def tap(driver: Driver, question: Message, person: str, score: int) -> tuple[str, Reply]:
    return person, await driver.click(person, question, f"answer.score.{score}")


async def plan_a_wave(database: Database, slack: Sandbox) -> None:
    now = datetime.now(UTC)
    survey = Survey(
        workspace_id=slack.team_id,
        name="Acme",
        key="acme",
        subject="Acme",
        kind=Kind.CUSTOMERS,
        audience={"channels": [], "people": CROWD},
        wave_days=14,
        digest_channel=GENERAL,
        digest_weekday=0,
        digest_hour=9,
        time_zone="UTC",
        created_by=MAYA,
        created_at=now,
    )
    async with database.writing() as session:
        await people.ensure_workspace(session, slack.team_id, slack.name)
        survey = await surveys.add_survey(session, survey)
        wave = await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=14))
        await plan_invitations(session, wave, CROWD)


@asynccontextmanager
async def serving(slack: Sandbox, database: Database) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `nps-bot serve` as a process of its own, and kill it at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        cwd=Path(str(database.url.database)).parent,
        env={
            "PATH": os.environ["PATH"],
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": f"{slack.url}/api/",
            "DATABASE_URL": str(database.url),
            "PORT": str(port),
        },
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await ready(f"http://127.0.0.1:{port}/healthz", process)
        slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        yield process
    finally:
        if process.returncode is None:
            kill(process)
        await process.wait()


async def ready(url: str, process: asyncio.subprocess.Process) -> None:
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
    # Not Process.kill: it looks first whether the process has ended, and asyncio's own watcher then misses the end.
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
