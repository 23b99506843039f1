"""The Procfile, run by a process runner: what a hosting service does with it, against PostgreSQL."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import aiohttp
import psycopg
import pytest

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.workspace import Sandbox
from storage.database import revisions
from tests.conftest import new_database
from tests.journeys.office import ALICE, GENERAL, MAYA
from tests.postgres import free_port
from tests.shell.conftest import Shell, settings_for
from tests.shell.test_commands import ACME

pytestmark = pytest.mark.slow

PROCFILE = Path(__file__).parents[2] / "Procfile"
PATIENCE = 30.0


@pytest.fixture
def shell(slack: Sandbox, postgres_server: str, tmp_path: Path) -> Iterator[Shell]:
    """A terminal where nps-bot is installed, with an empty PostgreSQL and a free port."""
    with new_database(postgres_server) as url:
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        yield Shell(tmp_path, {**settings_for(slack, url), "PORT": str(free_port()), "PATH": path})


@asynccontextmanager
async def honcho(shell: Shell, *names: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "honcho", "-f", str(PROCFILE), "-d", str(shell.folder), "start", *names),
        env=shell.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def until_both_live(address: str) -> None:
    """Wait until the web process answers, and tells that it has seen the clock's process at work."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(f"{address}/healthz") as reply:
                    if reply.status == HTTPStatus.OK and (await reply.json())["clock"] == "ok":
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


async def test_release_migrates_web_answers_the_clock_works_and_all_end_when_told(
    shell: Shell, slack: Sandbox
) -> None:
    async with honcho(shell, "release") as release:
        out, _ = await release.communicate()
    assert release.returncode == 0
    assert b"The database is up to date." in out

    address = f"http://127.0.0.1:{shell.settings['PORT']}"
    slack.request_url = f"{address}/slack/events"
    async with honcho(shell, "web", "clock") as running:
        await until_both_live(address)
        assert (await shell.nps_bot(*ACME)).code == 0
        assert (await shell.nps_bot("survey", "open", "--as", MAYA, "--yes")).code == 0

        reply = await SlackDriver(slack).command(ALICE, GENERAL)
        assert reply.ok
        await slack.until(lambda: any("Acme" in one.text for one in slack.ephemerals(ALICE)), PATIENCE)

        running.terminate()
        out, _ = await asyncio.wait_for(running.communicate(), PATIENCE)

    said = out.decode()
    assert [said.count(f"{name} stopped") for name in ("web.1", "clock.1")] == [1, 1]
    assert "SIGKILL" not in said
    assert "Traceback" not in said
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", int(shell.settings["PORT"]))
    assert _connections(shell.settings["DATABASE_URL"]) == 0


async def test_without_its_migrations_nothing_starts(shell: Shell) -> None:
    for command in ("serve", "clock"):
        ran = await shell.nps_bot(command)
        assert (ran.code, ran.out) == (1, "")
        many = len(revisions.pending(shell.settings["DATABASE_URL"]))
        assert ran.err == (
            f"The database is not ready: migrations wait (0001 to {many:04}). Run nps-bot migrate.\n"
        )


def _connections(url: str) -> int:
    """Count who else is connected to this database."""
    with psycopg.connect(url) as database:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        row = database.execute(others).fetchone()
    assert row is not None
    return int(row[0])
