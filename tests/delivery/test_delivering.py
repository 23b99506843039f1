"""The people Slack lets us ask, those it does not, and what is known of it afterwards."""

import pytest

from storage.tables import Invitation, Run
from storage.words import InvitationState, RunState
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
REFUSALS = {
    "account_inactive": "The account is deactivated. Nothing to do.",
    "restricted_action": "Slack does not let the app do this. Ask a workspace admin to allow it.",
    "user_not_found": "Slack does not know this person any more. Nothing to do.",
}


async def states(office: Office) -> dict[str, tuple[InvitationState, str | None]]:
    return {row.user_id: (row.state, row.code) for row in await office.rows(Invitation)}


DELIVERED = (InvitationState.DELIVERED, None)


@pytest.mark.parametrize(("code", "remedy"), REFUSALS.items())
async def test_a_refusal_is_recorded_the_rest_goes_on_and_the_manager_is_told_once(
    office: Office, code: str, remedy: str
) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, code, to=ALICE)
    before = len(office.news(MAYA))

    for _ in range(3):
        await office.tick()

    assert await states(office) == {
        MAYA: DELIVERED,
        ALICE: (InvitationState.FAILED, code),
        BRUNO: DELIVERED,
        CHEN: DELIVERED,
    }
    [told] = office.news(MAYA)[before:]
    assert told == f"Wave 1 of “Acme”:\n1 of 4 could not be asked.\n• 1 person: {remedy}"
    assert [call.error for call in office.calls(POST) if call.arguments["channel"] == ALICE] == [code]


async def test_a_slack_that_asks_for_patience_gets_it_and_everyone_is_asked(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.rate_limit(POST, seconds=1, to=BRUNO)

    await office.tick()

    assert await states(office) == dict.fromkeys((MAYA, ALICE, BRUNO, CHEN), DELIVERED)
    assert [office.asked(person) for person in (MAYA, ALICE, BRUNO, CHEN)] == [1, 1, 1, 1]
    refused, taken = [call for call in office.calls(POST) if call.arguments["channel"] == BRUNO]
    assert (refused.error, taken.error) == ("ratelimited", None)
    assert taken.at - refused.at >= 1


async def test_a_slack_that_is_down_is_asked_again_at_the_next_look(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, "service_unavailable", to=MAYA)

    await office.tick()
    assert (await states(office))[MAYA] == (InvitationState.PLANNED, None)
    await office.tick()

    assert await states(office) == dict.fromkeys((MAYA, ALICE, BRUNO, CHEN), DELIVERED)


@pytest.mark.parametrize("fault", ["server_error", "drop_before", "drop_after"])
async def test_a_lost_reply_leaves_one_message_at_most_and_is_told(office: Office, fault: str) -> None:
    await office.open_wave()
    getattr(office.slack.faults, fault)(POST, to=CHEN)
    before = len(office.news(MAYA))

    for _ in range(3):
        await office.tick()

    assert (await states(office))[CHEN] == (InvitationState.UNCERTAIN, None)
    assert len(office.read_by(CHEN)) == (1 if fault == "drop_after" else 0)
    assert (await states(office))[BRUNO] == DELIVERED
    [told] = office.news(MAYA)[before:]
    assert "For 1 person Slack never confirmed the message." in told


async def test_somebody_slack_knows_no_more_is_left_out_at_the_next_opening(office: Office) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "close")
    del office.slack.users[CHEN]
    office.clock.forward(days=2)

    await office.command(MAYA, "open Acme")

    assert "Sent to 0 of 3" in office.notice(MAYA).text
    assert "1 of whom Slack tells nothing" in office.notice(MAYA).text


async def test_the_managers_own_unreachable_mailbox_stops_nothing(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, "account_inactive", times=9, to=MAYA)

    await office.tick()
    await office.tick()

    assert [(run.job, run.state, run.code) for run in await office.rows(Run)] == [
        ("wave_notice", RunState.DONE, None),
        ("delivery_report", RunState.FAILED, "account_inactive"),
    ]
    assert (await states(office))[ALICE] == DELIVERED
