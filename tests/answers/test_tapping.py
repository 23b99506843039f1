"""Many taps, one commit: nobody is told before it, and nobody is left untold."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.answers.tapping import batched_taps
from bot.kit.concurrency.batching import MOST, Batching
from storage.answers import AnswerRefusal, Tap
from storage.answers.stored import StoredTap
from storage.database.engine import Database
from storage.errors import DatabaseAway
from storage.tables import Answer, Invitation
from tests.builders import MONDAY, WORKSPACE, a_tap, a_wave, invitations_of

CROWD = [f"U{number:04}" for number in range(MOST + 44)]


@pytest.fixture
async def invited(database: Database) -> list[Invitation]:
    async with database.writing() as session:
        wave = await a_wave(session, CROWD)
        return list((await invitations_of(session, wave)).values())


@pytest.fixture
def desk(database: Database) -> Batching[Tap, StoredTap | AnswerRefusal]:
    return batched_taps(database, lambda: MONDAY + timedelta(hours=1))


async def stored(database: Database) -> dict[int, int]:
    async with database.reading() as session:
        return {answer.invitation_id or 0: answer.score for answer in await session.exec(select(Answer))}


async def test_more_taps_than_one_transaction_takes_are_all_stored(
    database: Database, desk: Batching[Tap, StoredTap | AnswerRefusal], invited: list[Invitation]
) -> None:
    wanted = {invitation.id: number % 11 for number, invitation in enumerate(invited)}

    told = await asyncio.gather(*(desk.do(a_tap(one, wanted[one.id])) for one in invited))

    assert {one.invitation_id: one.score for one in told if isinstance(one, StoredTap)} == wanted
    assert await stored(database) == wanted


async def test_the_tap_is_committed_before_anybody_is_told(
    database: Database, desk: Batching[Tap, StoredTap | AnswerRefusal], invited: list[Invitation]
) -> None:
    async def tap_and_look(invitation: Invitation) -> int | None:
        await desk.do(a_tap(invitation, 7))
        return (await stored(database)).get(invitation.id)

    assert await asyncio.gather(*(tap_and_look(one) for one in invited[:5])) == [7] * 5


async def test_of_several_taps_of_one_person_the_last_stands_and_all_are_told_so(
    database: Database, desk: Batching[Tap, StoredTap | AnswerRefusal], invited: list[Invitation]
) -> None:
    one = invited[0]
    blocker = asyncio.create_task(desk.do(a_tap(invited[1], 5)))
    await asyncio.sleep(0)  # the first batch is on its way; the rest wait for the second

    told = await asyncio.gather(*(desk.do(a_tap(one, score)) for score in (1, 9, 4)))
    await blocker

    assert [answer.score for answer in told if isinstance(answer, StoredTap)] == [4, 4, 4]
    assert await stored(database) == {one.id: 4, invited[1].id: 5}


async def test_a_tap_that_is_refused_does_not_hinder_the_others(
    database: Database, desk: Batching[Tap, StoredTap | AnswerRefusal], invited: list[Invitation]
) -> None:
    mine, theirs = invited[0], invited[1]

    told: tuple[StoredTap | AnswerRefusal, ...] = await asyncio.gather(
        desk.do(Tap(theirs.id, WORKSPACE, mine.user_id, 9)),
        desk.do(Tap(2**31 - 1, WORKSPACE, mine.user_id, 9)),
        desk.do(a_tap(mine, 9)),
    )

    assert tuple(told[:2]) == (AnswerRefusal.SOMEONE_ELSES, AnswerRefusal.UNKNOWN_INVITATION)
    assert await stored(database) == {mine.id: 9}


@pytest.fixture
async def hurried(database_url: str) -> AsyncIterator[Database]:
    """A SQLite database that is away after a twentieth of a second."""
    opened = Database(f"{database_url}?timeout=0.05")
    yield opened
    await opened.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_waiting_tap_hears_that_the_database_is_away_and_the_next_one_is_stored(
    database: Database, hurried: Database, invited: list[Invitation]
) -> None:
    desk = batched_taps(hurried, lambda: MONDAY + timedelta(hours=1))
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        told = await asyncio.gather(*(desk.do(a_tap(one, 3)) for one in invited[:3]), return_exceptions=True)
        holder.execute("ROLLBACK")

    assert [type(one) for one in told] == [DatabaseAway] * 3
    await desk.do(a_tap(invited[0], 3))
    assert await stored(database) == {invited[0].id: 3}


async def test_a_person_who_gives_up_waiting_keeps_nobody_else_waiting(
    database: Database, desk: Batching[Tap, StoredTap | AnswerRefusal], invited: list[Invitation]
) -> None:
    impatient = asyncio.create_task(desk.do(a_tap(invited[0], 1)))
    patient = asyncio.create_task(desk.do(a_tap(invited[1], 2)))
    await asyncio.sleep(0)
    impatient.cancel()

    await patient

    assert (await stored(database))[invited[1].id] == 2
