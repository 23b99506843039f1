"""`python -m tests.bench.follow_up`: what cases that were closed long ago cost the clock, a digest and who follows people up."""

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import ColumnElement, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from bot.cases.posting import CASE_CARD, CASE_LINE
from bot.digests.posting import WEEKLY_DIGEST, digest_of
from bot.kit.people import Who, person
from bot.kit.rules.calendar import WEEK
from storage.database.upsert import table_of
from storage.tables import Case, CaseEvent, Invitation, Run, Survey, Wave
from storage.words import CaseEnding, CaseState, CaseStep, RunState
from tests.bench import reading
from tests.bench.reads import Comparison, Ways
from tests.journeys.office import ALICE, GENERAL, MAYA, Office, listeners_finish

FEW = 100
CASES = 100_000
_ANSWERS_OF = 11 / 10
"""So many answers have a case each: those of closed waves, of which `reading` makes ten of eleven."""
MORE = {"/nps cases": 3.0}
"""It tells how many are closed."""


async def fill(office: Office, cases: int) -> None:
    """Give the office a survey of which everybody who answered in a closed wave was followed up."""
    await reading.fill(office, round(cases * _ANSWERS_OF))
    week_ago = office.clock.now - WEEK
    told: dict[str, Any] = {
        "state": RunState.DONE,
        "due_at": week_ago,
        "claimed_at": week_ago,
        "finished_at": week_ago,
    }
    async with office.books.writing() as session:
        survey = await session.get_one(Survey, 1)
        survey.follow_up_channel = GENERAL
        session.add(Run(workspace_id=survey.workspace_id, job=WEEKLY_DIGEST, subject=survey.id, **told))
        connection = await session.connection()
        await _cases(connection, survey, office.clock.now - 2 * WEEK)
        of_case: dict[str, Any] = {
            "workspace_id": col(Case.workspace_id),
            "case_id": col(Case.id),
            "at": col(Case.opened_at),
        }
        for step in (CaseStep.OPENED, CaseStep.TAKEN, CaseStep.CONTACTED, CaseStep.CLOSED):
            await _copied(connection, CaseEvent, of_case, step=step, by=MAYA)
        about: dict[str, Any] = {
            "workspace_id": col(Case.workspace_id),
            "subject": col(Case.id),
            "due_at": col(Case.opened_at),
        }
        about |= dict.fromkeys(("claimed_at", "finished_at"), col(Case.opened_at))
        for job in (CASE_CARD, CASE_LINE):
            await _copied(connection, Run, about, job=job, state=RunState.DONE)


async def _cases(connection: AsyncConnection, survey: Survey, at: datetime) -> None:
    asked: dict[str, Any] = {
        "workspace_id": col(Invitation.workspace_id),
        "invitation_id": col(Invitation.id),
        "user_id": col(Invitation.user_id),
    }
    is_closed = col(Invitation.wave_id).in_(select(col(Wave.id)).where(col(Wave.closed_at).is_not(None)))
    await _copied(
        connection,
        Case,
        asked,
        is_closed,
        survey_id=survey.id,
        state=CaseState.CLOSED,
        owner=MAYA,
        ending=CaseEnding.RESOLVED,
        channel_id=GENERAL,
        message_ts="1.1",
        version=3,
        drawn=3,
        **dict.fromkeys(("opened_at", "due_at", "contacted_at", "closed_at"), at),
    )


async def _copied(
    connection: AsyncConnection,
    model: type[SQLModel],
    columns: dict[str, Any],
    *where: ColumnElement[bool],
    **same: object,
) -> None:
    """Insert a row for each that the columns are read from, with some values that all share."""
    table = table_of(model)
    shared = {name: literal(value, table.c[name].type) for name, value in same.items()}
    read: list[Any] = [*columns.values(), *shared.values()]
    rows = select(*read).where(*where)
    await connection.execute(insert(model).from_select([*columns, *shared], rows))


async def ways_of(office: Office) -> Ways:
    """Name what the clock does, what a channel reads, and what a manager types."""
    services = office.app.services
    somebody = await person(services, Who(office.slack.team_id, ALICE))
    async with office.books.reading() as session:
        survey = await session.get_one(Survey, 1)
    for _ in range(3):
        await office.tick()

    async def cases() -> None:
        await office.driver.command(MAYA, GENERAL, "cases")
        await listeners_finish()

    return {
        "a look of the clock": office.tick,
        "digest": lambda: digest_of(services, survey, somebody, services.clock()),
        "/nps cases": cases,
    }


def bench(cases: Annotated[int, typer.Option(help="Closed two weeks ago.")] = CASES) -> None:
    """Measure on both databases; exit 1 where something takes too long."""
    Comparison("closed cases", FEW, cases, fill, ways_of, MORE).measure()


if __name__ == "__main__":
    typer.run(bench)
