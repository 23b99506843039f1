"""Files as Slack's own client sends them, in three steps, and as people find them."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.sandbox.records import File, Message
from bot.sandbox.screens.plain_text import as_text
from bot.sandbox.workspace import Sandbox
from tests.sandbox.refusals import error_of

CONTENT = b"score\n9\n"


async def send(web: AsyncWebClient, channel: str | None, **more: str) -> AsyncSlackResponse:
    return await web.files_upload_v2(filename="Été.csv", content=CONTENT, channel=channel, **more)  # type: ignore[arg-type]


async def direct_with(web: AsyncWebClient, user: str) -> str:
    return str((await web.conversations_open(users=user))["channel"]["id"])


async def test_a_file_arrives_with_its_comment_and_its_bytes(sandbox: Sandbox, web: AsyncWebClient) -> None:
    reply = await send(web, await direct_with(web, "U0BEN"), initial_comment="Here it is", title="Scores")

    [message] = sandbox.direct_messages("U0BEN")
    [file] = message.files
    assert message.text == "Here it is"
    assert (file.name, file.title, file.content) == ("Été.csv", "Scores", CONTENT)
    assert reply["files"] == [
        {"id": file.id, "name": "Été.csv", "title": "Scores", "mimetype": "text/csv", "size": len(CONTENT)}
    ]


async def test_a_file_shared_nowhere_is_seen_nowhere(sandbox: Sandbox, web: AsyncWebClient) -> None:
    assert (await send(web, None))["ok"]
    assert sandbox.posted == {}


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("D0NOWHERE", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("C0SECRET", "channel_not_found"),
        ("C0OLD", "is_archived"),
        ("C0RANDOM", "not_in_channel"),
        ("U0BEN", "invalid_arguments"),
        ("#general", "invalid_arguments"),
    ],
)
async def test_where_a_file_may_not_go_it_is_told_why(
    sandbox: Sandbox, web: AsyncWebClient, channel: str, error: str
) -> None:
    assert await error_of(send(web, channel)) == error
    assert sandbox.posted == {}


async def test_slack_says_which_kind_of_channel_it_wants(web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match=r"must match regex pattern: \^\[CGDZ\]"):
        await send(web, "U0BEN")


async def test_without_the_scope_no_file_is_taken(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.scopes.remove("files:write")

    with pytest.raises(SlackApiError) as caught:
        await send(web, "C0GENERAL")

    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "files:write"


@pytest.mark.parametrize(
    ("length", "error"),
    [(0, "invalid_arguments"), (-1, "invalid_arguments"), ((1 << 30) + 1, "file_upload_size_restricted")],
)
async def test_a_file_has_a_size_that_slack_takes(web: AsyncWebClient, length: int, error: str) -> None:
    assert await error_of(web.files_getUploadURLExternal(filename="a.csv", length=length)) == error


async def posted(url: str, content: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as reply:
        return reply.status


async def test_more_or_fewer_bytes_than_promised_are_refused_and_cannot_be_shared(
    web: AsyncWebClient,
) -> None:
    for content in (CONTENT[:-1], CONTENT + b"\n"):
        place = await web.files_getUploadURLExternal(filename="a.csv", length=len(CONTENT))
        assert await posted(place["upload_url"], content) == 400
        sharing = web.files_completeUploadExternal(files=[{"id": place["file_id"]}], channel_id="C0GENERAL")
        assert await error_of(sharing) == "file_not_found"


async def test_an_address_takes_bytes_once(sandbox: Sandbox, web: AsyncWebClient) -> None:
    place = await web.files_getUploadURLExternal(filename="a.csv", length=len(CONTENT))

    assert await posted(place["upload_url"], CONTENT) == 200
    assert await posted(place["upload_url"], CONTENT) == 400
    assert await posted(f"{sandbox.url}/upload/made-up", CONTENT) == 400


async def test_only_a_file_that_was_sent_is_shared_and_only_once(web: AsyncWebClient) -> None:
    place = await web.files_getUploadURLExternal(filename="a.csv", length=len(CONTENT))
    files: list[dict[str, str | None]] = [{"id": place["file_id"]}]

    assert await error_of(web.files_completeUploadExternal(files=files)) == "file_not_found"
    await posted(place["upload_url"], CONTENT)
    await web.files_completeUploadExternal(files=files, channel_id="C0GENERAL")
    assert await error_of(web.files_completeUploadExternal(files=files)) == "file_not_found"
    assert await error_of(web.files_completeUploadExternal(files=[])) == "invalid_arguments"
    assert await error_of(web.files_completeUploadExternal(files=[{"title": "?"}])) == "invalid_arguments"


async def test_what_goes_wrong_with_the_bytes_can_be_asked_for(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.server_error("upload")
    with pytest.raises(SlackRequestError, match="status: 500"):
        await send(web, "C0GENERAL")

    sandbox.faults.drop_before("upload")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(web, "C0GENERAL")

    assert sandbox.messages("C0GENERAL") == []


async def test_the_page_shows_a_file_and_gives_it_to_those_who_see_its_message(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    await send(web, await direct_with(web, "U0BEN"))
    [message] = sandbox.direct_messages("U0BEN")
    [file] = message.files

    async with aiohttp.ClientSession(sandbox.url) as session:
        async with session.get("/page/state", params={"as": "U0BEN"}) as reply:
            [shown] = (await reply.json())["conversations"][-1]["messages"]
        assert shown["files"] == [{"id": file.id, "name": "Été.csv", "size": len(CONTENT)}]

        async with session.get(f"/page/files/{file.id}", params={"as": "U0BEN"}) as reply:
            assert (reply.status, await reply.read()) == (200, CONTENT)
            assert reply.content_disposition is not None
            assert (reply.content_disposition.type, reply.content_disposition.filename) == (
                "attachment",
                "Été.csv",
            )

        for person, wanted in (("U0ADA", file.id), ("U0NOBODY", file.id), ("U0BEN", "F0")):
            async with session.get(f"/page/files/{wanted}", params={"as": person}) as reply:
                assert reply.status == 404


def test_in_a_terminal_a_file_is_a_line_below_the_message() -> None:
    message = Message("C1", "1.0", "U1", "Here", files=(File("F1", "a.csv", "a", b"x" * 1234),))
    assert as_text(message) == "Here\n[file] a.csv, 1,234 bytes"
