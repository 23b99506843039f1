"""Who is left out of a wave is counted once, however often a process dies while it forgets them."""

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.waves.left_out import forget_left_out
from storage.database.engine import Database
from storage.tables import Membership, PersonLeftOut, Wave
from storage.waves import left_out, planning
from storage.words import LeftOutBecause
from tests.builders import MONDAY, planned
from tests.storage.test_planning import an_unplanned_wave

LEASE = timedelta(minutes=5)
BOTS = {f"B{one:05}": LeftOutBecause.BOT for one in range(2 * left_out.PIECE + 10)}
TIRED = {"U8": LeftOutBecause.QUARANTINED, "U9": LeftOutBecause.QUARANTINED}
COUNTS = {LeftOutBecause.BOT: len(BOTS), LeftOutBecause.QUARANTINED: 2}


async def plan(session: AsyncSession, wave: Wave) -> None:
    assert await planning.plan_batch(session, wave, [planned("U1"), planned("U2")], {**BOTS, **TIRED}, "C1")


async def forget_some(database: Database, wave: Wave) -> None:
    """Begin to forget, and die."""
    async with database.reading() as session:
        counts = await left_out.count(session, wave.id)
    async with database.writing() as session:
        await left_out.note(session, wave.id, counts)
    async with database.writing() as session:
        await left_out.forget(session, PersonLeftOut, wave.id, ["U8", *sorted(BOTS)[:500]])


async def finish(database: Database, wave: Wave) -> object:
    async with database.writing() as session:
        return await planning.finish_planning(session, wave.id, MONDAY)


async def test_those_left_out_are_counted_and_forgotten_and_those_asked_stay_members(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await plan(session, wave)
    await forget_left_out(database, wave)
    async with database.reading() as session:
        assert (await session.exec(select(PersonLeftOut))).all() == []
        assert set((await session.exec(select(Membership.user_id))).all()) == {"U1", "U2"}
    assert await finish(database, wave) == COUNTS


async def test_who_closes_a_wave_keeps_the_count_of_who_died_while_forgetting(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await plan(session, wave)
    await forget_some(database, wave)
    await forget_left_out(database, wave)
    assert await finish(database, wave) == COUNTS


async def test_who_goes_on_with_a_planning_counts_again(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        assert await planning.claim_planning(session, wave.id, MONDAY, LEASE)
        await plan(session, wave)
    await forget_some(database, wave)
    async with database.writing() as session:
        assert await planning.claim_planning(session, wave.id, MONDAY + LEASE, LEASE)
        more = {"UNEW": LeftOutBecause.QUARANTINED}
        assert await planning.plan_batch(session, wave, [], more)
        await plan(session, wave)
    await forget_left_out(database, wave)
    assert await finish(database, wave) == {**COUNTS, LeftOutBecause.QUARANTINED: 3}


async def test_a_wave_that_is_planned_keeps_the_counts_it_has(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await plan(session, wave)
    assert await finish(database, wave) == COUNTS
    async with database.writing() as session:
        await left_out.note(session, wave.id, {LeftOutBecause.BOT: 1})
    async with database.reading() as session:
        assert (await session.get_one(Wave, wave.id)).left_out == COUNTS
