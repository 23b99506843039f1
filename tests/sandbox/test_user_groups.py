"""User groups as Slack's own client meets them."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import UserGroup
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


@pytest.fixture(autouse=True)
def groups(sandbox: Sandbox) -> None:
    sandbox.add_user_group(UserGroup("S0DEV", "Developers", "devs", ("U0ADA", "U0BEN"), "They build it"))
    sandbox.add_user_group(UserGroup("S0OLD", "Interns 2019", "interns", ("U0DOT",), disabled=True))


async def test_groups_are_listed_without_the_disabled_ones(web: AsyncWebClient) -> None:
    [devs] = (await web.usergroups_list())["usergroups"]
    assert (devs["id"], devs["handle"], devs["name"], devs["description"]) == (
        "S0DEV",
        "devs",
        "Developers",
        "They build it",
    )
    assert devs["date_delete"] == 0
    assert {"users", "user_count"}.isdisjoint(devs)


async def test_a_list_tells_members_counts_and_disabled_groups_when_asked_to(web: AsyncWebClient) -> None:
    listed = await web.usergroups_list(include_users=True, include_count=True, include_disabled=True)
    devs, old = listed["usergroups"]
    assert (devs["users"], devs["user_count"]) == (["U0ADA", "U0BEN"], 2)
    assert old["id"] == "S0OLD"
    assert old["date_delete"] > 0


async def test_a_group_tells_its_members(web: AsyncWebClient) -> None:
    assert (await web.usergroups_users_list(usergroup="S0DEV"))["users"] == ["U0ADA", "U0BEN"]


async def test_a_disabled_group_tells_its_members_only_when_asked_to(web: AsyncWebClient) -> None:
    assert await error_of(web.usergroups_users_list(usergroup="S0OLD")) == "no_such_subteam"
    found = await web.usergroups_users_list(usergroup="S0OLD", include_disabled=True)
    assert found["users"] == ["U0DOT"]


async def test_a_group_that_vanished_is_no_group(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.remove_user_group("S0DEV")
    assert await error_of(web.usergroups_users_list(usergroup="S0DEV")) == "no_such_subteam"


async def test_groups_need_their_scope(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.scopes.discard("usergroups:read")
    with pytest.raises(SlackApiError) as caught:
        await web.usergroups_users_list(usergroup="S0DEV")
    assert caught.value.response["needed"] == "usergroups:read"


async def test_a_workspace_that_pays_nothing_has_no_groups(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.has_user_groups = False
    assert await error_of(web.usergroups_list()) == "plan_upgrade_required"
    assert await error_of(web.usergroups_users_list(usergroup="S0DEV")) == "plan_upgrade_required"
