"""What the clock asks when nothing is due: as few statements with many open waves as with one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, update

from bot.digests.posting import post_due_digests
from bot.jobs import HOUSEKEEPING, JOBS
from bot.privacy.purging import purge_kept_long_enough
from bot.waves.opening import open_due_waves
from storage.tables import (
    Action,
    Answer,
    Ballot,
    Case,
    CaseEvent,
    Invitation,
    Letter,
    Mention,
    Notice,
    Person,
    Publication,
    Quote,
    Reminder,
    Result,
    Run,
    SealedBallot,
    Survey,
    Thread,
    Wave,
    WebhookTelling,
)
from storage.words import InvitationState, Rhythm
from tests.builders import a_closed_wave, a_stored_survey, a_wave
from tests.journeys.office import ALICE, BRUNO, MAYA, Office
from tests.statements import Statement, sqlite_steps, statements

pytestmark = pytest.mark.slow

MANY = 12
GROWING = (
    *(Survey, Wave, Result, Publication, Invitation, Reminder, Answer, Mention, SealedBallot, Ballot),
    *(Person, Case, CaseEvent, Quote, Thread, Letter, Action, Run, Notice, WebhookTelling),
)
"""The tables that keep what has been."""


async def add_waves(office: Office, first: int, many: int) -> None:
    """Open waves of which everybody has their question."""
    now = office.clock.now
    async with office.books.writing() as session:
        for number in range(first, first + many):
            survey = await a_stored_survey(
                session,
                f"Survey {number}",
                workspace_id=office.slack.team_id,
                created_by=MAYA,
                created_at=now,
                wave_days=30,
            )
            await a_wave(session, [ALICE, BRUNO], survey=survey, opens_at=now)
        await session.exec(update(Wave).values(opened_by=MAYA))
        delivered = {"state": InvitationState.DELIVERED, "delivered_at": now, "claimed_at": now}
        await session.exec(update(Invitation).values(**delivered, channel_id="D1", message_ts="1.1"))


async def a_look(office: Office) -> dict[str, int]:
    """Look at everything until nothing is left to do, and count what each job then asks."""
    counted = {}
    for _ in range(3):
        await office.tick()
    for name, (_, flow) in (JOBS | HOUSEKEEPING).items():
        with statements() as seen:
            await flow(office.app.services)
        counted[name] = len(seen)
    return counted


async def test_many_open_waves_cost_as_many_statements_as_one(office_on_each: Office) -> None:
    office = office_on_each
    await add_waves(office, 0, 1)
    with_one = await a_look(office)

    await add_waves(office, 1, MANY)

    assert await a_look(office) == with_one


async def test_what_is_told_in_the_morning_costs_as_many_statements_for_many_as_for_one(
    office_on_each: Office,
) -> None:
    office = office_on_each
    counted = []
    for first, many in ((0, 1), (1, MANY)):
        office.clock.now = at_night(office)
        await add_waves(office, first, many)
        async with office.books.writing() as session:
            await session.exec(update(Survey).values(result_at_closing=True))
            await session.exec(
                update(Wave).where(col(Wave.closed_at).is_(None)).values(closes_at=office.clock.now)
            )
        counted.append(await a_look(office))

    with_one, with_many = counted
    assert with_many["tell_results"] == with_one["tell_results"]


def at_night(office: Office) -> datetime:
    return office.clock.now.replace(hour=23)


async def test_the_manager_reads_on_what_changes_after_a_quiet_look(office: Office) -> None:
    await office.ask_everyone()
    for _ in range(3):
        await office.tick()
    before = office.notice(MAYA).text

    await office.command(MAYA, "pause Acme")
    await office.tick()
    assert office.notice(MAYA).text != before
    await office.command(MAYA, "resume Acme")
    for _ in range(2):
        await office.tick()
    assert office.notice(MAYA).text == before


async def test_the_clock_reads_nothing_that_grows_from_its_beginning(office: Office) -> None:
    await add_waves(office, 0, MANY)
    await office.tick()
    with statements() as seen:
        await office.tick()
    assert await scanned(office, seen) == set()


async def test_no_survey_is_read_before_its_next_wave_or_digest_may_be_due(office_on_each: Office) -> None:
    office = office_on_each
    for number in range(MANY):
        survey = await office.a_survey(f"Weekly {number}", rhythm=Rhythm.WEEKS)
        async with office.books.writing() as session:
            await a_closed_wave(session, survey, [9, 9, 3])
    await office.tick()

    with statements() as seen:
        await open_due_waves(office.app.services)
        await post_due_digests(office.app.services)

    assert seen
    assert not [sql for sql, _ in seen if "surveys.time_zone" in sql]


async def test_what_was_erased_long_ago_costs_as_many_statements_for_many_waves_as_for_one(
    office_on_each: Office,
) -> None:
    office = office_on_each
    now = office.clock.now
    survey = await office.a_survey(keep_days=30, created_at=now - timedelta(days=400))
    counted = []
    for first, many in ((1, 1), (2, MANY)):
        async with office.books.writing() as session:
            for number in range(first, first + many):
                await a_closed_wave(session, survey, [9, 9, 3], number=number)
        with statements() as seen:
            await purge_kept_long_enough(office.app.services)
        counted.append(len(seen))

    assert counted[0] == counted[1]


async def scanned(office: Office, asked: Sequence[Statement]) -> set[str]:
    """Return how SQLite reads for one of these all that a workspace has of a table that keeps what has been."""
    plain = [
        one
        for one in asked
        if one.sql.startswith(("SELECT", "UPDATE", "DELETE")) and isinstance(one.values, tuple)
    ]
    async with office.books.reading() as session:
        connection = await session.connection()
        some = await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE '% WHERE %'")
        of_some_rows = {f"INDEX {name} " for name in some.scalars()}
        steps = await sqlite_steps(session, plain)
    names = {table.__tablename__ for table in GROWING}
    of_all = [step for step in steps if step.startswith("SCAN ") or step.endswith("(workspace_id=?)")]
    return {
        step
        for step in of_all
        if step.split()[1] in names and not any(index in f"{step} " for index in of_some_rows)
    }
