"""users.* and conversations.* as Slack's own client meets them."""

from dataclasses import replace

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Channel, User
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of


async def test_a_person_has_a_time_zone_roles_and_on_request_a_locale(web: AsyncWebClient) -> None:
    ada = (await web.users_info(user="U0ADA", include_locale=True))["user"]
    assert (ada["tz"], ada["tz_offset"], ada["locale"]) == ("Europe/London", 0, "en-GB")
    assert (ada["is_admin"], ada["is_owner"], ada["is_bot"], ada["deleted"]) == (True, True, False, False)
    assert "locale" not in (await web.users_info(user="U0BEN"))["user"]
    assert (await web.users_info(user="U0BEN"))["user"]["tz_offset"] == 9 * 3600


async def test_a_deactivated_person_has_nothing_but_a_name(web: AsyncWebClient) -> None:
    dot = (await web.users_info(user="U0DOT", include_locale=True))["user"]
    assert dot["deleted"] is True
    assert {"tz", "locale", "is_admin"}.isdisjoint(dot)


async def test_an_unknown_person_is_not_found(web: AsyncWebClient) -> None:
    assert await error_of(web.users_info(user="U0NOBODY")) == "user_not_found"


async def test_everyone_is_listed_page_by_page_slackbot_included(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    # The client's pages are one object that changes as it goes on, so each is read in its turn.
    pages = [(page["members"], page["response_metadata"]) async for page in await web.users_list(limit=3)]
    assert [len(members) for members, _ in pages] == [3, 3, 1]
    listed = [member for members, _ in pages for member in members]
    assert [member["id"] for member in listed] == list(sandbox.users)
    assert {member["id"]: member["is_bot"] for member in listed}["USLACKBOT"] is False
    assert pages[-1][1] == {"next_cursor": ""}


async def test_members_are_paged_and_at_most_999_at_once(sandbox: Sandbox, web: AsyncWebClient) -> None:
    crowd = [sandbox.add_user(User(f"U1{n:04}", f"user{n}")).id for n in range(2500)]
    sandbox.add_channel(Channel("C0CROWD", "crowd", tuple(crowd)))
    first = await web.conversations_members(channel="C0CROWD", limit=999)
    assert len(first["members"]) == 999
    pages = [page["members"] async for page in first]
    assert [member for page in pages for member in page] == crowd
    assert await error_of(web.conversations_members(channel="C0CROWD", limit=1000)) == "invalid_limit"
    assert await error_of(web.conversations_members(channel="C0CROWD", cursor="?")) == "invalid_cursor"


async def test_channels_are_listed_as_far_as_the_app_can_see(sandbox: Sandbox, web: AsyncWebClient) -> None:
    async def names(**asked: object) -> list[str]:
        listed = await web.conversations_list(**asked)  # type: ignore[arg-type]
        return [channel["name"] for channel in listed["channels"]]

    assert await names() == ["general", "random", "old"]
    assert await names(exclude_archived=True) == ["general", "random"]
    assert await names(types="private_channel") == []
    secret = sandbox.channels["C0SECRET"]
    sandbox.add_channel(replace(secret, members=(*secret.members, sandbox.bot_user_id)))
    assert await names(types=["public_channel", "private_channel"]) == ["general", "random", "secret", "old"]
    assert await error_of(web.conversations_list(types="planet")) == "invalid_types"


async def test_a_private_channel_the_app_is_not_in_does_not_exist_for_it(web: AsyncWebClient) -> None:
    assert await error_of(web.conversations_info(channel="C0SECRET")) == "channel_not_found"
    assert await error_of(web.conversations_members(channel="C0SECRET")) == "channel_not_found"


async def test_a_channel_tells_whether_the_app_is_in_it(web: AsyncWebClient) -> None:
    general = (await web.conversations_info(channel="C0GENERAL", include_num_members=True))["channel"]
    assert (general["is_member"], general["is_archived"], general["num_members"]) == (True, False, 5)
    assert (await web.conversations_info(channel="C0RANDOM"))["channel"]["is_member"] is False


async def test_a_direct_message_is_opened_once(web: AsyncWebClient) -> None:
    first = (await web.conversations_open(users="U0BEN"))["channel"]["id"]
    again = (await web.conversations_open(users=["U0BEN"], return_im=True))["channel"]
    posted = await web.chat_postMessage(channel="U0BEN", text="Hello")
    assert first == again["id"] == posted["channel"]
    assert again["user"] == "U0BEN"


@pytest.mark.parametrize(
    ("users", "error"),
    [("U0NOBODY", "user_not_found"), ("U0DOT", "user_disabled"), ("U0NPSBOT", "cannot_dm_bot")],
)
async def test_some_people_cannot_be_written_to(web: AsyncWebClient, users: str, error: str) -> None:
    assert await error_of(web.conversations_open(users=users)) == error


async def test_a_missing_scope_is_named(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.scopes -= {"users:read", "groups:read", "chat:write.public"}
    with pytest.raises(SlackApiError) as caught:
        await web.users_info(user="U0ADA")
    reply = caught.value.response
    assert (reply["error"], reply["needed"]) == ("missing_scope", "users:read")
    provided = "channels:read,chat:write,commands,files:write,im:write,usergroups:read"
    assert reply["provided"] == reply.headers["x-oauth-scopes"] == provided
    assert await error_of(web.conversations_list(types="public_channel,private_channel")) == "missing_scope"
