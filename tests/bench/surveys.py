"""`python -m tests.bench.surveys`: what people read where ten thousand surveys stand, against where one does."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.shell.doctor import database as books
from storage import migrate
from tests import postgres
from tests.bench.reading import Read
from tests.builders import a_closed_wave, a_stored_survey, a_wave
from tests.conftest import new_database
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office, listeners_finish, office_with

SURVEYS = 10_000
OPEN_IN = 10
"""In each so-manieth survey a wave is open."""
MOST_TIMES = 1.5
TRIES = 9


async def fill(office: Office, surveys: int) -> None:
    """Give the office surveys that repeat, each with a closed wave, and some with an open one."""
    now = office.clock.now
    for first in range(0, surveys, 500):
        async with office.books.writing() as session:
            for number in range(first, min(first + 500, surveys)):
                survey = await a_stored_survey(
                    session,
                    f"Survey {number}",
                    workspace_id=office.slack.team_id,
                    created_by=MAYA,
                    created_at=now - timedelta(days=90),
                    starts_at=now - timedelta(days=90),
                )
                await a_closed_wave(session, survey, [9, 9, 9, 8, 8, 3], number=1)
                if number % OPEN_IN == 0:
                    await a_wave(session, [ALICE, BRUNO], survey=survey, opens_at=now)


def ways_of(office: Office) -> dict[str, Callable[[], Awaitable[object]]]:
    """Name what a manager types or opens, and what the operator does."""

    def typed(text: str) -> Callable[[], Awaitable[object]]:
        async def type_it() -> None:
            await office.driver.command(MAYA, GENERAL, text)
            await listeners_finish()

        return type_it

    async def home() -> None:
        await office.driver.open_home(MAYA)
        await listeners_finish()

    async def doctor() -> None:
        async with office.books.reading() as session:
            await books.examine(session, office.clock.now, timedelta(0))

    commands = ("", "list", "waves", "trend", "cases", "actions", "comments", "help")
    return {f"/nps {one}".strip(): typed(one) for one in commands} | {"Home": home, "doctor": doctor}


async def compared(urls: tuple[str, str], many: int) -> list[Read]:
    for url in urls:
        migrate.upgrade(url)
    async with office_with(urls[0]) as small, office_with(urls[1]) as large:
        for office, surveys in ((small, 1), (large, many)):
            await fill(office, surveys)
            async with office.books.writing() as session:
                await (await session.connection()).exec_driver_sql("ANALYZE")
        few, all_of_them = ways_of(small), ways_of(large)
        return [await _read(what, few[what], all_of_them[what]) for what in few]


async def _read(
    what: str, few: Callable[[], Awaitable[object]], many: Callable[[], Awaitable[object]]
) -> Read:
    took = []
    for _ in range(TRIES):
        began = time.perf_counter()
        await few()
        between = time.perf_counter()
        await many()
        took.append((between - began, time.perf_counter() - between))
    return Read(what, 1000 * min(one for one, _ in took), 1000 * min(other for _, other in took))


def bench(many: Annotated[int, typer.Option("--surveys", help="Against one.")] = SURVEYS) -> None:
    """Measure on both databases; exit 1 where something takes too long."""
    with TemporaryDirectory(prefix="nps-bench-") as folder:
        few, all_of_them = (f"sqlite:///{Path(folder)}/{name}.db" for name in ("few", "many"))
        shown = {"sqlite": asyncio.run(compared((few, all_of_them), many))}
    if postgres.is_available():
        with postgres.server() as server, new_database(server) as few, new_database(server) as all_of_them:
            shown["postgresql"] = asyncio.run(compared((few, all_of_them), many))
    table = Table(
        title=f"Reading: milliseconds where one survey stands, {many:,}, and how many times as long"
    )
    for name in ("database", "", "1", f"{many:,}", "times"):
        table.add_column(name)
    for kind, rows in shown.items():
        for row in rows:
            table.add_row(kind, row.what, f"{row.few:.1f}", f"{row.many:.1f}", f"{row.times:.2f}")
    Console(width=100).print(table)
    is_met = all(row.times <= MOST_TIMES for rows in shown.values() for row in rows)
    typer.echo(f"{'met   ' if is_met else 'MISSED'} {MOST_TIMES} times as long at most")
    if not is_met:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(bench)
