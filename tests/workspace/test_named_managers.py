"""Managers by person and by user group: they may within minutes, and no longer once they are out of it."""

from dataclasses import replace

import pytest

from bot.sandbox.records import UserGroup
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office
from tests.kit.test_roles import NOT_NOW, word_for
from tests.workspace.changing import set_to, settings_form

pytestmark = pytest.mark.slow

PEOPLE_TEAM = "S1PEOPLE"


@pytest.fixture
def office(office: Office) -> Office:
    office.slack.add_user_group(UserGroup(PEOPLE_TEAM, "People team", "people-team", users=(ALICE,)))
    return office


def regroup(office: Office, *members: str) -> None:
    group = office.slack.user_groups[PEOPLE_TEAM]
    office.slack.add_user_group(replace(group, users=members))


async def test_a_person_that_is_named_manages_at_once_and_until_taken_away(office: Office) -> None:
    assert await word_for(office.app, BRUNO) == "managers_only"

    assert f"these manage: <@{BRUNO}>" in await set_to(office, managers=[BRUNO])

    assert await word_for(office.app, BRUNO) is None
    assert "Pour les responsables" in await office.typed(BRUNO, "aide")
    assert "Rien n’a été changé" in await set_to(office, user=BRUNO)
    await set_to(office, managers=[])
    assert await word_for(office.app, BRUNO) == "managers_only"
    assert "Pour les responsables" not in await office.typed(BRUNO, "aide")


async def test_the_members_of_a_group_manage_and_its_changes_count_within_minutes(office: Office) -> None:
    said = await set_to(office, manager_groups=[PEOPLE_TEAM])
    assert said.endswith("Beside admins and owners, these manage: People team.")
    assert await word_for(office.app, ALICE) is None
    assert await word_for(office.app, CHEN) == "managers_only"

    regroup(office, CHEN)
    office.clock.forward(minutes=5)

    assert await word_for(office.app, ALICE) == "managers_only"
    assert await word_for(office.app, CHEN) is None


async def test_a_group_is_believed_for_an_hour_while_slack_does_not_answer_and_no_longer(
    office: Office,
) -> None:
    await set_to(office, manager_groups=[PEOPLE_TEAM])
    assert await word_for(office.app, ALICE) is None
    office.slack.faults.server_error("usergroups.users.list", times=None)

    office.clock.forward(minutes=59)
    assert await word_for(office.app, ALICE) is None
    office.clock.forward(minutes=1)

    assert await word_for(office.app, ALICE) == "role_unknown"
    assert await office.typed(ALICE, "waves") == NOT_NOW
    assert await word_for(office.app, MAYA) is None


async def test_a_group_that_is_gone_has_no_members_and_can_be_taken_away(office: Office) -> None:
    await set_to(office, manager_groups=[PEOPLE_TEAM])
    assert await word_for(office.app, ALICE) is None
    del office.slack.user_groups[PEOPLE_TEAM]
    office.clock.forward(minutes=5)

    assert await word_for(office.app, ALICE) == "managers_only"
    assert PEOPLE_TEAM in str((await settings_form(office)).blocks)
    await office.driver.close(MAYA, office.modal(MAYA))
    assert "Admins, owners and those named" in await set_to(office, manager_groups=[])


async def test_the_group_is_asked_once_in_five_minutes_however_many_ask(office: Office) -> None:
    await set_to(office, manager_groups=[PEOPLE_TEAM])
    before = len(office.calls("usergroups.users.list"))
    for _ in range(3):
        await office.typed(CHEN, "help")

    assert len(office.calls("usergroups.users.list")) - before <= 1


async def test_somebody_named_is_told_that_a_survey_was_deleted(office: Office) -> None:
    await set_to(office, managers=[BRUNO])
    await office.a_survey()
    await office.driver.command(MAYA, "C1GENERAL", "delete Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await office.slack.until(lambda: bool(office.news(BRUNO)))

    assert "Acme" in office.news(BRUNO)[-1]
