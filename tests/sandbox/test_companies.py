"""Guests, and people of another company, in a channel that is shared with them."""

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.driving import payloads
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Channel, Enterprise, Json, User
from bot.sandbox.screens.page_state import page_state
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import BUTTONS, modal
from tests.sandbox.refusals import error_of


@pytest.fixture(autouse=True)
def visitors(sandbox: Sandbox) -> None:
    """Fay of Globex meets Ada in #deal, Gus of Globex meets nobody, Hal is a guest and Ivy a guest of one channel."""
    sandbox.add_user(User("U0FAY", "fay", team_id="T0GLOBEX"))
    sandbox.add_user(User("U0GUS", "gus", team_id="T0GLOBEX"))
    sandbox.add_user(User("U0HAL", "hal", is_restricted=True))
    sandbox.add_user(User("U0IVY", "ivy", is_ultra_restricted=True))
    sandbox.add_channel(Channel("C0DEAL", "deal", ("U0ADA", "U0FAY", "U0IVY")))


async def profile(web: AsyncWebClient, user: str) -> Json:
    found: Json = (await web.users_info(user=user, include_locale=True))["user"]
    return found


async def test_a_visitor_is_in_the_channel_but_not_in_the_list_of_people(web: AsyncWebClient) -> None:
    assert "U0FAY" in (await web.conversations_members(channel="C0DEAL"))["members"]
    listed = [member["id"] for member in (await web.users_list())["members"]]
    assert {"U0FAY", "U0GUS"}.isdisjoint(listed)
    assert {"U0HAL", "U0IVY", "U0ADA"} <= set(listed)


async def test_a_visitor_has_a_workspace_of_their_own_and_is_a_stranger_without_a_shared_channel(
    web: AsyncWebClient,
) -> None:
    fay, gus = await profile(web, "U0FAY"), await profile(web, "U0GUS")
    assert (fay["team_id"], gus["team_id"]) == ("T0GLOBEX", "T0GLOBEX")
    assert "is_stranger" not in fay
    assert gus["is_stranger"] is True


