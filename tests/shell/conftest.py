"""The command line against the small office: as a process where processes matter, in this loop where they do not."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from tests.journeys.office import Office, furnish, office_with

# A port that nothing listens on: 1 is reserved, and no test runs as a service there.
NOBODY = "127.0.0.1:1"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int | None
    out: str
    err: str


@dataclass(frozen=True)
class Shell:
    """A terminal in an empty folder, with these settings and nothing else of this machine's environment."""

    folder: Path
    settings: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.settings}

    async def nps_bot(self, *words: str, **settings: str) -> Ran:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env=self.environment | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        return Ran(process.returncode, out.decode(), err.decode())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'nps.db')}"


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    """The office's Slack, on a port of its own."""
    sandbox = Sandbox()
    furnish(sandbox)
    async with running(sandbox):
        yield sandbox


@pytest.fixture
def shell(slack: Sandbox, sqlite_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, settings_for(slack, sqlite_url))


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with office_with(sqlite_url) as made:
        yield made


def settings_for(slack: Sandbox, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": f"{slack.url}/api/",
        "DATABASE_URL": database_url,
    }
