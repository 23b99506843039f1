"""Install nps-bot as an operator would, and use it there: `python -m tests.packaging.installed`.

`make install` builds the wheel and puts it, with requirements.txt alone, into an empty environment in a temporary
folder. Every command below runs in that environment, away from this code and its development tools: what is not
declared is missing there.

`doctor` and `serve` ask Slack who they are, and no test may reach the real Slack. So the pretend Slack answers them on
127.0.0.1. It runs here, in the development environment: the installed one has only what is examined.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from importlib import metadata
from pathlib import Path

import aiohttp

from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from tests.postgres import free_port

MOST_MEGABYTES = 150
PATIENCE = 60.0
PROJECT = Path(__file__).parents[2]
# A migration runs only inside Alembic, so it is not imported here; `migrate` runs them all.
IMPORT_ALL = """
import importlib, pkgutil
for package in ("bot", "scoring", "storage"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not module.name.startswith("storage.migrations.") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""


class Wrong(Exception):  # noqa: N818 - a verdict on what was installed
    """The installation does not hold what is promised; the text says where."""


async def examine() -> None:
    """Install, look, and run each command. Raises Wrong."""
    with tempfile.TemporaryDirectory(prefix="nps-installed-") as name:
        folder = Path(name)
        place, home = folder / "production", folder / "home"
        home.mkdir()
        await _run(["make", "install", f"TO={place}", f"PYTHON={sys.executable}"], PROJECT, dict(os.environ))
        _look(place)
        async with running(slack := Sandbox()) as url:
            settings = {
                "PATH": "/usr/bin:/bin",
                "HOME": str(home),
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_SIGNING_SECRET": slack.signing_secret,
                "SLACK_API_URL": f"{url}/api/",
                "PORT": str(free_port()),
            }
            await _run([f"{place}/bin/python", "-c", IMPORT_ALL], home, settings)
            for words in (["--version"], ["migrate"], ["doctor"], ["demo", "--once"]):
                await _run([f"{place}/bin/nps-bot", *words], home, settings)
            await _serve(place, home, settings)


def _look(place: Path) -> None:
    """Check what lies in the environment: all that is pinned, nothing else, and not too much of it."""
    (packages,) = place.glob("lib/python*/site-packages")
    found = {_canonical(one.name) for one in metadata.distributions(path=[str(packages)])}
    pinned = {
        _canonical(line.partition("==")[0])
        for line in (PROJECT / "requirements.txt").read_text().splitlines()
        if "==" in line
    }
    if "nps-bot" not in found:
        message = "nps-bot is not installed"
        raise Wrong(message)
    if extra := found - pinned - {"nps-bot"}:
        message = f"not pinned, and installed: {', '.join(sorted(extra))}"
        raise Wrong(message)
    # As `du` counts: what the files take on the disk.
    megabytes = sum(file.lstat().st_blocks for file in place.rglob("*")) * 512 / 2**20
    _say(f"{len(found)} packages, {megabytes:.0f} MB")
    if megabytes >= MOST_MEGABYTES:
        message = f"the environment takes {megabytes:.0f} MB, {MOST_MEGABYTES} or more"
        raise Wrong(message)


async def _run(words: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    _say(f"{_named(words)}: {process.returncode}")
    if process.returncode != 0:
        message = f"{_named(words)} ended with {process.returncode}:\n{out.decode()}"
        raise Wrong(message)


async def _serve(place: Path, home: Path, settings: Mapping[str, str]) -> None:
    """Start `serve`, ask for its health and its version, and end it."""
    with (home / "serve.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            f"{place}/bin/nps-bot", "serve", cwd=home, env=settings, stdout=log, stderr=log
        )
    try:
        health = await _health(process, f"http://127.0.0.1:{settings['PORT']}/healthz")
        process.terminate()
        code = await asyncio.wait_for(process.wait(), PATIENCE)
    except (Wrong, TimeoutError) as wrong:
        message = f"{wrong or 'serve took too long'}:\n{(home / 'serve.log').read_text()}"
        raise Wrong(message) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    _say(f"serve: /healthz answers {health}; ended with {code}")
    if code != 0 or health != {"database": "ok", "clock": "ok", "version": metadata.version("nps-bot")}:
        message = (
            "serve must answer that the database and the clock are ok, with this version, and end with 0"
        )
        raise Wrong(message)


async def _health(process: asyncio.subprocess.Process, address: str) -> object:
    """Ask until the clock has run once: the door opens before it does. Raises Wrong, TimeoutError."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while process.returncode is None:
            try:
                async with http.get(address) as reply:
                    health = await reply.json()
                    if reply.status == HTTPStatus.OK and health["clock"] != "never":
                        return health
            except aiohttp.ClientConnectionError:
                pass  # it is still starting
            await asyncio.sleep(0.05)
    message = f"serve ended with {process.returncode}"
    raise Wrong(message)


def _named(words: list[str]) -> str:
    program, *rest = words
    return "every module imported" if rest[:1] == ["-c"] else " ".join([Path(program).name, *rest])


def _canonical(name: str) -> str:
    """Spell a package's name in the one way that all spellings come to (packaging.python.org, "Name normalization")."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a script's report


if __name__ == "__main__":
    try:
        asyncio.run(examine())
    except Wrong as wrong:
        sys.exit(str(wrong))