async def test_a_private_channel_without_the_app_makes_nobody_known(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    sandbox.add_channel(Channel("C0DEAL", "deal", ("U0ADA", "U0FAY"), is_private=True))
    assert (await profile(web, "U0FAY"))["is_stranger"] is True


async def test_guests_say_so(web: AsyncWebClient) -> None:
    hal, ivy, ada = [await profile(web, user) for user in ("U0HAL", "U0IVY", "U0ADA")]
    assert (hal["is_restricted"], hal["is_ultra_restricted"]) == (True, False)
    assert (ivy["is_restricted"], ivy["is_ultra_restricted"]) == (True, True)
    assert (ada["is_restricted"], ada["is_ultra_restricted"]) == (False, False)


async def test_a_channel_says_which_companies_share_it(web: AsyncWebClient) -> None:
    deal = (await web.conversations_info(channel="C0DEAL"))["channel"]
    general = (await web.conversations_info(channel="C0GENERAL"))["channel"]
    assert (deal["is_ext_shared"], deal["shared_team_ids"]) == (True, ["T0ACME", "T0GLOBEX"])
    assert (general["is_ext_shared"], general["shared_team_ids"]) == (False, ["T0ACME"])


async def test_the_app_may_write_to_a_visitor_but_not_to_a_stranger(web: AsyncWebClient) -> None:
    assert (await web.chat_postMessage(channel="U0FAY", text="Hello"))["ok"]
    assert (await web.conversations_open(users="U0FAY"))["ok"]
    assert await error_of(web.chat_postMessage(channel="U0GUS", text="Hello")) == "channel_not_found"
    assert await error_of(web.conversations_open(users="U0GUS")) == "user_not_visible"


async def test_a_click_of_a_visitor_happens_in_our_workspace_and_their_modal_in_theirs(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, web: AsyncWebClient
) -> None:
    heard: list[Json] = []

    @app.action("score.9")
    async def scored(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("why")
    async def why(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    await web.chat_postMessage(channel="C0DEAL", text="?", blocks=BUTTONS)
    await driver.click("U0FAY", sandbox.messages("deal")[0], "score.9")
    await sandbox.until(lambda: sandbox.modal("U0FAY") is not None)
    await driver.submit("U0FAY", sandbox.modals["U0FAY"][0], {"text": "Kind people"})

    click, form = heard
    assert (click["team"]["id"], click["user"]["team_id"]) == ("T0ACME", "T0GLOBEX")
    assert (form["team"], form["user"]["team_id"]) == ({"id": "T0GLOBEX", "domain": "t0globex"}, "T0GLOBEX")
    assert form["view"]["app_installed_team_id"] == "T0ACME"


async def test_a_visitor_has_none_of_the_apps_commands(driver: SlackDriver) -> None:
    with pytest.raises(LookupError, match="/nps is not a valid command"):
        await driver.command("U0FAY", "deal")


@pytest.mark.parametrize("who", ["U0FAY", "U0IVY"])
def test_visitors_and_guests_see_only_their_own_channels(sandbox: Sandbox, who: str) -> None:
    state = page_state(sandbox, who)
    assert [each["name"] for each in state["conversations"] if each["kind"] == "channel"] == ["deal"]
    [person] = [each for each in state["people"] if each["id"] == who]
    assert (person["is_guest"], person["is_foreign"]) == (who == "U0IVY", who == "U0FAY")


async def test_a_time_zone_that_nobody_knows_any_more_is_handed_out_all_the_same(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    sandbox.add_user(User("U0BEN", "ben", tz="Mars/Olympus"))
    ben = await profile(web, "U0BEN")
    assert (ben["tz"], ben["tz_offset"]) == ("Mars/Olympus", 0)


async def test_only_the_list_of_people_says_who_was_invited_and_never_signed_in(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    sandbox.add_user(User("U0IVO", "ivo", never_signed_in=True))
    listed = {member["id"]: member for member in (await web.users_list())["members"]}
    assert listed["U0IVO"]["is_invited_user"] is True
    assert "is_invited_user" not in listed["U0ADA"]
    assert "is_invited_user" not in await profile(web, "U0IVO")


@pytest.fixture
def grid(sandbox: Sandbox) -> Enterprise:
    """Acme belongs to an organization; Sis of its other workspace is in #deal too."""
    sandbox.enterprise = Enterprise("E0ACME", "Acme Group", sisters=("T0SISTER",))
    sandbox.add_user(User("U0SIS", "sis", team_id="T0SISTER"))
    return sandbox.enterprise


async def test_on_enterprise_grid_slack_names_the_organization(
    sandbox: Sandbox, web: AsyncWebClient, grid: Enterprise
) -> None:
    told = await web.auth_test()
    assert (told["team_id"], told["enterprise_id"], told["is_enterprise_install"]) == (
        "T0ACME",
        "E0ACME",
        False,
    )
    sis, fay = await profile(web, "U0SIS"), await profile(web, "U0FAY")
    assert (sis["team_id"], sis["enterprise_user"]["enterprise_id"]) == ("T0SISTER", "E0ACME")
    assert "is_stranger" not in sis
    assert "enterprise_user" not in fay
    sandbox.enterprise = Enterprise(grid.id, grid.name, is_installed=True)
    wide = await web.auth_test()
    assert (wide["team_id"], wide["is_enterprise_install"]) == ("E0ACME", True)


def test_who_acts_from_a_sister_workspace_is_placed_there_or_nowhere(
    sandbox: Sandbox, grid: Enterprise
) -> None:
    sandbox.url = "http://127.0.0.1"
    event = payloads.event_callback(sandbox, {"type": "app_home_opened", "user": "U0SIS"})
    assert (event["team_id"], event["authorizations"][0]["team_id"]) == ("T0SISTER", "T0ACME")
    command = payloads.slash_command(sandbox, "U0SIS", "C0DEAL", "/nps", "")
    assert (command["team_id"], command["enterprise_id"]) == ("T0SISTER", "E0ACME")
    view = sandbox.new_view("U0SIS", {"type": "modal", "blocks": []})
    closed = payloads.view_closed(sandbox, "U0SIS", view, is_cleared=False)
    assert (closed["team"]["id"], closed["enterprise"]["id"]) == ("T0SISTER", "E0ACME")
    sandbox.enterprise = Enterprise(grid.id, grid.name, grid.sisters, names_teams=False)
    nowhere = payloads.view_closed(sandbox, "U0SIS", view, is_cleared=False)
    assert (nowhere["team"], nowhere["user"]["team_id"]) == (None, "T0SISTER")
