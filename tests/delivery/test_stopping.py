"""Slack takes nothing more in the middle of a wave: it stops, the manager is told once, and nobody is lost or failed."""

import asyncio
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from storage.audience import Audience
from storage.tables import Outage, Wave
from storage.words import InvitationState
from tests.journeys.hands import (
    POST,
    colleagues,
    go_to,
    state_of,
    those_asked,
)
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)
MOVING = "org_login_required"
MOVES = "Slack is moving this workspace to another plan. Nothing to mend."
TOLD = (
    f"Slack has taken no message of mine since Monday, 23 November at 09:00. {MOVES} It does again. "
    "Everything goes on where it stopped, and nobody is asked twice."
)


async def stopped_for(office: Office) -> list[str]:
    return [outage.code for outage in await office.rows(Outage) if outage.stopped_at]


def told(office: Office) -> list[str]:
    """Return what the manager was told about the stop, in the order of telling."""
    return [one.text for one in office.slack.direct_messages(MAYA) if "taken no message" in one.text]


async def test_a_token_revoked_in_the_middle_of_a_wave_loses_nobody_and_fails_nobody(
    office_on_each: Office,
) -> None:
    office = office_on_each
    people = colleagues(office, 60)
    await office.open_wave(audience=Audience(people=tuple(people)))
    office.slack.faults.delay(POST, 0.05, times=None)
    sending = asyncio.create_task(office.tick())
    await office.slack.until(lambda: len(those_asked(office)) >= 10)

    office.slack.revoke()
    await sending
    for minute in range(5):
        await go_to(office, MONDAY + minute * MINUTE)

    sent = those_asked(office)
    assert len(sent) < len(people)
    assert await stopped_for(office) == ["token_revoked"]
    states = {user: row.state for user, row in (await office.invitations()).items()}
    assert states == {
        user: InvitationState.DELIVERED if user in sent else InvitationState.PLANNED for user in people
    }

    office.slack.revoke(revoked=False)
    await go_to(office, MONDAY + 8 * MINUTE)
    assert those_asked(office) == people
    assert await stopped_for(office) == []
    assert len(told(office)) == 1


async def test_without_the_right_to_speak_the_wave_waits_until_it_is_given_back(office: Office) -> None:
    await office.open_wave()
    office.slack.scopes.remove("chat:write")

    for minute in range(3):
        await go_to(office, MONDAY + minute * MINUTE)
    assert await stopped_for(office) == ["missing_scope"]
    assert those_asked(office) == []

    office.slack.scopes.add("chat:write")
    await go_to(office, MONDAY + 4 * MINUTE)
    assert len(those_asked(office)) == 4
    assert len(told(office)) == 1


async def test_the_manager_is_told_once_why_it_stopped_and_that_it_goes_on(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.open_wave()
    office.slack.faults.answer(POST, MOVING, to=ALICE)

    await office.tick()
    for second in (1, 30, 59):
        await go_to(office, MONDAY + timedelta(seconds=second))
    assert told(office) == []
    assert await state_of(office, ALICE) is InvitationState.PLANNED
    assert "I had to stop. Slack is moving" in await office.command(MAYA, "waves")

    for minute in (1, 2, 3):
        await go_to(office, MONDAY + minute * MINUTE)
    assert told(office) == [TOLD]
    assert len(those_asked(office)) == 4
    assert "Sent to all 4 people." in office.notice(MAYA).text


async def test_two_clocks_tell_of_a_stop_once_and_go_on_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    office.slack.faults.answer(POST, MOVING, to=ALICE)
    await office.tick()

    async with office.another_app() as other:
        for minute in range(3):
            office.clock.now = MONDAY + minute * MINUTE
            await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert told(office) == [TOLD]
    assert len(those_asked(office)) == 4


async def test_a_program_that_starts_again_goes_on_with_what_had_stopped(office: Office) -> None:
    await office.open_wave()
    office.slack.revoke()
    await office.tick()
    office.slack.revoke(revoked=False)
    office.clock.now = MONDAY + MINUTE

    async with office.another_app() as other:
        await run_everything(other.services)

    assert len(those_asked(office)) == 4


async def test_an_app_that_was_removed_stops_while_a_person_who_left_only_fails(office: Office) -> None:
    await office.open_wave()
    left = office.slack.faults.answer(POST, "account_inactive", to=ALICE)
    await office.tick()
    assert left.struck == 1
    assert await state_of(office, ALICE) is InvitationState.FAILED
    await office.command(MAYA, "close")

    await office.open_wave("Beta", audience=Audience(people=tuple(colleagues(office, 2))))
    removed = [
        office.slack.faults.answer(method, "account_inactive", times=None) for method in (POST, "auth.test")
    ]
    await office.tick()
    assert await stopped_for(office) == ["account_inactive"]
    for fault in removed:
        office.slack.faults.lift(fault)

    await go_to(office, MONDAY + MINUTE)
    assert {"U9000", "U9001"} <= set(those_asked(office))


async def test_a_manager_who_cannot_be_told_does_not_keep_the_wave_from_going_on(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, "user_not_found", times=None, to=MAYA)
    office.slack.faults.answer(POST, MOVING, to=ALICE)
    await office.tick()
    assert await stopped_for(office) == [MOVING]

    await go_to(office, MONDAY + MINUTE)

    assert those_asked(office) == sorted([ALICE, BRUNO, CHEN])
    assert told(office) == []


async def test_a_manager_may_resume_without_waiting(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, MOVING, to=ALICE)
    await office.tick()
    await office.tick()

    await office.command(MAYA, "resume")
    await office.tick()

    assert len(those_asked(office)) == 4
    assert told(office) == [TOLD]


async def test_a_managers_own_pause_outlasts_the_mending(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, MOVING, to=ALICE)
    await office.tick()

    assert await office.command(MAYA, "pause") == (
        "“Acme” is paused: nothing more is sent. `/nps resume Acme` lets it go on."
    )
    for minute in range(1, 4):
        await go_to(office, MONDAY + minute * MINUTE)

    assert await state_of(office, ALICE) is InvitationState.PLANNED
    assert await stopped_for(office) == []
    await office.command(MAYA, "resume")
    await office.tick()
    assert await state_of(office, ALICE) is InvitationState.DELIVERED


async def test_every_wave_of_the_workspace_stops_and_goes_on_together(office: Office) -> None:
    await office.open_wave("Acme", audience=Audience(people=(ALICE,)))
    await office.open_wave("Beta", audience=Audience(people=(CHEN,)))
    office.slack.revoke()

    await office.tick()
    assert await stopped_for(office) == ["token_revoked"]
    office.slack.revoke(revoked=False)
    await go_to(office, MONDAY + MINUTE)

    assert those_asked(office) == [ALICE, CHEN]


async def test_a_stopped_wave_closes_at_its_time_with_what_was_answered(office: Office) -> None:
    await office.open_wave()
    office.slack.revoke()
    await office.tick()

    await go_to(office, MONDAY + timedelta(days=14))
    office.slack.revoke(revoked=False)
    await go_to(office, MONDAY + timedelta(days=14, minutes=5))

    assert [wave.closed_at is None for wave in await office.rows(Wave)] == [False]
    assert those_asked(office) == []
