"""The clock itself: it looks as it starts, and a bad minute does not stop it."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.delivery.delivering import deliver_waiting
from bot.jobs import HOUSEKEEPING, JOBS, run_job, ticking
from storage.tables import Heartbeat
from tests.journeys.office import ALICE, ASKED, Office

pytestmark = pytest.mark.slow


async def test_a_clock_that_starts_does_at_once_what_has_waited(office: Office) -> None:
    await office.open_wave()

    async with ticking(office.app.services):
        await office.slack.until(lambda: all(office.slack.direct_messages(person) for person in ASKED))

    assert all(row.delivered_at for row in (await office.invitations()).values())


async def test_a_clock_that_starts_leaves_room_between_its_jobs(office: Office) -> None:
    async def at_work() -> int:
        await asyncio.sleep(0)
        return sum("run_coroutine_job" in repr(task.get_coro()) for task in asyncio.all_tasks())

    async with ticking(office.app.services), asyncio.timeout(20):
        while not (together := await at_work()):
            pass

    assert together < len(JOBS | HOUSEKEEPING) / 2


async def test_the_running_clock_beats(office: Office) -> None:
    async with ticking(office.app.services), asyncio.timeout(20):
        while not await office.rows(Heartbeat):  # each look gives the clock its turn
            pass

    assert [beat.runs_clock for beat in await office.rows(Heartbeat)] == [True]


async def test_a_job_that_fails_leaves_a_line_in_the_log_and_does_its_work_the_next_time(
    office: Office,
) -> None:
    await office.open_wave()
    await rename(office, "invitations", "elsewhere")

    with capture_logs() as lines:
        await run_job("deliver_waiting", deliver_waiting, office.app.services)
    assert [(line["event"], line["job"]) for line in lines] == [("job.failed", "deliver_waiting")]

    await rename(office, "elsewhere", "invitations")
    await run_job("deliver_waiting", deliver_waiting, office.app.services)
    assert len(office.read_by(ALICE)) == 1


async def rename(office: Office, table: str, name: str) -> None:
    async with office.books.writing() as session:
        await (await session.connection()).exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
