"""The command line against the small office: as a process where processes matter, in this loop where they do not."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from tests.journeys.office import Office, furnish, office_with
from tests.shell.warm import Ran, WarmPython

# A port that nothing listens on: 1 is reserved, and no test runs as a service there.
NOBODY = "127.0.0.1:1"

PYTHON = WarmPython()


@dataclass(frozen=True)
class Shell:
    """A terminal in an empty folder, with these settings and nothing else of this machine's environment."""

    folder: Path
    settings: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.settings}

    async def nps_bot(self, *words: str, **settings: str) -> Ran:
        """Run a command to its end; `settings` are added to those of the terminal."""
        return await asyncio.to_thread(PYTHON.run, words, self.folder, self.environment | settings)


@pytest.fixture(scope="session", autouse=True)
def _cool_down() -> Iterator[None]:
    yield
    PYTHON.close()


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


@pytest.fixture
def environment(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> pytest.MonkeyPatch:
    """The office's settings, and no file of settings in reach."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    for name, value in settings_for(office.slack, office.settings.database_url).items():
        monkeypatch.setenv(name, value)
    return monkeypatch
