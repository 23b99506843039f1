"""`python -m tests.bench.clock`: what the clock costs with a thousand open waves and nothing due, against one."""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot import logs
from bot.jobs import HOUSEKEEPING, JOBS
from storage import migrate
from tests import postgres
from tests.bench import verdicts
from tests.conftest import new_database
from tests.journeys.office import Office, office_with
from tests.journeys.test_clock_at_rest import add_waves

WAVES = 1_000
MOST_TIMES = 2
_TRIES = 5
_SETTLING = 4
"""Looks after which nothing is left to do."""


async def at_rest(office: Office) -> float:
    """Return the share of a core that all jobs take together, each as often as it looks: the least of some tries each."""
    for _ in range(_SETTLING):
        await office.tick()
    share = 0.0
    for every, flow in (JOBS | HOUSEKEEPING).values():
        took = []
        for _ in range(_TRIES):
            began = time.process_time()
            await flow(office.app.services)
            took.append(time.process_time() - began)
        share += min(took) / every.total_seconds()
    return share


async def compared(url: str, many: int) -> tuple[float, float]:
    migrate.upgrade(url)
    logs.configure(quiet=True)
    async with office_with(url) as office:
        await add_waves(office, 0, 1)
        with_one = await at_rest(office)
        await add_waves(office, 1, many - 1)
        return with_one, await at_rest(office)


def told(kind: str, many: int, shares: tuple[float, float]) -> float:
    """Tell the shares of a core, and return how many times as much the second is."""
    one, all_of_them = shares
    typer.echo(
        f"The clock at rest on {kind}: {one:.1%} of a core with one open wave, {all_of_them:.1%} with {many:,}:"
        f" {all_of_them / one:.2f} times as much."
    )
    return all_of_them / one


def bench(many: Annotated[int, typer.Option("--waves", help="Open, with nothing due.")] = WAVES) -> None:
    """Measure on both databases; exit 1 where it costs too much."""
    with TemporaryDirectory(prefix="nps-bench-") as folder:
        times = {
            "sqlite": told("sqlite", many, asyncio.run(compared(f"sqlite:///{Path(folder)}/nps.db", many)))
        }
    if postgres.is_available():
        with postgres.server() as server, new_database(server) as url:
            times["postgresql"] = told("postgresql", many, asyncio.run(compared(url, many)))
    held = {f"{MOST_TIMES} times as much at most on {kind}": one <= MOST_TIMES for kind, one in times.items()}
    verdicts.tell(held, times=times)


if __name__ == "__main__":
    typer.run(bench)
