"""One process serves one workspace: people of its organization are met, and no other installation is."""

from typing import Any

import pytest

from bot.kit.rules.installation import Installation, is_for
from bot.sandbox.driving import payloads
from bot.sandbox.records import Channel, Enterprise, User
from storage.tables import Person
from tests.journeys.hands import home_of
from tests.journeys.office import ALICE, ASKED, GENERAL, MAYA, Office, listeners_finish
from tests.journeys.stored import Said

ACME, GRID = Installation("T1"), Installation("T1", "E1")
SISTER, ORG_WIDE = "U9SISTER", "U9WIDE"
ELSEWHERE = "T9OTHER"


@pytest.mark.parametrize(
    ("body", "ours", "is_ours"),
    [
        ({"team_id": "T1"}, ACME, True),
        ({"team_id": "T9"}, ACME, False),
        ({"team": {"id": "T1"}, "user": {"team_id": "T9"}}, ACME, True),
        ({"team": {"id": "T9"}, "user": {"team_id": "T1"}}, ACME, False),
        ({"team": {"id": "T9"}, "view": {"app_installed_team_id": "T1"}}, ACME, True),
        ({"team": {"id": "T1"}, "view": {"app_installed_team_id": "T9"}}, ACME, False),
        ({"team_id": "T9", "authorizations": [{"team_id": "T1"}]}, ACME, True),
        ({"team_id": "T1", "authorizations": [{"team_id": "T9"}]}, ACME, False),
        ({"team_id": "T1", "authorizations": []}, ACME, True),
        ({"team": {"id": "T2"}, "enterprise": {"id": "E1"}}, GRID, True),
        ({"team": {"id": "T2"}, "enterprise": {"id": "E9"}}, GRID, False),
        ({"team": {"id": "T2"}, "enterprise": {"id": "E1"}}, ACME, False),
        ({"team_id": "T2", "enterprise_id": "E1"}, GRID, True),
        ({"team_id": "T2", "enterprise_id": "E1", "authorizations": [{"team_id": "T2"}]}, GRID, False),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"team_id": "T2"}}, GRID, True),
        ({"team": None, "user": {"team_id": "T1"}}, ACME, True),
        ({"team": None, "user": {"team_id": "T9"}}, ACME, False),
        ({"team": None, "enterprise": None, "user": {"id": "U1"}}, GRID, None),
        ({"team": "T1", "enterprise": "E1", "authorizations": ["T1"], "view": []}, GRID, None),
    ],
)
def test_a_request_names_its_installation_in_one_of_many_ways(
    body: dict[str, Any], ours: Installation, *, is_ours: bool | None
) -> None:
    assert is_for(body, ours) is is_ours


async def grid(office: Office, *, names_teams: bool) -> None:
    """Let the office belong to an organization, and somebody of a sister workspace to its channel; start again in it."""
    slack = office.slack
    slack.enterprise = Enterprise("E0ACME", "Acme Group", sisters=("T3SISTER",), names_teams=names_teams)
    slack.add_user(User(SISTER, "sis", tz="Europe/Paris", team_id="T3SISTER"))
    slack.add_channel(Channel(GENERAL, "general", (*slack.channels[GENERAL].members, SISTER)))


@pytest.mark.parametrize("names_teams", [True, False])
async def test_a_tap_from_a_sister_workspace_or_from_none_reaches_its_question(
    office_on_each: Office, *, names_teams: bool
) -> None:
    office = office_on_each
    await grid(office, names_teams=names_teams)
    async with office.another_app() as app:
        office.slack.request_url, office.app = app.web, app
        await office.ask_everyone(kind="employees")
        assert await office.invited() == [{*ASKED, SISTER}]

        for user, score in {ALICE: 3, SISTER: 9}.items():
            assert (await office.tap(user, score)).status == 200
            await office.slack.until(lambda user=user: office.slack.modal(user) is not None)  # type: ignore[misc]
            await office.driver.submit(user, office.modal(user), {"comment": "Yes"})
        assert "What you chose" not in str((await home_of(office, SISTER)).blocks)
        await listeners_finish()

    assert await office.answers() == {ALICE: Said(3, "Yes", ()), SISTER: Said(9, "Yes", ())}
    assert {row.workspace_id for row in await office.rows(Person)} == {office.slack.team_id}
    assert office.slack.notices == {}


async def test_what_another_installation_is_told_of_opens_and_changes_nothing(office: Office) -> None:
    await office.ask_everyone()
    slack, before = office.slack, await office.rows(Person)
    question, notice = office.question(ALICE), office.notice(MAYA)
    theirs = {"team": {"id": ELSEWHERE, "domain": "other"}}
    score = {"action_id": "answer.score.9", "block_id": "x", "type": "button", "value": "1"}
    pause = {"action_id": "wave.list", "block_id": "x", "type": "button", "value": "1"}
    event = payloads.event_callback(slack, {"type": "app_home_opened", "user": ALICE, "tab": "home"})
    event["authorizations"] = [{"team_id": ELSEWHERE, "enterprise_id": None}]

    said = await office.hear(
        ALICE,
        office.driver.interaction(payloads.block_actions(slack, ALICE, question, score, {}) | theirs),
    )
    assert said.startswith("I serve another workspace only.")
    await office.driver.interaction(payloads.block_actions(slack, MAYA, notice, pause, {}) | theirs)
    assert (await office.driver.event(event["event"])).ok
    await listeners_finish()

    assert await office.answers() == {}
    assert await office.rows(Person) == before
    assert slack.modal(ALICE) is None
    assert all(view.user != MAYA for view in slack.homes.values())
