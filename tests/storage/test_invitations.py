from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import delivery
from storage.answers import store_taps
from storage.database.engine import Database
from storage.delivery import invitations
from storage.kit import claims
from storage.tables import Invitation
from storage.waves.closing import close_wave
from storage.words import InvitationState
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of

MINUTE = timedelta(minutes=1)
Recording = Callable[[AsyncSession, int], Awaitable[None]]


async def delivered(session: AsyncSession, invitation_id: int) -> None:
    await invitations.record_delivered(session, invitation_id, "D1", "1712.0001", MONDAY + MINUTE)


async def failed(session: AsyncSession, invitation_id: int) -> None:
    await delivery.record_failed(session, Invitation, invitation_id, "account_inactive")


async def uncertain(session: AsyncSession, invitation_id: int) -> None:
    await delivery.record_uncertain(session, Invitation, invitation_id)


async def put_back(session: AsyncSession, invitation_id: int) -> None:
    await delivery.put_back(session, Invitation, invitation_id)


@pytest.mark.parametrize(
    ("recording", "state"),
    [
        (delivered, InvitationState.DELIVERED),
        (failed, InvitationState.FAILED),
        (uncertain, InvitationState.UNCERTAIN),
        (put_back, InvitationState.PLANNED),
    ],
)
async def test_what_slack_said_is_recorded_on_a_claimed_invitation(
    database: Database, recording: Recording, state: InvitationState
) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await recording(session, invitation.id)
    assert (await again(database, invitation)).state is state


@pytest.mark.parametrize("recording", [delivered, failed, uncertain, put_back])
async def test_an_answer_before_the_delivery_was_recorded_stays_an_answer(
    database: Database, recording: Recording
) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await store_taps(session, [a_tap(invitation, 9)], MONDAY)
        await recording(session, invitation.id)
    assert (await again(database, invitation)).state is InvitationState.ANSWERED


@pytest.mark.parametrize("recording", [delivered, failed, uncertain, put_back])
async def test_what_expired_meanwhile_stays_expired(database: Database, recording: Recording) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await close_wave(session, invitation.wave_id, MONDAY)
        await recording(session, invitation.id)
    assert (await again(database, invitation)).state is InvitationState.EXPIRED


async def test_what_is_said_again_stands_under_the_first_message_and_counts_from_its_own_time(
    database: Database,
) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await delivered(session, invitation.id)
        later = MONDAY + 60 * MINUTE
        assert await invitations.snooze(session, invitation.id, later, MONDAY)
        assert await claims.claim_invitation(session, invitation.id, later)
        await invitations.record_delivered(session, invitation.id, "D1", "1712.0002", later)
    stored = await again(database, invitation)
    assert (stored.state, stored.message_ts, stored.delivered_at) == ("delivered", "1712.0001", later)


async def test_where_the_message_stands_is_kept_even_when_the_answer_was_quicker(database: Database) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await store_taps(session, [a_tap(invitation, 9)], MONDAY)
        await delivered(session, invitation.id)
    stored = await again(database, invitation)
    assert (stored.channel_id, stored.message_ts) == ("D1", "1712.0001")
    assert stored.delivered_at == MONDAY + MINUTE


@pytest.mark.parametrize(
    ("recording", "state"), [(delivered, InvitationState.DELIVERED), (failed, InvitationState.FAILED)]
)
async def test_a_late_reply_settles_an_uncertain_invitation(
    database: Database, recording: Recording, state: InvitationState
) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await uncertain(session, invitation.id)
        await recording(session, invitation.id)
    assert (await again(database, invitation)).state is state


async def test_what_slack_took_is_never_sent_again(database: Database) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await uncertain(session, invitation.id)
        await put_back(session, invitation.id)
        assert await invitations.waiting(session, WORKSPACE, MONDAY, 10) == []
        assert not await claims.claim_invitation(session, invitation.id, MONDAY)


async def test_a_claim_that_nobody_recorded_becomes_uncertain_and_is_told(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2", "U3"])
        invited = await invitations_of(session, wave)
        await claims.claim_invitation(session, invited["U1"].id, MONDAY)
        await claims.claim_invitation(session, invited["U2"].id, MONDAY + 2 * MINUTE)
        assert await delivery.mark_abandoned(session, Invitation, MONDAY + MINUTE) == 1
        assert await delivery.mark_abandoned(session, Invitation, MONDAY + MINUTE) == 0
    async with database.reading() as session:
        stands = {user_id: one.state for user_id, one in (await invitations_of(session, wave)).items()}
    assert (stands["U1"], stands["U2"]) == (InvitationState.UNCERTAIN, InvitationState.CLAIMED)


async def test_refusals_by_slack_are_kept_with_their_codes(database: Database) -> None:
    async with database.writing() as session:
        invitation = await one_claimed(session)
        await failed(session, invitation.id)
    async with database.reading() as session:
        told = await session.get_one(Invitation, invitation.id)
    assert (told.state, told.code) == (InvitationState.FAILED, "account_inactive")


async def test_home_shows_a_person_what_is_open_for_them_and_what_they_answered(database: Database) -> None:
    async with database.writing() as session:
        closed = await a_wave(session, ["U1"], survey=await a_stored_survey(session, "Last quarter"))
        await close_wave(session, closed.id, MONDAY)
        wave = await a_wave(session, ["U1", "U2"])
        customers = await a_wave(session, ["U1"], survey=await a_stored_survey(session, "Customers"))
        await store_taps(session, [a_tap((await invitations_of(session, wave))["U1"], 7)], MONDAY)
    async with database.reading() as session:
        rows = await invitations.open_invitations_of(session, WORKSPACE, "U1")
        assert await invitations.open_invitations_of(session, "T0OTHER", "U1") == []
    shown = [(wave.id, survey.name, answer and answer.score) for _, wave, survey, answer in rows]
    assert shown == [(customers.id, "Customers", None), (wave.id, "Team pulse", 7)]


async def test_an_invitation_comes_with_its_wave_and_survey(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        found = await invitations.invitation_with_wave(session, invitation.id)
        assert await invitations.invitation_with_wave(session, 404) is None
    assert found is not None
    assert (found[0], found[1], found[2].name) == (invitation, wave, "Team pulse")


async def one_claimed(session: AsyncSession) -> Invitation:
    wave = await a_wave(session, ["U1"])
    invitation = (await invitations_of(session, wave))["U1"]
    assert await claims.claim_invitation(session, invitation.id, MONDAY)
    return invitation


async def again(database: Database, invitation: Invitation) -> Invitation:
    async with database.reading() as session:
        return await session.get_one(Invitation, invitation.id)
