"""`python -m tests.bench.clock`: what the clock costs with nothing due: with a thousand open waves against one, and then
with ten thousand surveys more, of which each repeats.

Of each open wave, the week's digest has been posted.
"""

import asyncio
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from sqlmodel import col, select, update

from bot import logs
from bot.digests.posting import WEEKLY_DIGEST
from bot.jobs import HOUSEKEEPING, JOBS
from bot.kit.rules.calendar import WEEK
from storage import migrate
from storage.surveys import survey_key
from storage.tables import Run, Survey, Wave
from storage.words import Rhythm, RunState
from tests import postgres
from tests.bench import verdicts
from tests.builders import MANAGER, a_survey
from tests.conftest import new_database
from tests.journeys.office import Office, office_with
from tests.journeys.test_clock_at_rest import add_waves

WAVES = 1_000
SURVEYS = 10_000
MOST_TIMES = 2
DIGESTS = a_survey().digest_channel
_TRIES = 5
_SETTLING = 4
"""Looks after which nothing is left to do."""


async def open_and_post(office: Office, first: int, many: int) -> None:
    """Open waves, and let the digest of each, which is due at this moment, be posted."""
    await add_waves(office, first, many)
    now = office.clock.now
    async with office.books.writing() as session:
        await session.exec(update(Survey).values(created_at=now - WEEK))
        new = (await session.exec(select(Survey).order_by(col(Survey.id)).offset(first))).all()
        done: dict[str, Any] = {"due_at": now, "state": RunState.DONE, "claimed_at": now, "finished_at": now}
        session.add_all(
            Run(workspace_id=one.workspace_id, job=WEEKLY_DIGEST, subject=one.id, **done) for one in new
        )


async def add_repeating(office: Office, many: int) -> None:
    """Add surveys that asked a month ago, and ask again in two."""
    now, before = office.clock.now, office.clock.now - timedelta(days=30)
    async with office.books.writing() as session:
        made = [
            a_survey(
                name := f"Repeating {number}",
                key=survey_key(name),
                workspace_id=office.slack.team_id,
                created_at=now,
                starts_at=before,
                rhythm=Rhythm.QUARTERLY,
            )
            for number in range(many)
        ]
        session.add_all(made)
        await session.flush()
        session.add_all(
            Wave(
                workspace_id=one.workspace_id,
                survey_id=one.id,
                number=1,
                opened_by=MANAGER,
                opens_at=before,
                closes_at=before + WEEK,
                planned_at=before,
                closed_at=before + WEEK,
            )
            for one in made
        )


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


async def compared(url: str, many: int, surveys: int) -> tuple[float, float, float]:
    migrate.upgrade(url)
    logs.configure(quiet=True)
    async with office_with(url) as office:
        await open_and_post(office, 0, 1)
        with_one = await at_rest(office)
        await open_and_post(office, 1, many - 1)
        with_many = await at_rest(office)
        if any(call.arguments["channel"] == DIGESTS for call in office.calls("chat.postMessage")):
            message = "a digest was posted again, so the clock was not at rest"
            raise RuntimeError(message)
        await add_repeating(office, surveys)
        return with_one, with_many, await at_rest(office)


def told(kind: str, many: int, surveys: int, shares: tuple[float, float, float]) -> dict[str, float]:
    """Tell the shares of a core, and return how many times as much each costs as what it is held against."""
    one, all_waves, all_surveys = shares
    times = {
        f"{many:,} open waves on {kind}": all_waves / one,
        f"{surveys:,} surveys more on {kind}": all_surveys / all_waves,
    }
    typer.echo(
        f"The clock at rest on {kind}: {one:.1%} of a core with one open wave, {all_waves:.1%} with {many:,},"
        f" {all_surveys:.1%} with {surveys:,} surveys more, which repeat:"
        f" {all_waves / one:.2f} and {all_surveys / all_waves:.2f} times as much."
    )
    return times


def bench(
    many: Annotated[int, typer.Option("--waves", help="Open, with nothing due.")] = WAVES,
    surveys: Annotated[int, typer.Option(help="Which repeat, with no open wave.")] = SURVEYS,
) -> None:
    """Measure on both databases; exit 1 where it costs too much."""
    with TemporaryDirectory(prefix="nps-bench-") as folder:
        url = f"sqlite:///{Path(folder)}/nps.db"
        times = told("sqlite", many, surveys, asyncio.run(compared(url, many, surveys)))
    if postgres.is_available():
        with postgres.server() as server, new_database(server) as url:
            times |= told("postgresql", many, surveys, asyncio.run(compared(url, many, surveys)))
    held = {
        f"{MOST_TIMES} times as much at most with {what}": one <= MOST_TIMES for what, one in times.items()
    }
    verdicts.tell(held, times=times)


if __name__ == "__main__":
    typer.run(bench)
