from datetime import timedelta

import pytest

from storage import waves
from storage.answers import record_reason, store_taps
from storage.database.engine import Database
from storage.delivery import record_failed
from storage.delivery.invitations import record_delivered
from storage.errors import WaveAlreadyOpen
from storage.kit.claims import claim_invitation
from storage.tables import Invitation, Result
from storage.waves.closing import close_wave
from storage.words import InvitationState
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_stored_survey,
    a_tap,
    a_wave,
    invitations_of,
    states_of,
)

WEEK = timedelta(days=7)


async def test_waves_are_numbered_one_after_the_other_and_one_is_open(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        assert await waves.current_wave(session, survey.id) is None
        first = await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        with pytest.raises(WaveAlreadyOpen, match="'Team pulse' is already open: close it"):
            await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        assert await waves.current_wave(session, survey.id) == first
        await close_wave(session, first.id, MONDAY + WEEK)
        second = await waves.open_wave(session, survey, MANAGER, MONDAY + WEEK, MONDAY + 2 * WEEK)
        newest = await waves.newest_waves(session, survey.id)
    assert [(wave.number, wave.closed_at) for wave in newest] == [(2, None), (1, MONDAY + WEEK)]
    assert newest == [second, first]


async def test_two_surveys_may_ask_at_the_same_time(database: Database) -> None:
    async with database.writing() as session:
        ours = await a_wave(session)
        customers = await a_wave(session, survey=await a_stored_survey(session, "Customers"))
        assert (ours.number, customers.number) == (1, 1)
        assert await waves.open_waves(session) == [ours, customers]


async def test_a_manager_pauses_and_resumes_a_wave_once_each(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        assert not await waves.resume_wave(session, wave.id)
        assert await waves.pause_wave(session, wave.id, MONDAY)
        assert not await waves.pause_wave(session, wave.id, MONDAY + WEEK)
        assert await waves.stopped_waves(session, WORKSPACE) == []
        assert await waves.resume_wave(session, wave.id)
        await close_wave(session, wave.id, MONDAY)
        assert not await waves.pause_wave(session, wave.id, MONDAY)


async def test_what_slack_stopped_is_told_once_and_listed_until_it_is_mended(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        assert await waves.pause_wave(session, wave.id, MONDAY, "token_revoked")
        assert not await waves.pause_wave(session, wave.id, MONDAY + WEEK, "invalid_auth")
    async with database.reading() as session:
        (stopped,) = await waves.stopped_waves(session, WORKSPACE)
    assert (stopped.paused_for, stopped.paused_at) == ("token_revoked", MONDAY)
    async with database.writing() as session:
        assert await waves.resume_wave(session, wave.id)
        assert await waves.stopped_waves(session, WORKSPACE) == []


async def test_a_managers_pause_is_not_ended_by_mending_what_slack_stopped(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        await waves.pause_wave(session, wave.id, MONDAY, "token_revoked")
        assert await waves.pause_wave(session, wave.id, MONDAY + WEEK)
        assert await waves.stopped_waves(session, WORKSPACE) == []
        assert not await waves.pause_wave(session, wave.id, MONDAY + WEEK, "token_revoked")
        assert await waves.stopped_waves(session, WORKSPACE) == []


async def test_a_wave_is_due_to_close_at_its_hour_and_not_before(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        assert await waves.due_to_close(session, WORKSPACE, wave.closes_at - timedelta(microseconds=1)) == []
        assert await waves.due_to_close(session, WORKSPACE, wave.closes_at) == [wave]
        await close_wave(session, wave.id, wave.closes_at)
        assert await waves.due_to_close(session, WORKSPACE, wave.closes_at) == []


async def test_closing_freezes_what_people_said(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2", "U3", "U4", "U5", "U6", "U7"])
        invited = await invitations_of(session, wave)
        scores = {"U1": 10, "U2": 9, "U3": 8, "U4": 6}
        await store_taps(session, [a_tap(invited[who], score) for who, score in scores.items()], MONDAY)
        await record_reason(session, invited["U4"].id, WORKSPACE, "U4", "Too slow", [], MONDAY)
        await claim_invitation(session, invited["U5"].id, MONDAY)
        await record_delivered(session, invited["U5"].id, "D5", "1.1", MONDAY)
        await claim_invitation(session, invited["U6"].id, MONDAY)
        await record_failed(session, Invitation, invited["U6"].id, "account_inactive")
    async with database.writing() as session:
        frozen = await close_wave(session, wave.id, MONDAY + WEEK)
    expected = Result(
        wave_id=wave.id,
        workspace_id=WORKSPACE,
        promoters=2,
        passives=1,
        detractors=1,
        comments=1,
        invited=5,  # the sixth was refused by Slack, and the seventh's turn never came
        scores=[0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1],
        late=[0, 0, 0],
        reasons=[[6, [], 1], [8, [], 1], [9, [], 1], [10, [], 1]],
        frozen_at=MONDAY + WEEK,
    )
    async with database.reading() as session:
        counts = await states_of(session, wave)
        assert await waves.result(session, wave.id) == expected == frozen
        closed = await waves.wave(session, wave.id)
    assert counts == {
        InvitationState.ANSWERED: 4,
        InvitationState.EXPIRED: 2,
        InvitationState.FAILED: 1,
    }
    assert closed is not None
    assert closed.closed_at == MONDAY + WEEK


async def test_a_wave_closes_once_and_its_result_stays(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        assert await waves.result(session, wave.id) is None
        first = await close_wave(session, wave.id, MONDAY)
        assert await close_wave(session, wave.id, MONDAY + WEEK) is None
        assert await close_wave(session, 404, MONDAY) is None
    async with database.reading() as session:
        assert await waves.result(session, wave.id) == first


async def test_a_wave_that_nobody_answered_has_counts_of_nothing(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        await claim_invitation(session, invitation.id, MONDAY)
        await record_delivered(session, invitation.id, "D1", "1.1", MONDAY)
        frozen = await close_wave(session, wave.id, MONDAY)
    assert frozen is not None
    assert (frozen.promoters, frozen.passives, frozen.detractors, frozen.invited) == (0, 0, 0, 1)
