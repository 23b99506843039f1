"""Small writes that wait together are committed together, and each hears what became of it."""

import asyncio

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.flows.together import Together
from storage import people
from storage.engine import Database
from storage.tables import Workspace


async def names(database: Database) -> set[str]:
    async with database.reading() as session:
        return set((await session.exec(select(col(Workspace.name)))).all())


async def test_each_gets_its_own_answer_after_one_commit(database: Database) -> None:
    together, sessions = Together(database), set[AsyncSession]()

    async def write(session: AsyncSession, number: int) -> int:
        sessions.add(session)
        await people.ensure_workspace(session, f"T{number}", f"Company {number}")
        return number

    got = await asyncio.gather(
        *(together.write(lambda session, number=number: write(session, number)) for number in range(5))  # type: ignore[misc]
    )

    assert got == [0, 1, 2, 3, 4]
    assert len(sessions) == 1
    assert len(await names(database)) == 5


async def test_where_one_fails_nothing_of_its_commit_stands_and_all_beside_it_hear(
    database: Database,
) -> None:
    together = Together(database)

    async def good(session: AsyncSession) -> None:
        await people.ensure_workspace(session, "T1", "Good")

    async def bad(_: AsyncSession) -> None:
        raise LookupError

    told = await asyncio.gather(together.write(good), together.write(bad), return_exceptions=True)

    assert [type(one) for one in told] == [LookupError, LookupError]
    assert await names(database) == set()
    await together.write(good)
    assert await names(database) == {"Good"}


async def test_what_comes_meanwhile_waits_for_the_next_commit(database: Database) -> None:
    together, order = Together(database), list[str]()
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow(_: AsyncSession) -> None:
        entered.set()
        await leave.wait()
        order.append("first")

    async def quick(_: AsyncSession) -> None:
        order.append("second")

    first = asyncio.create_task(together.write(slow))
    await entered.wait()
    second = asyncio.create_task(together.write(quick))
    leave.set()
    await asyncio.gather(first, second)

    assert order == ["first", "second"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_stops_waiting_stops_nobody_else(database: Database) -> None:
    together = Together(database)

    async def write(session: AsyncSession) -> None:
        await people.ensure_workspace(session, "T1", "Company")

    impatient = asyncio.create_task(together.write(write))
    patient = asyncio.create_task(together.write(write))
    await asyncio.sleep(0)
    impatient.cancel()
    await patient

    assert await names(database) == {"Company"}
