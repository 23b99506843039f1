"""What may be sent, and when: to which people, in which order, and what stands against it."""

from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import delivery, waves
from storage.answers import store_taps
from storage.database.engine import Database
from storage.delivery import invitations, reminders
from storage.kit import claims, people, preferences
from storage.tables import Invitation, Reminder, Wave
from storage.waves.closing import close_wave
from storage.waves.planning import finish_planning, plan_batch
from storage.waves.progress import progress
from storage.words import InvitationState
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
    planned,
)
from tests.statements import sqlite_steps, statements

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
TICK = timedelta(microseconds=1)


async def names_waiting(session: AsyncSession, now: datetime = MONDAY, limit: int = 50) -> list[str]:
    """Return who waits."""
    found = await invitations.waiting(session, WORKSPACE, now, limit)
    return [one.user_id for one in found]


async def a_planned_wave(
    session: AsyncSession, begins: dict[str, datetime], name: str = "Team pulse"
) -> dict[str, Invitation]:
    """Plan people by the beginning of their hours."""
    survey = await a_stored_survey(session, name)
    wave = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
    await plan_batch(session, wave, [planned(who, when) for who, when in begins.items()], {})
    await finish_planning(session, wave.id, MONDAY)
    return await invitations_of(session, wave)


async def test_people_with_hours_that_began_first_go_first_whatever_their_wave(database: Database) -> None:
    begins = {"UTOKYO": MONDAY - 9 * HOUR, "ULONDON": MONDAY, "UPARIS": MONDAY - HOUR}
    async with database.writing() as session:
        await a_planned_wave(session, begins)
        await a_planned_wave(session, {"UDELHI": MONDAY - 5 * HOUR}, "Customers")
        assert await names_waiting(session) == ["UTOKYO", "UDELHI", "UPARIS", "ULONDON"]
        assert await names_waiting(session, limit=2) == ["UTOKYO", "UDELHI"]


