from storage.answers import store_taps
from storage.database.engine import Database
from storage.delivery import invitations
from storage.kit import claims, people, preferences
from storage.waves.closing import close_wave
from storage.words import InvitationState
from tests.builders import (
    MONDAY,
    WORKSPACE,
    a_person,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
    states_of,
)


async def test_opting_out_is_remembered_and_can_be_undone(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        crowd = [f"U{number}" for number in range(1200)]
        for user_id in ("U1", "U1000"):
            await preferences.opt_out(session, WORKSPACE, user_id, MONDAY)
        assert await preferences.opted_out_among(session, WORKSPACE, crowd) == {"U1", "U1000"}
        assert await preferences.opted_out_among(session, "T0OTHER", crowd) == set()
        await preferences.undo_opt_out(session, WORKSPACE, "U1")
        assert await preferences.opted_out_among(session, WORKSPACE, crowd) == {"U1000"}


async def test_undoing_what_was_never_said_is_no_error(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        await preferences.undo_opt_out(session, WORKSPACE, "U1")
        assert await preferences.opted_out_among(session, WORKSPACE, ["U1"]) == set()


async def test_what_slack_says_of_a_person_each_day_does_not_undo_it(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
        await people.remember(session, a_person("U1"))
        assert await preferences.opted_out_among(session, WORKSPACE, ["U1"]) == {"U1"}


async def test_what_was_planned_for_them_expires_and_waits_again_once_undone(database: Database) -> None:
    async with database.writing() as session:
        closed = await a_wave(session, ["U1", "U2"], survey=await a_stored_survey(session, "Closed"))
        wave = await a_wave(session, ["U1", "U2"])
        await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
        waiting = await invitations.waiting(session, WORKSPACE, MONDAY, 10)
        assert {one.user_id for one in waiting} == {"U2"}
        counts = await states_of(session, wave)
        assert (counts[InvitationState.PLANNED], counts[InvitationState.EXPIRED]) == (1, 1)
        await close_wave(session, closed.id, MONDAY)
        await preferences.undo_opt_out(session, WORKSPACE, "U1")
        again = await invitations.waiting(session, WORKSPACE, MONDAY, 10)
    assert sorted((one.wave_id, one.user_id) for one in again) == [(wave.id, "U1"), (wave.id, "U2")]


async def test_what_was_asked_already_may_still_be_answered(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        invited = await invitations_of(session, wave)
        await claims.claim_invitation(session, invited["U1"].id, MONDAY)
        await invitations.record_delivered(session, invited["U1"].id, "D1", "1.1", MONDAY)
        await preferences.opt_out(session, WORKSPACE, "U1", MONDAY)
        counts = await states_of(session, wave)
        assert counts[InvitationState.DELIVERED] == 1
        await store_taps(session, [a_tap(invited["U1"], 3)], MONDAY)
        counts = await states_of(session, wave)
    assert counts[InvitationState.ANSWERED] == 1
