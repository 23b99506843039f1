"""Which of Slack's refusals stop a wave, and which hold for one person alone."""

from datetime import timedelta

import pytest

from storage.audience import Audience
from storage.words import InvitationState
from tests.delivery.test_stopping import stopped_for, told
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


@pytest.mark.parametrize("code", ["missing_scope", "no_permission", "team_access_not_granted"])
async def test_a_refusal_of_one_person_that_might_be_one_of_all_holds_up_nobody_else(
    office: Office, code: str
) -> None:
    people = colleagues(office, 40)
    await office.open_wave(audience=Audience(people=tuple(people)))
    office.slack.faults.answer(POST, code, times=None, to=people[0])

    for minute in range(5):
        await go_to(office, MONDAY + minute * MINUTE)

    assert those_asked(office) == people[1:]
    assert await state_of(office, people[0]) is InvitationState.FAILED
    assert len([one for one in office.slack.direct_messages(MAYA) if "could not be asked" in one.text]) == 1
    assert [one for one in office.slack.direct_messages(MAYA) if "stopped" in one.text] == []


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("accesslimited", "This workspace takes nothing from the network that I run in."),
        ("two_factor_setup_required", "Slack waits for two-factor authentication to be set up."),
        ("access_denied", "Slack does not let the app do this."),
        ("team_access_not_granted", "Slack does not let the app do this."),
    ],
)
async def test_what_holds_for_the_whole_workspace_stops_the_wave_until_it_is_mended(
    office: Office, code: str, remedy: str
) -> None:
    await office.open_wave()
    faults = [office.slack.faults.answer(method, code, times=None) for method in (POST, "auth.test")]
    for minute in range(3):
        await go_to(office, MONDAY + minute * MINUTE)
    assert await stopped_for(office) == [code]
    assert those_asked(office) == []

    for fault in faults:
        office.slack.faults.lift(fault)
    waves = await office.command(MAYA, "waves")
    assert f"I had to stop. {remedy}" in waves
    await go_to(office, MONDAY + 4 * MINUTE)
    assert len(those_asked(office)) == 4
    assert len(told(office)) == 1


@pytest.mark.parametrize("code", ["messages_tab_disabled", "message_limit_exceeded", "rate_limited"])
async def test_what_only_the_next_message_can_tell_is_tried_with_growing_pauses(
    office: Office, code: str
) -> None:
    await office.open_wave()
    shut = office.slack.faults.answer(POST, code, times=None)
    for second in range(0, 60, 3):
        await go_to(office, MONDAY + timedelta(seconds=second))
    assert await stopped_for(office) == [code]
    tried = shut.struck
    assert tried < 10

    for minute in range(1, 60):
        await go_to(office, MONDAY + minute * MINUTE)
    assert shut.struck == tried + 6
    assert await stopped_for(office) == [code]

    office.slack.faults.lift(shut)
    await go_to(office, MONDAY + timedelta(hours=1))
    assert len(told(office)) == 1
    assert those_asked(office) == sorted([MAYA, ALICE, BRUNO])  # it is evening where Chen lives


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("channel_not_found", "Slack does not let me write to this person. Nothing to do."),
        ("user_is_restricted", "Slack does not let me write to this person. Nothing to do."),
        ("cannot_dm_bot", "This is an app and not a person. Nothing to do."),
    ],
)
async def test_what_holds_for_one_person_fails_them_alone(office: Office, code: str, remedy: str) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, code, times=None, to=ALICE)

    await office.tick()
    await office.tick()

    assert await state_of(office, ALICE) is InvitationState.FAILED
    assert those_asked(office) == sorted([MAYA, BRUNO, CHEN])
    assert any(one.text.endswith(f"• 1 person: {remedy}") for one in office.slack.direct_messages(MAYA))
