"""`python -m tests.bench.reading`: how long it takes to read a survey of many answers, against one of a thousand."""

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import String, case, cast, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.digests.posting import digest_of
from bot.home.publishing import refresh_home
from bot.kit.people import Who, person
from bot.reports.explaining import drivers_of
from bot.reports.reporting import report_of, survey_lines
from bot.reports.rules.gate import Reader
from bot.reports.trending import trend_of
from bot.waves.progress import wave_now
from storage.database.upsert import table_of
from storage.question import usual
from storage.tables import Answer, Invitation, Mention, Survey, Wave
from storage.waves import open_waves
from storage.words import InvitationState, Kind
from tests.bench.reads import Comparison, Ways
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, Office

FEW = 1_000
CLOSED = 10


async def fill(office: Office, answers: int) -> None:
    """Give the office a survey of customers with closed waves and an open one, so many answers in all."""
    survey = await office.a_survey(created_at=office.clock.now - timedelta(weeks=CLOSED + 1))
    each, closed = answers // (CLOSED + 1), list[Wave]()
    async with office.books.writing() as session:
        for number in range(1, CLOSED + 1):
            scores = [9] * (each // 2) + [7] * (each // 4) + [3] * (each // 4)
            wave = await a_closed_wave(session, survey, scores, number=number)
            closed.append(wave)
        now = office.clock.now
        opened = Wave(
            workspace_id=survey.workspace_id,
            survey_id=survey.id,
            number=CLOSED + 1,
            opened_by="U1MANAGER",
            opens_at=now,
            closes_at=now + timedelta(days=14),
            planned_at=now,
        )
        session.add(opened)
    for wave in (*closed, opened):
        await _answers(office, wave, each)


async def _answers(office: Office, wave: Wave, many: int) -> None:
    """Let so many people have answered a wave, every fifth with a comment."""
    counted = select(literal(1).label("one")).cte("counted", recursive=True)
    counted = counted.union_all(select(counted.c.one + 1).where(counted.c.one < many))
    answered = {"workspace_id": wave.workspace_id, "wave_id": wave.id, "state": InvitationState.ANSWERED}
    reached = answered | {"delivered_at": wave.opens_at}
    invitation = {name: literal(value, table_of(Invitation).c[name].type) for name, value in reached.items()}
    user = literal("U", String) + cast(counted.c.one, String)
    said = {
        "workspace_id": col(Invitation.workspace_id),
        "wave_id": col(Invitation.wave_id),
        "invitation_id": col(Invitation.id),
        "score": col(Invitation.id) % 11,
        "comment": case((col(Invitation.id) % 5 == 0, literal("As always.", String))),
        "answered_at": col(Invitation.delivered_at),
        "changed_at": col(Invitation.delivered_at),
    }
    theirs = select(*said.values()).where(col(Invitation.wave_id) == wave.id)
    async with office.books.writing() as session:
        connection = await session.connection()
        asked = select(*invitation.values(), user)
        await connection.execute(insert(Invitation).from_select([*invitation, "user_id"], asked))
        await connection.execute(insert(Answer).from_select([*said], theirs))
        if wave.closed_at is None:  # what was ticked in a closed one stands in its frozen row
            await _reasons(connection, wave)


async def _reasons(connection: AsyncConnection, wave: Wave) -> None:
    """Let one in two of them have ticked each driver, in all the ways that go together."""
    answer = {"answer_id": col(Answer.id), "workspace_id": col(Answer.workspace_id)}
    for place, driver in enumerate(usual(Kind.CUSTOMERS)):
        ticked = select(*answer.values(), literal(driver.key, String)).where(
            col(Answer.wave_id) == wave.id, col(Answer.id) // 2**place % 2 == 1
        )
        await connection.execute(insert(Mention).from_select([*answer, "driver"], ticked))


async def ways_of(office: Office) -> Ways:
    """Name what a colleague, or the digest's channel, reads."""
    services = office.app.services
    somebody = await person(services, Who(office.slack.team_id, ALICE))
    async with office.books.reading() as session:
        survey = await session.get_one(Survey, 1)
        [opened] = await open_waves(session)
    return {
        "card": lambda: report_of(services, survey, somebody, Reader.MEMBER),
        "drivers": lambda: drivers_of(services, survey, somebody, Reader.MEMBER),
        "trend": lambda: trend_of(services, survey, somebody, Reader.MEMBER),
        "list": lambda: survey_lines(services, somebody, Reader.MEMBER),
        "Home": lambda: refresh_home(services, Who(somebody.workspace_id, somebody.user_id)),
        "progress": lambda: wave_now(services, opened, somebody),
        "digest": lambda: digest_of(services, survey, somebody, services.clock()),
    }


def bench(
    answers: Annotated[int, typer.Option(help="In ten closed waves and an open one.")] = 1_000_000,
) -> None:
    """Measure on both databases; exit 1 where a read takes too long."""
    Comparison("answers", FEW, answers, fill, ways_of).measure()


if __name__ == "__main__":
    typer.run(bench)
