import contextlib
import re
from datetime import timedelta

import pytest
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import waves
from storage.database.engine import Database
from storage.delivery import invitations
from storage.kit import claims, people, preferences
from storage.tables import PersonLeftOut, Wave
from storage.waves import planning
from storage.waves.closing import close_wave
from storage.words import InvitationState, LeftOutBecause
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_person,
    a_stored_survey,
    a_wave,
    invitations_of,
    planned,
    states_of,
)
from tests.storage.plans import plans_of

WEEK = timedelta(weeks=1)
CROWD = [planned(f"U{number}") for number in range(2500)]


async def an_unplanned_wave(session: AsyncSession) -> Wave:
    survey = await a_stored_survey(session)
    return await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)


async def kill_while_planning(database: Database, wave: Wave) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with database.writing() as session:
            await planning.plan_batch(session, wave, CROWD, {"X": LeftOutBecause.BOT})
            raise ZeroDivisionError


async def total(session: AsyncSession, wave: Wave) -> int:
    return sum((await states_of(session, wave)).values())


async def test_everyone_is_planned_once_and_counted_once_however_often_a_batch_comes(
    database: Database,
) -> None:
    """As when the process is killed before it could say that a batch was done."""
    left_out = {"UBOT": LeftOutBecause.BOT, "UGUEST": LeftOutBecause.GUEST, "UROBOT": LeftOutBecause.BOT}
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        for _ in range(3):
            assert await planning.plan_batch(session, wave, CROWD, left_out)
        assert await planning.plan_batch(session, wave, [planned("U-late")], {"UBOT": LeftOutBecause.BOT})
        assert await planning.plan_batch(session, wave, [], {})
        told = await planning.finish_planning(session, wave.id, MONDAY)
    async with database.reading() as session:
        stored = await waves.wave(session, wave.id)
        assert await total(session, wave) == 2501
        assert (await session.exec(select(func.count()).select_from(PersonLeftOut))).one() == 0
    assert stored is not None
    assert stored.left_out == told == {"bot": 2, "guest": 1}
    assert stored.planned_at == MONDAY


async def test_an_invitation_keeps_the_hours_it_was_planned_for(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        tokyo = planned("U1", MONDAY - timedelta(hours=9), "Asia/Tokyo")
        await planning.plan_batch(session, wave, [tokyo], {})
        await planning.plan_batch(session, wave, [planned("U1")], {})
        stored = (await invitations_of(session, wave))["U1"]
    assert (stored.time_zone, stored.send_after) == ("Asia/Tokyo", MONDAY - timedelta(hours=9))


async def test_a_planning_that_goes_on_later_asks_nobody_again_nor_counts_them_as_left_out(
    database: Database,
) -> None:
    """It may find people in quarantine afterwards because it invited them before it was killed."""
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await planning.plan_batch(session, wave, [planned("U1")], {})
        invitation = (await invitations_of(session, wave))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        await planning.plan_batch(
            session,
            wave,
            [planned("U2")],
            {"U1": LeftOutBecause.QUARANTINED, "U3": LeftOutBecause.QUARANTINED},
        )
        assert await planning.finish_planning(session, wave.id, MONDAY) == {"quarantined": 1}
        waiting = await invitations.waiting(session, WORKSPACE, MONDAY, 10)
    assert [one.user_id for one in waiting] == ["U2"]


async def test_somebody_left_out_first_and_planned_afterwards_is_asked_and_not_counted(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await planning.plan_batch(session, wave, [], {"U1": LeftOutBecause.UNKNOWN})
        await planning.plan_batch(session, wave, [planned("U1")], {})
        assert await planning.finish_planning(session, wave.id, MONDAY) == {}
        assert await total(session, wave) == 1


async def test_a_planning_is_finished_once_and_nothing_is_added_afterwards(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        assert [one.id for one, _ in await planning.unplanned_waves(session, WORKSPACE)] == [wave.id]
        assert await planning.finish_planning(session, wave.id, MONDAY) == {}
        assert await planning.finish_planning(session, wave.id, MONDAY) is None
        assert await planning.unplanned_waves(session, WORKSPACE) == []
        assert not await planning.plan_batch(session, wave, [planned("U1")], {"U2": LeftOutBecause.BOT})
        assert await total(session, wave) == 0


async def test_a_wave_that_is_closed_while_it_is_planned_takes_nobody_more_and_keeps_its_counts(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await planning.plan_batch(session, wave, [planned("U1")], {"UBOT": LeftOutBecause.BOT})
        await close_wave(session, wave.id, MONDAY)
        assert await planning.unplanned_waves(session, WORKSPACE) == []
        assert not await planning.plan_batch(session, wave, [planned("U2")], {})
        counts = await states_of(session, wave)
    async with database.reading() as session:
        stored = await waves.wave(session, wave.id)
    assert stored is not None
    assert stored.left_out == {"bot": 1}
    assert counts[InvitationState.EXPIRED] == sum(counts.values()) == 1


async def test_sending_begins_before_the_planning_ends(database: Database) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await planning.plan_batch(session, wave, [planned("U1")], {})
        assert len(await invitations.waiting(session, WORKSPACE, MONDAY, 10)) == 1


async def test_somebody_who_opted_out_just_while_their_batch_was_planned_is_not_asked(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
        await planning.plan_batch(session, wave, [planned("U1"), planned("U2")], {})
        await planning.finish_planning(session, wave.id, MONDAY)
        counts = await states_of(session, wave)
    assert (counts[InvitationState.EXPIRED], counts[InvitationState.PLANNED]) == (1, 1)


@pytest.mark.parametrize("killed_after", range(4))
async def test_a_killed_planning_leaves_whole_batches_and_ends_like_one_that_was_not(
    database: Database, killed_after: int
) -> None:
    batches = [CROWD[start : start + 1000] for start in range(0, len(CROWD), 1000)]
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
    for batch in batches[:killed_after]:
        async with database.writing() as session:
            await planning.plan_batch(session, wave, batch, {f"X{batch[0].user_id}": LeftOutBecause.BOT})
    await kill_while_planning(database, wave)
    async with database.reading() as session:
        assert await total(session, wave) == min(killed_after * 1000, len(CROWD))
    for batch in batches:
        async with database.writing() as session:
            await planning.plan_batch(session, wave, batch, {f"X{batch[0].user_id}": LeftOutBecause.BOT})
    async with database.writing() as session:
        assert await planning.finish_planning(session, wave.id, MONDAY) == {"bot": 3}
        assert await total(session, wave) == len(CROWD)


async def test_the_builder_plans_as_the_clock_does(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        assert await planning.unplanned_waves(session, WORKSPACE) == []
        assert await total(session, wave) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite plans without statistics
async def test_a_page_of_people_reads_no_others_while_postgresql_has_no_statistics(
    database: Database,
) -> None:
    """In a first large wave it took half of the planning: for each page the whole table was read."""
    plans: list[str] = []
    page = [one.user_id for one in CROWD[:1000]]
    async with database.writing() as session:
        wave = await an_unplanned_wave(session)
        await planning.plan_batch(session, wave, CROWD, {})
        await people.remember_many(session, [a_person(one.user_id) for one in CROWD])
        async with plans_of(session, plans):
            assert len(await invitations.under_way(session, WORKSPACE, page)) == 1000
            assert await invitations.last_delivered(session, WORKSPACE, page) == {}
            assert len(await people.people_of(session, WORKSPACE, page)) == 1000
    assert len(plans) == 3
    for plan in plans:
        [found_by] = re.findall(r"'Index Cond': \"([^\"]*)\"", plan)
        assert "user_id" in found_by
