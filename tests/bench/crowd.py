"""Whether a crowd that reads keeps anybody from answering: `python -m tests.bench.crowd`.

Fifty times a second somebody asks for the list of 60 surveys, and twenty times a second somebody taps, for ten seconds.
Both come when they come, as from Slack, whether or not the earlier ones were answered.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Annotated
from urllib.parse import urlencode

import typer

from storage.database.engine import Database
from tests import postgres
from tests.bench import database, verdicts
from tests.bench.clicks import clicks, request, requests
from tests.bench.measuring import databases
from tests.bench.servers import SECRET, SERVE, running
from tests.bench.slack_side import answering_calls
from tests.builders import a_stored_survey, a_wave

MOST_SECONDS = 1.0
SURVEYS = 60
LISTS_A_SECOND, TAPS_A_SECOND = 50, 20


def bench(
    seconds: Annotated[int, typer.Option(help="How long the crowd reads and taps.")] = 10,
) -> None:
    """Measure on each database; exit 1 when a tap waited for more than a second, or was lost."""
    held, longest = dict[str, bool](), dict[str, float]()
    with tempfile.TemporaryDirectory(prefix="nps-bench-") as folder, databases(Path(folder)) as url_of:
        for kind, url in url_of.items():
            taps, lists, astray = asyncio.run(_measured(url, Path(folder), seconds))
            longest[kind] = max(taps)
            held[f"every tap within {MOST_SECONDS:g} s on {kind}, and none lost"] = (
                max(taps) <= MOST_SECONDS and not astray
            )
            typer.echo(
                f"{kind}: {len(taps)} taps acknowledged within {median(taps) * 1000:.0f} ms in the middle, {max(taps) * 1000:.0f} ms "
                f"at most; {len(lists)} lists of {SURVEYS} surveys within {median(lists) * 1000:.0f} ms and "
                f"{max(lists) * 1000:.0f} ms; {astray} taps lost."
            )
    if not postgres.is_available():
        typer.echo(f"PostgreSQL was not measured: {postgres.NOT_FOUND}.")
    verdicts.tell(held, longest_tap_s=longest)


async def _measured(url: str, folder: Path, seconds: int) -> tuple[list[float], list[float], int]:
    """Return the seconds until each tap and each list was acknowledged, and how many taps are not in the database."""
    async with AsyncExitStack() as stack:
        slack_api_url, _ = await stack.enter_async_context(answering_calls())
        everybody = clicks(seconds * TAPS_A_SECOND, slack_api_url)
        await database.prepare(url, everybody)
        books = Database(url)
        async with books.writing() as session:
            for number in range(SURVEYS - 1):
                await a_wave(session, survey=await a_stored_survey(session, name=f"Survey {number}"))
        await books.close()
        server = await stack.enter_async_context(running(SERVE, slack_api_url, url, folder))
        lists = [_list(number, slack_api_url) for number in range(seconds * LISTS_A_SECOND)]
        met = await asyncio.gather(
            _sent(server.port, requests(everybody, SECRET), 1 / TAPS_A_SECOND),
            _sent(server.port, lists, 1 / LISTS_A_SECOND),
        )
    return *met, await database.astray(url, everybody)


def _list(number: int, slack_api_url: str) -> bytes:
    said = {
        "team_id": "T0ACME",
        "channel_id": "C0GENERAL",
        "user_id": f"U{number % 100 + 1:010d}",
        "command": "/nps",
        "text": "list",
        "response_url": slack_api_url.replace("/api/", f"/commands/{number}"),
        "trigger_id": f"list.{number}",
    }
    return request(urlencode(said), SECRET, time.time())


async def _sent(port: int, some: Iterable[bytes], every: float) -> list[float]:
    """Send one request after the other at its time; return the seconds that each was answered in."""
    began = time.monotonic()

    async def one(number: int, message: bytes) -> float:
        await asyncio.sleep(began + number * every - time.monotonic())
        sent = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(message)
        status = (await reader.readline()).split(maxsplit=2)[1]
        took = time.monotonic() - sent
        writer.close()
        if int(status) != HTTPStatus.OK:
            error = f"request {number + 1} was answered {status.decode()}"
            raise RuntimeError(error)
        return took

    return await asyncio.gather(*(one(*numbered) for numbered in enumerate(some)))


if __name__ == "__main__":
    typer.run(bench)
