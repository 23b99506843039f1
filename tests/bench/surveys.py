"""`python -m tests.bench.surveys`: what people read where ten thousand surveys stand, against where as many do as are shown."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated

import typer

from bot.reports.views.survey_list import SURVEYS_SHOWN
from bot.shell.doctor import database as books
from storage.words import Rhythm
from tests.bench.reads import Comparison, Ways
from tests.builders import a_closed_wave, a_stored_survey, a_wave
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office, listeners_finish

SURVEYS = 10_000
OPEN_IN = 4
"""In one of so many a wave is open."""
REPEATS_IN = 20
"""One of so many repeats."""
_AT_ONCE = 500

COMMANDS = ("", "list", "waves", "trend", "drivers", "comments", "cases", "actions")


async def fill(office: Office, surveys: int) -> None:
    """Give the office surveys, each with a closed wave, and some with an open one."""
    before = office.clock.now - timedelta(days=90)
    for first in range(0, surveys, _AT_ONCE):
        async with office.books.writing() as session:
            for number in range(first, min(first + _AT_ONCE, surveys)):
                survey = await a_stored_survey(
                    session,
                    f"Survey {number}",
                    workspace_id=office.slack.team_id,
                    rhythm=Rhythm.ONCE if number % REPEATS_IN else Rhythm.QUARTERLY,
                    created_by=MAYA,
                    created_at=before,
                    starts_at=before,
                )
                await a_closed_wave(session, survey, [9, 9, 9, 8, 8, 3])
                if number % OPEN_IN == 0:
                    await a_wave(session, [ALICE, BRUNO], survey=survey, opens_at=office.clock.now)


async def ways_of(office: Office) -> Ways:
    """Name what a manager types or opens, and what an operator runs."""

    def typed(text: str) -> Callable[[], Awaitable[object]]:
        async def command() -> None:
            await office.driver.command(MAYA, GENERAL, text)
            await listeners_finish()

        return command

    async def home() -> None:
        await office.driver.open_home(MAYA)
        await listeners_finish()

    async def doctor() -> None:
        async with office.books.reading() as session:
            await books.examine(session, office.clock.now)

    return {f"/nps {one}".strip(): typed(one) for one in COMMANDS} | {"Home": home, "doctor": doctor}


def bench(
    surveys: Annotated[int, typer.Option(help="A quarter of them with an open wave.")] = SURVEYS,
) -> None:
    """Measure on both databases; exit 1 where a read takes too long."""
    Comparison("surveys", SURVEYS_SHOWN, surveys, fill, ways_of).measure()


if __name__ == "__main__":
    typer.run(bench)
