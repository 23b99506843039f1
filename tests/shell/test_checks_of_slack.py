"""`nps-bot doctor` looks at Slack: its tokens, its network, its scopes."""

import pytest

from bot.errors import NotReadyError
from bot.sandbox.records import Enterprise, UserGroup
from bot.shell.doing.manifest import SCOPES
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office
from tests.shell.conftest import NOBODY
from tests.shell.examined import WELL, lines

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("environment")]


async def test_a_token_of_a_whole_organization_is_told_with_what_to_do(office: Office) -> None:
    office.slack.enterprise = Enterprise("E0ACME", "Acme Group", is_installed=True)

    said = await lines(office)

    assert said[1] == (
        "token: SLACK_BOT_TOKEN belongs to a whole organization of Enterprise Grid, and nps-bot serves one workspace. "
        "Turn off “Org Level Apps” in the app's settings, install the app to that workspace and copy its own token."
    )
    with pytest.raises(NotReadyError, match="belongs to a whole organization"):
        async with office.another_app():
            pass


async def test_a_token_that_slack_no_longer_takes_is_to_be_replaced(office: Office) -> None:
    office.slack.revoked = True

    assert (await lines(office))[1:3] == [
        "token: Slack does not take SLACK_BOT_TOKEN (token_revoked). Install the app again and copy its new token.",
        "scopes: not checked (the token does not work)",
    ]


async def test_a_network_that_slack_does_not_let_in_is_no_fault_of_the_token(office: Office) -> None:
    office.slack.faults.answer("auth.test", "accesslimited")

    assert (await lines(office))[1] == (
        "token: Slack does not take SLACK_BOT_TOKEN (accesslimited). This workspace takes nothing from the network "
        "that I run in. Ask a workspace admin to allow its address."
    )


async def test_a_slack_that_does_not_answer_is_no_fault_of_the_token(
    office: Office, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SLACK_API_URL", f"http://{NOBODY}/api/")

    said = await lines(office)

    assert said[1] == (
        f"token: http://{NOBODY}/api/ does not answer (cannot_connect). "
        "Check the network and SLACK_API_URL, then try again."
    )
    assert said[3:] == WELL[3:]


async def test_the_app_token_is_tried_where_there_is_one(
    office: Office, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SLACK_APP_TOKEN", office.slack.app_token)
    assert (await lines(office))[3] == "socket mode: ok"

    environment.setenv("SLACK_APP_TOKEN", "xapp-keep-me")
    assert (await lines(office))[3] == (
        "socket mode: Slack does not take SLACK_APP_TOKEN (invalid_auth). Make one with connections:write under "
        "Basic Information, App-Level Tokens, and turn Socket Mode on."
    )

    environment.setenv("SLACK_API_URL", f"http://{NOBODY}/api/")
    assert (await lines(office))[3] == "socket mode: not checked (Slack does not answer)"


async def test_missing_scopes_are_named_with_what_they_are_for(office: Office) -> None:
    office.slack.scopes -= {"commands", "groups:read", "usergroups:read"}

    assert (await lines(office))[2] == (
        "scopes: Missing: commands, to answer /nps; groups:read, to see who is in a private channel that the app was "
        "invited to; usergroups:read, to ask the members of a user group. Update the app with what nps-bot manifest prints, then install it again."
    )


async def test_the_scopes_called_needed_are_all_that_the_app_needs(office: Office) -> None:
    office.slack.scopes = set(SCOPES)
    office.slack.add_user_group(UserGroup("S1", "Support", "support", users=(CHEN,)))

    await office.make_survey(people=[CHEN], user_groups=["S1"])
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.tick()
    await office.answer({ALICE: 9})
    assert "NPS +100" in await office.command(BRUNO, "")
    office.clock.forward(days=7)
    await office.tick()

    assert office.slack.messages(GENERAL)
    assert [call.method for call in office.slack.requests if call.error] == []
