"""Several clocks of one workspace, each a process of its own, keep one pace between them."""

import asyncio
import sys
from bisect import bisect_left
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.kit.concurrency.pace import SpeakingTurns
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Pace
from tests.builders import WORKSPACE

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).with_name("taking_turns.py")
PER_MINUTE, SECONDS = 1200, 2.0
A_SECOND = PER_MINUTE / 60


@pytest.fixture(autouse=True)
async def workspace(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")


async def take_turns(database: Database, *told: str) -> list[list[float]]:
    """Let as many clocks as there are words begin at one moment; return when each took its turns."""
    url = database.url.render_as_string(hide_password=False)
    words = (sys.executable, str(PROGRAM), url, WORKSPACE, str(PER_MINUTE), str(SECONDS))
    pipe = asyncio.subprocess.PIPE
    clocks = [await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe) for _ in told]
    for clock in clocks:
        assert clock.stdout
        assert await clock.stdout.readline() == b"ready\n"
    said = await asyncio.gather(
        *(clock.communicate(f"{word}\n".encode()) for clock, word in zip(clocks, told, strict=True))
    )
    assert [clock.returncode for clock in clocks] == [0] * len(told)
    return [[float(line) for line in out.split()] for out, _ in said]


async def test_two_clocks_together_keep_the_pace_of_one(database: Database) -> None:
    first, second = await take_turns(database, "", "")

    times = sorted([*first, *second])
    lasted = times[-1] - times[0]
    most_in_a_second = max(at - bisect_left(times, time - 1) + 1 for at, time in enumerate(times))
    assert most_in_a_second <= A_SECOND * 2
    assert A_SECOND * lasted * 0.5 <= len(times) <= A_SECOND * (lasted + 1)


async def test_a_429_that_one_clock_met_holds_all_of_them_back(database: Database) -> None:
    held, told = await take_turns(database, "", "3600")

    assert told == []
    assert len(held) <= A_SECOND  # what it had taken already


async def test_the_turns_of_a_clock_that_died_are_lost_and_no_others_are(database: Database) -> None:
    died, lives = (SpeakingTurns(database, WORKSPACE, PER_MINUTE) for _ in range(2))
    assert await died.turn()
    loop = asyncio.get_running_loop()
    began = loop.time()

    for _ in range(int(A_SECOND)):
        assert await lives.turn()

    assert loop.time() - began >= 0.5  # it did not get what the other had taken


async def test_a_clock_that_was_a_year_ahead_holds_nobody_back_once_it_is_set_right(
    database: Database,
) -> None:
    assert await SpeakingTurns(database, WORKSPACE, PER_MINUTE).turn()
    async with database.writing() as session:
        row = (await session.exec(select(Pace))).one()
        row.counted_at += timedelta(days=365)
        row.resumes_at += timedelta(days=365)

    async with asyncio.timeout(5):
        assert await SpeakingTurns(database, WORKSPACE, PER_MINUTE).turn()


async def test_the_pace_of_one_workspace_is_not_that_of_another(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, "T0BETA", "Beta")
    await SpeakingTurns(database, WORKSPACE, PER_MINUTE).slow_down(3600)

    async with asyncio.timeout(5):
        assert await SpeakingTurns(database, "T0BETA", PER_MINUTE).turn()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_is_away_gives_no_turn_and_no_crash() -> None:
    pace = SpeakingTurns(Database("postgresql://nobody@127.0.0.1:1/none"), WORKSPACE, PER_MINUTE)

    await pace.slow_down(1)

    assert not await pace.turn()
