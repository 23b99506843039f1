from dataclasses import replace
from datetime import timedelta

import pytest

from storage import delivery
from storage.answers import store_taps
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.kit import claims, preferences
from storage.tables import Counts, Invitation, KeptCount
from storage.waves.closing import close_wave
from storage.waves.progress import Progress, progress, troubled_waves, undelivered
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of
from tests.statements import sqlite_steps, statements

HOUR = timedelta(hours=1)
NOTHING = Progress(
    planned=0,
    snoozed=0,
    claimed=0,
    delivered=0,
    answered=0,
    expired=0,
    uncertain=0,
    failed={},
    reached_by_reminder=0,
)


async def test_every_invitation_is_counted_where_it_stands(database: Database) -> None:
    names = [f"U{number}" for number in range(12)]
    async with database.writing() as session:
        wave = await a_wave(session, names)
        invited = await invitations_of(session, wave)
        ids = [invited[name].id for name in names]
        for one in ids[:9]:
            await claims.claim_invitation(session, one, MONDAY)
        await invitations.record_delivered(session, ids[0], "D0", "1.0", MONDAY)
        await invitations.record_delivered(session, ids[1], "D1", "1.1", MONDAY)
        await invitations.snooze(session, ids[1], MONDAY + HOUR, MONDAY)
        for one, code in ((2, "account_inactive"), (3, "user_not_found"), (4, "account_inactive")):
            await delivery.record_failed(session, Invitation, ids[one], code)
        await delivery.record_uncertain(session, Invitation, ids[5])
        await store_taps(session, [a_tap(invited["U6"], 9), a_tap(invited["U11"], 2)], MONDAY)
        await reminders.plan_reminders(session, invited["U7"], [MONDAY + HOUR])
        await delivery.record_uncertain(session, Invitation, ids[7])
        (reminder,) = await reminders.due_reminders(session, WORKSPACE, MONDAY + HOUR, 9)
        await claims.claim_reminder(session, reminder, MONDAY + HOUR, HOUR)
        await reminders.record_delivered(session, reminder.id, "D7", "7.7", MONDAY + HOUR)
        await preferences.opt_out(session, WORKSPACE, "U9", MONDAY)
        found = await progress(session, wave.id)
    assert found == Progress(
        planned=1,
        snoozed=1,
        claimed=1,
        delivered=2,
        answered=2,
        expired=1,
        uncertain=1,
        failed={"account_inactive": 2, "user_not_found": 1},
        reached_by_reminder=1,
    )


async def test_a_wave_that_is_over_sends_nothing(database: Database) -> None:
    async with database.writing() as session:
        empty = await a_wave(session, [])
        assert await progress(session, empty.id) == NOTHING
        wave = await a_wave(session, ["U1"], survey=await a_stored_survey(session, "Customers"))
        await close_wave(session, wave.id, MONDAY)
        found = await progress(session, wave.id)
    assert found == replace(NOTHING, expired=1)


def a_part(wave_id: int, part: int, count: int) -> KeptCount:
    return KeptCount(wave_id=wave_id, what=Counts.STATE, key="failed 000 no_reply", part=part, count=count)


async def test_a_wave_is_in_trouble_while_the_parts_of_a_count_come_to_something(database: Database) -> None:
    """Each connection keeps a part of a count: what one saw fail, another may have seen arrive."""
    async with database.writing() as session:
        wave = await a_wave(session)
        session.add_all([a_part(wave.id, 1, 2), a_part(wave.id, 2, -1)])
        await session.flush()
        assert await undelivered(session, 9) == ([(wave.id, 0)], 0)
        assert await troubled_waves(session, WORKSPACE, "told") == [wave]
        session.add(a_part(wave.id, 3, -1))
        await session.flush()
        assert await undelivered(session, 9) == ([], 0)
        assert await troubled_waves(session, WORKSPACE, "told") == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_reminders_that_may_have_arrived_are_found_by_their_index(database: Database) -> None:
    async with database.reading() as session:
        with statements() as asked:
            await undelivered(session, 20)
        plan = await sqlite_steps(session, asked[-1:])
    read = [step for step in plan if " reminders" in step]
    assert read == ["SCAN reminders USING INDEX reminders_uncertain"]