async def test_nobody_waits_before_their_hours_begin(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_planned_wave(session, {"U1": MONDAY + HOUR})
        assert await names_waiting(session, MONDAY + HOUR - TICK) == []
        assert not await claims.claim_invitation(session, wave["U1"].id, MONDAY + HOUR - TICK)
        assert await names_waiting(session, MONDAY + HOUR) == ["U1"]
        assert await claims.claim_invitation(session, wave["U1"].id, MONDAY + HOUR)
        assert await names_waiting(session, MONDAY + HOUR) == []


async def test_somebody_missed_in_their_hours_waits_for_the_next(database: Database) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    async with database.writing() as session:
        wave = await a_planned_wave(session, {"U1": MONDAY, "U2": MONDAY, "U3": MONDAY})
        await claims.claim_invitation(session, wave["U3"].id, MONDAY)
        await delivery.postpone(session, Invitation, {wave["U1"].id: tomorrow, wave["U3"].id: tomorrow})
        await delivery.postpone(session, Invitation, {})
        assert await names_waiting(session) == ["U2"]
    async with database.reading() as session:
        assert await names_waiting(session, tomorrow) == ["U2", "U1"]
        claimed = await session.get_one(Invitation, wave["U3"].id)
    assert (claimed.state, claimed.send_after) == (InvitationState.CLAIMED, MONDAY)


async def test_other_workspaces_have_work_of_their_own(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session, workspace_id="T0OTHER")
        await a_wave(session, ["U1"], survey=survey)
        assert await invitations.waiting(session, WORKSPACE, MONDAY, 10) == []
        assert len(await invitations.waiting(session, "T0OTHER", MONDAY, 10)) == 1


async def close(session: AsyncSession, wave: Wave) -> datetime:
    await close_wave(session, wave.id, MONDAY)
    return MONDAY


async def pause(session: AsyncSession, wave: Wave) -> datetime:
    await waves.pause_wave(session, wave.id, MONDAY)
    return MONDAY


async def let_its_time_pass(_: AsyncSession, wave: Wave) -> datetime:
    return wave.closes_at


async def opt_out(session: AsyncSession, _: Wave) -> datetime:
    await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
    return MONDAY


async def opt_out_unseen(session: AsyncSession, wave: Wave) -> datetime:
    """As when the batch of this person was planned at the same moment."""
    await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
    invitation = (await invitations_of(session, wave))["U1"]
    invitation.state = InvitationState.PLANNED
    await session.flush()
    return MONDAY


@pytest.mark.parametrize("stop", [close, pause, let_its_time_pass, opt_out, opt_out_unseen])
async def test_what_may_not_be_sent_any_more_neither_waits_nor_can_be_claimed(
    database: Database, stop: object
) -> None:
    assert callable(stop)
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        old_list = await invitations.waiting(session, WORKSPACE, MONDAY, 10)
        now = await stop(session, wave)
        assert await names_waiting(session, now) == []
        assert [await claims.claim_invitation(session, one.id, now) for one in old_list] == [False]


async def test_a_wave_goes_on_where_it_was_paused(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        await claims.claim_invitation(session, (await invitations_of(session, wave))["U1"].id, MONDAY)
        await waves.pause_wave(session, wave.id, MONDAY)
        await waves.resume_wave(session, wave.id)
        assert await names_waiting(session) == ["U2"]


async def test_somebody_who_says_later_waits_until_then_and_is_asked_again(database: Database) -> None:
    later = MONDAY + 24 * HOUR
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        assert await invitations.snooze(session, invitation.id, later, MONDAY + HOUR)
        assert await names_waiting(session, later - TICK) == []
        assert await names_waiting(session, later) == ["U1"]
    async with database.writing() as session:
        assert (await session.get_one(Invitation, invitation.id)).snoozed_until == later
        assert await claims.claim_invitation(session, invitation.id, later)
    async with database.reading() as session:
        assert (await session.get_one(Invitation, invitation.id)).snoozed_until is None


async def test_later_is_refused_after_an_answer_and_past_the_waves_end(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        invited = await invitations_of(session, wave)
        await store_taps(session, [a_tap(invited["U1"], 9)], MONDAY)
        assert not await invitations.snooze(session, invited["U1"].id, MONDAY + HOUR, MONDAY)
        assert not await invitations.snooze(session, invited["U2"].id, wave.closes_at, MONDAY)
        assert await invitations.snooze(session, invited["U2"].id, wave.closes_at - TICK, MONDAY)
        await close_wave(session, wave.id, MONDAY)
        assert not await invitations.snooze(session, invited["U2"].id, MONDAY + HOUR, MONDAY)


async def test_later_said_before_the_delivery_was_recorded_still_holds(database: Database) -> None:
    later = MONDAY + 24 * HOUR
    async with database.writing() as session:
        invitation = (await invitations_of(session, await a_wave(session, ["U1"])))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        assert await invitations.snooze(session, invitation.id, later, MONDAY)
        await invitations.record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        assert await names_waiting(session) == []
        assert await names_waiting(session, later) == ["U1"]


async def test_what_slack_refused_waits_again_once_mended(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2", "U3"])
        invited = await invitations_of(session, wave)
        for who in ("U1", "U2"):
            await claims.claim_invitation(session, invited[who].id, MONDAY)
            await delivery.record_failed(session, Invitation, invited[who].id, "channel_not_found")
        assert await names_waiting(session) == ["U3"]
        assert await invitations.resend_failed(session, wave.id, MONDAY) == 2
        assert await invitations.resend_failed(session, wave.id, MONDAY) == 0
        assert await names_waiting(session) == ["U1", "U2", "U3"]
        assert (await progress(session, wave.id)).failed == {}


async def test_a_closed_wave_sends_no_refused_one_again(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        await claims.claim_invitation(session, invitation.id, MONDAY)
        await delivery.record_failed(session, Invitation, invitation.id, "channel_not_found")
        await close_wave(session, wave.id, MONDAY)
        assert await invitations.resend_failed(session, wave.id, MONDAY) == 0


async def test_the_quarantine_counts_from_the_last_question_of_any_survey(database: Database) -> None:
    async with database.writing() as session:
        for number, name in enumerate(["Last year", "Last month"]):
            wave = await a_planned_wave(session, {"U1": MONDAY, f"U-only-{number}": MONDAY}, name)
            for invitation in wave.values():
                await claims.claim_invitation(session, invitation.id, MONDAY)
                await invitations.record_delivered(
                    session, invitation.id, "D1", "1.1", MONDAY + number * WEEK
                )
        await a_wave(session, ["U1", "U-never"], survey=await a_stored_survey(session, "Now"))
        crowd = [f"U-unknown-{number}" for number in range(1200)]
        asked = ["U1", "U-only-0", "U-never", *crowd]
        assert await invitations.last_delivered(session, WORKSPACE, asked) == {
            "U1": MONDAY + WEEK,
            "U-only-0": MONDAY,
        }
        assert await invitations.last_delivered(session, "T0OTHER", asked) == {}


async def test_the_quarantine_knows_what_is_under_way_and_what_was_in_doubt_to_the_end(
    database: Database,
) -> None:
    later = MONDAY + timedelta(hours=3)
    async with database.writing() as session:
        people_of_wave = {"U-waits": later, "U-lost": MONDAY, "U-reached": MONDAY, "U-refused": MONDAY}
        planned = await a_planned_wave(session, people_of_wave, "Open")
        for name in ("U-lost", "U-reached", "U-refused"):
            assert await claims.claim_invitation(session, planned[name].id, MONDAY)
        await delivery.record_uncertain(session, Invitation, planned["U-lost"].id)
        await invitations.record_delivered(session, planned["U-reached"].id, "D1", "1.1", MONDAY)
        await delivery.record_failed(session, Invitation, planned["U-refused"].id, "user_not_found")
        asked = [*people_of_wave, "U-never"]

        expected = {"U-waits": later, "U-lost": MONDAY}
        assert await invitations.under_way(session, WORKSPACE, asked) == expected
        assert await invitations.under_way(session, "T0OTHER", asked) == {}
        await close_wave(session, planned["U-waits"].wave_id, MONDAY)
        assert await invitations.under_way(session, WORKSPACE, asked) == {"U-lost": MONDAY}


async def test_a_workspace_brings_its_own_quarantine(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        stored = await people.workspace(session, WORKSPACE)
        assert stored is not None
        assert stored.quarantine_days == 90
        assert await people.workspace(session, "T0OTHER") is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_clock_finds_its_work_without_reading_the_history(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        [asks] = (await invitations_of(session, wave)).values()
        session.add(
            Reminder(
                workspace_id=WORKSPACE, wave_id=wave.id, invitation_id=asks.id, number=1, send_after=MONDAY
            )
        )
        await session.flush()
        with statements() as asked:
            await invitations.waiting(session, WORKSPACE, MONDAY, 50)
            await invitations.last_delivered(session, WORKSPACE, ["U1", "U2"])
            await invitations.under_way(session, WORKSPACE, ["U1", "U2"])
            await delivery.mark_abandoned(session, Invitation, MONDAY)
            await reminders.due_reminders(session, WORKSPACE, MONDAY, 50)
            await reminders.drop_needless(session, MONDAY)
            await delivery.mark_abandoned(session, Reminder, MONDAY)
        plan = await sqlite_steps(session, asked)
    steps = {step for step in plan if step.startswith(("SCAN", "SEARCH"))}
    # PostgreSQL plans for any value of a parameter, and then takes no index that serves only one state.
    for_the_clock = [statement for statement, _ in asked if "delivered_at IS NULL" not in statement]
    assert not any("state = ?" in statement.partition("WHERE")[2] for statement in for_the_clock)
    assert sorted(step for step in steps if "preferences" not in step and "VIRTUAL TABLE" not in step) == [
        "SCAN each_once",
        "SCAN invitations USING INDEX invitations_claimed",
        "SCAN reminders USING INDEX reminders_claimed",
        "SCAN waves USING INDEX one_open_wave_per_survey",
        "SEARCH invitations USING COVERING INDEX invitations_by_person (workspace_id=? AND user_id=? AND delivered_at>?)",
        "SEARCH invitations USING INDEX invitations_by_person (workspace_id=? AND user_id=? AND delivered_at=?)",
        "SEARCH invitations USING INDEX invitations_to_send (wave_id=? AND send_after<?)",
        "SEARCH invitations USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH reminders USING INDEX reminders_to_send (wave_id=? AND send_after<?)",
        "SEARCH reminders_1 USING INDEX sqlite_autoindex_reminders_1 (invitation_id=? AND number<?)",
    ]
