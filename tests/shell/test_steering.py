"""`nps-bot survey waves`, `pause`, `resume`, `resend`: as in Slack, told on a terminal."""

import pytest

from bot.shell.doing.surveys import steering
from storage.words import InvitationState, Rhythm
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office
from tests.shell.test_surveys import refused

pytestmark = pytest.mark.slow


async def test_the_waves_tell_how_far_each_has_come(office: Office) -> None:
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=ALICE)
    office.slack.faults.drop_after("chat.postMessage", to=BRUNO)
    await office.ask_everyone(rhythm=Rhythm.MONTHLY)
    await office.answer({CHEN: 9})

    said = await steering.waves(office.app)

    assert said.data == {
        "waves": [
            {
                "survey": "Acme",
                "wave": 1,
                "closes_at": "2026-12-07T08:00:00+00:00",
                "open_channel": None,
                "paused": False,
                "paused_for": None,
                "progress": {
                    "planned": 0,
                    "snoozed": 0,
                    "sending": 0,
                    "delivered": 1,
                    "answered": 1,
                    "uncertain": 1,
                    "failed": {"account_inactive": 1},
                    "reached_by_reminder": 0,
                },
                "left_out": {"bot": 1, "deactivated": 1},
            }
        ],
        "upcoming": [{"survey": "Acme", "opens_at": "2026-12-23T08:00:00+00:00", "paused": False}],
    }
    lines = said.text.splitlines()
    assert lines[0] == "1 open wave"
    assert lines[2].startswith("Sent to 2 of 4 · 1 failed · 1 uncertain")
    assert lines[-1] == "Times are in UTC."


async def test_without_a_wave_it_says_how_to_open_one(office: Office) -> None:
    said = await steering.waves(office.app)

    assert said.data == {"waves": [], "upcoming": []}
    assert said.text == "No wave is open. To open one, type `nps-bot survey open NAME --as USER`."


async def test_a_paused_survey_sends_nothing_until_it_is_resumed(office: Office) -> None:
    await office.open_wave()

    paused = await steering.pause(office.app, user_id=MAYA, name="")
    await office.tick()

    assert paused.data == {"survey": "Acme", "paused": True}
    assert (
        paused.text
        == "“Acme” is paused: nothing more is sent. `nps-bot survey resume Acme --as USER` lets it go on."
    )
    assert office.slack.direct_messages(ALICE) == []

    resumed = await steering.resume(office.app, user_id=MAYA, name="acme")
    await office.tick()

    assert resumed.data == {"survey": "Acme", "paused": False}
    assert len(office.slack.direct_messages(ALICE)) == 1


async def test_what_slack_refused_is_sent_again(office: Office) -> None:
    office.slack.faults.answer("chat.postMessage", "restricted_action", to=ALICE)
    await office.ask_everyone()

    said = await steering.resend(office.app, user_id=MAYA, name="Acme")
    await office.tick()

    assert (said.data, said.text) == ({"survey": "Acme", "resent": 1}, "I send it again to 1 person.")
    assert (await office.invitations())[ALICE].state is InvitationState.DELIVERED


async def test_only_a_manager_steers_and_only_where_there_is_something_to_do(office: Office) -> None:
    await office.ask_everyone()

    for steer in (steering.pause, steering.resume, steering.resend):
        sentence = await refused(steer(office.app, user_id=ALICE, name="Acme"))
        assert sentence == "Only managers can do this. Ask a workspace admin or owner."
    assert await refused(steering.resume(office.app, user_id=MAYA, name="Acme")) == (
        "“Acme” is not paused, so there is nothing to resume."
    )
    assert await refused(steering.resend(office.app, user_id=MAYA, name="Acme")) == (
        "Nothing of “Acme” has failed, so there is nothing to send again."
    )
