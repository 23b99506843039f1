"""What the speed stands on: taps that wait together share one commit, and nobody is told before it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.answers.tapping import batched_taps
from storage.answers import Tap
from storage.database.engine import Database
from storage.tables import Answer
from tests.builders import MONDAY, a_tap, a_wave, invitations_of


class CountingClock:
    """Monday morning, and how often somebody asked: the desk asks once a commit."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> datetime:
        self.asked += 1
        return MONDAY


async def taps(database: Database, count: int) -> list[Tap]:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(count)])
        return [a_tap(one, 9) for one in (await invitations_of(session, wave)).values()]


async def scores(url: str) -> list[int]:
    """Read what stands, over a connection of its own."""
    other = Database(url)
    async with other.reading() as session:
        stored = list((await session.exec(select(Answer.score))).all())
    await other.close()
    return stored


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_is_told_while_the_commit_cannot_happen(database: Database, database_url: str) -> None:
    waiting = await taps(database, 3)
    desk = batched_taps(database, CountingClock())
    file = Path(database_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        told = [asyncio.create_task(desk.do(tap)) for tap in waiting]
        done, _ = await asyncio.wait(told, timeout=0.3)
        assert not done
        assert await scores(database_url) == []
        holder.execute("ROLLBACK")
    await asyncio.gather(*told)
    assert await scores(database_url) == [9, 9, 9]


async def test_taps_that_wait_together_share_one_commit(database: Database, database_url: str) -> None:
    waiting, clock = await taps(database, 64), CountingClock()
    desk = batched_taps(database, clock)
    await asyncio.gather(*(desk.do(tap) for tap in waiting))
    assert clock.asked == 1
    assert await scores(database_url) == [9] * 64
