"""`nps-bot serve` and `clock`: they start, say what keeps them from it, and end when told."""

import asyncio
import json
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace

import aiohttp
import pytest
from sqlalchemy import make_url

from bot.sandbox.workspace import Sandbox
from bot.shell.doing.serving import ENDS_WITHIN
from tests.postgres import free_port
from tests.shell.conftest import Shell

pytestmark = pytest.mark.slow

PATIENCE = 30.0


@pytest.fixture
def taken() -> Iterator[str]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield str(listening.getsockname()[1])


@pytest.fixture
def shell(shell: Shell) -> Shell:
    return replace(shell, settings={**shell.settings, "PORT": str(free_port())})


@asynccontextmanager
async def started(shell: Shell, *words: str, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command until it says that it is at work."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=shell.folder,
        env=shell.environment | settings,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            while json.loads(await process.stderr.readline())["event"] not in {"serving", "clock.started"}:
                pass
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("words", [["serve"], ["serve", "--no-clock"], ["clock"]])
async def test_it_ends_well_when_told(shell: Shell, words: list[str], number: signal.Signals) -> None:
    async with started(shell, *words) as process:
        process.send_signal(number)
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)

    assert process.returncode == 0
    assert [json.loads(line)["level"] for line in said.splitlines()] == []


@pytest.mark.parametrize("command", ["clock", "serve"])
async def test_the_numbers_of_a_process_are_on_a_port_of_their_own(shell: Shell, command: str) -> None:
    port = str(free_port())
    token = "a-word-that-nobody-guesses"
    async with started(shell, command, NPS_METRICS_TOKEN=token, NPS_METRICS_PORT=port) as process:
        page, shown = f"http://127.0.0.1:{port}/metrics", {"Authorization": f"Bearer {token}"}
        async with aiohttp.ClientSession() as http, http.get(page, headers=shown) as reply:
            assert reply.status == 200
            assert "nps_clock_runs_total" in await reply.text()
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_it_connects_to_slack_itself_where_there_is_an_app_token(shell: Shell, slack: Sandbox) -> None:
    async with started(shell, "serve", SLACK_APP_TOKEN=slack.app_token) as process:
        assert len(slack.sockets) == 1
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    await slack.until(lambda: not slack.sockets, PATIENCE)


async def test_a_wrong_app_token_is_a_sentence(shell: Shell) -> None:
    ran = await shell.nps_bot("serve", SLACK_APP_TOKEN="xapp-keep-me")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "Slack does not take SLACK_APP_TOKEN (invalid_auth). Make one with connections:write under "
        "Basic Information, App-Level Tokens, and turn Socket Mode on.\n"
    )


async def test_a_slack_that_does_not_open_socket_mode_has_not_refused_the_token(
    shell: Shell, slack: Sandbox
) -> None:
    slack.faults.server_error("apps.connections.open", times=None)

    ran = await shell.nps_bot("serve", SLACK_APP_TOKEN=slack.app_token)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Slack did not open Socket Mode (unreadable_reply). Start nps-bot again in a minute.\n"


async def test_an_address_that_is_taken_is_a_sentence(shell: Shell, taken: str) -> None:
    ran = await shell.nps_bot("serve", PORT=taken)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"nps-bot cannot listen on 127.0.0.1, port {taken} (Address already in use). "
        "Set HOST and PORT to an address of this machine that is free.\n"
    )


async def test_it_ends_in_time_although_the_database_hangs(shell: Shell) -> None:
    path = str(make_url(shell.settings["DATABASE_URL"]).database)
    async with started(shell, "serve") as process:
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), ENDS_WITHIN + 5)
