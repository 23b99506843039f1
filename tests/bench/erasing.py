"""`python -m tests.bench.erasing`: how long a tap waits while the answers of many people are erased."""

import asyncio
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from sqlmodel import select

from bot import logs
from bot.kit.people import Who
from bot.privacy.purging import purge
from bot.surveys.deleting import delete
from bot.waves.closing import close_due_waves
from storage import migrate
from storage.surveys import find_survey
from storage.tables import Answer, Wave
from tests import postgres
from tests.bench import verdicts
from tests.bench.closing import fill, told, waits_while
from tests.conftest import new_database
from tests.journeys.office import MAYA, office_with

PEOPLE = 50_000
MOST_MS = 200


async def measure(kind: str, url: str, people: int) -> list[float]:
    """Purge a closed wave, and delete its survey with another one; return the longest wait of each."""
    migrate.upgrade(url)
    logs.configure(quiet=True)
    async with office_with(url) as office:
        services, workspace = office.app.services, office.slack.team_id
        _, taps = await fill(office, people)
        office.clock.forward(days=8)
        await close_due_waves(services)
        async with office.books.reading() as session:
            survey = await find_survey(session, workspace, "Acme")
            assert survey is not None
            oldest, *_ = (await session.exec(select(Wave).where(Wave.survey_id == survey.id))).all()

        async def purge_oldest() -> None:
            await purge(office.books, [oldest], office.clock.now)

        async def delete_both() -> None:
            await delete(services, Who(workspace, MAYA), survey)

        purging = await waits_while(office, taps, taps, purge_oldest)
        deleting = await waits_while(office, taps, taps, delete_both)
        assert not [one for one in await office.rows(Answer) if one.wave_id <= oldest.id + 1]
    return [
        told(f"{people:,} people's wave was purged on {kind}", purging),
        told(f"The survey with another such wave was deleted on {kind}", deleting),
    ]


def bench(people: Annotated[int, typer.Option(help="In each of two waves.")] = PEOPLE) -> None:
    """Measure on both databases; exit 1 where a tap waited too long."""
    with TemporaryDirectory(prefix="nps-bench-") as folder:
        longest = {"sqlite": asyncio.run(measure("sqlite", f"sqlite:///{folder}/nps.db", people))}
    if postgres.is_available():
        with postgres.server(settings=()) as server, new_database(server) as url:
            longest["postgresql"] = asyncio.run(measure("postgresql", url, people))
    held = {
        f"no tap waits over {MOST_MS} ms on {kind}": max(each) <= MOST_MS for kind, each in longest.items()
    }
    verdicts.tell(held, longest_tap_ms=longest)


if __name__ == "__main__":
    typer.run(bench)
