"""`python -m tests.bench.surveys`: what people read where ten thousand surveys stand, against where as many do as are shown."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from bot.reports.views.survey_list import SURVEYS_SHOWN
from bot.shell.doctor import database as books
from bot.waves.views.overview import UPCOMING_SHOWN
from storage.surveys import survey_key
from storage.tables import Invitation, Result, Survey, Wave
from storage.words import Rhythm
from tests.bench.reads import Comparison, Ways
from tests.builders import a_survey
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office, listeners_finish

SURVEYS = 10_000
OPEN_IN = 4
"""In one of so many a wave is open."""
REPEATS_IN = 20
"""One of so many repeats, besides the first: as many as `/nps waves` says of when they open next."""
MORE = {"doctor": 4.0}
"""All that is open is counted again."""
COMMANDS = ("", "list", "waves", "trend", "drivers", "comments", "cases", "actions")


async def fill(office: Office, surveys: int) -> None:
    """Give the office surveys, each with a closed wave, and some with an open one."""
    async with office.books.writing() as session:
        session.add_all(made := [_survey(office, number) for number in range(surveys)])
        await session.flush()
        session.add_all(closed := [_wave(one, 1, one.created_at, is_closed=True) for one in made])
        session.add_all(opened := [_wave(one, 2, office.clock.now) for one in made[::OPEN_IN]])
        await session.flush()
        counts: dict[str, Any] = {
            "promoters": 3,
            "passives": 2,
            "detractors": 1,
            "invited": 6,
            "comments": 0,
            "scores": [0, 0, 0, 1, 0, 0, 0, 0, 2, 3, 0],
        }
        session.add_all(
            Result(wave_id=one.id, workspace_id=one.workspace_id, frozen_at=one.closes_at, **counts)
            for one in closed
        )
        session.add_all(
            Invitation(
                wave_id=one.id,
                workspace_id=one.workspace_id,
                user_id=user,
                send_after=one.opens_at,
                time_zone="UTC",
            )
            for one in opened
            for user in (ALICE, BRUNO)
        )


def _survey(office: Office, number: int) -> Survey:
    before = office.clock.now - timedelta(days=90)
    name = f"Survey {number}"
    return a_survey(
        name,
        key=survey_key(name),
        workspace_id=office.slack.team_id,
        rhythm=Rhythm.QUARTERLY if number < UPCOMING_SHOWN or number % REPEATS_IN == 0 else Rhythm.ONCE,
        created_by=MAYA,
        created_at=before,
        starts_at=before,
    )


def _wave(survey: Survey, number: int, opens_at: datetime, *, is_closed: bool = False) -> Wave:
    closes_at = opens_at + timedelta(days=14)
    return Wave(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        number=number,
        opened_by=MAYA,
        opens_at=opens_at,
        closes_at=closes_at,
        planned_at=opens_at,
        closed_at=closes_at if is_closed else None,
    )


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
    Comparison("surveys", SURVEYS_SHOWN, surveys, fill, ways_of, MORE).measure()


if __name__ == "__main__":
    typer.run(bench)
