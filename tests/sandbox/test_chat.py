"""chat.* as Slack's own client meets it."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Json, Message
from bot.sandbox.workspace import Sandbox
from tests.sandbox.hands import Hands
from tests.sandbox.refusals import error_of

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Hello*"}}


async def test_a_message_to_a_person_lands_in_their_direct_messages(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    metadata = {"event_type": "invitation", "event_payload": {"id": 7}}
    reply = await web.chat_postMessage(channel="U0BEN", text="Hello", blocks=[SECTION], metadata=metadata)

    [message] = sandbox.direct_messages("U0BEN")
    assert reply["channel"] == message.channel
    assert message.channel.startswith("D")
    assert reply["ts"] == message.ts
    assert reply["message"]["blocks"] == [{**SECTION, "block_id": message.blocks[0]["block_id"]}]
    assert message.metadata == metadata
    assert sandbox.direct_messages("U0CLEO") == []


async def test_timestamps_are_unique_and_rise_even_when_the_clock_stands_still(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    for number in range(3):
        await web.chat_postMessage(channel="#general", text=f"{number}")

    stamps = [message.ts for message in sandbox.messages("C0GENERAL")]
    assert stamps == sorted(set(stamps))
    assert stamps[0] == f"{int(hands.now.timestamp())}.000000"


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("U0NPSBOT", "cannot_dm_bot"),
        ("USLACKBOT", "cannot_dm_bot"),
        ("U0NOBODY", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("C0SECRET", "channel_not_found"),
        ("C0OLD", "is_archived"),
    ],
)
async def test_where_the_app_may_not_post_it_is_told_why(
    web: AsyncWebClient, channel: str, error: str
) -> None:
    assert await error_of(web.chat_postMessage(channel=channel, text="Hello")) == error


async def test_a_public_channel_needs_membership_or_the_scope_for_it(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="C0RANDOM", text="Hello")
    sandbox.scopes.remove("chat:write.public")
    assert await error_of(web.chat_postMessage(channel="C0RANDOM", text="Hello")) == "not_in_channel"
    await web.chat_postMessage(channel="C0GENERAL", text="Hello")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "chart"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"text": "x", "attachments": [{"text": "x"}]}, "invalid_arguments"),
    ],
    ids=["nothing", "too much", "an unknown block", "half metadata", "no such thread", "attachments"],
)
async def test_what_slack_would_not_post_is_refused(
    sandbox: Sandbox, web: AsyncWebClient, said: Json, error: str
) -> None:
    assert await error_of(web.api_call("chat.postMessage", json={"channel": "C0GENERAL", **said})) == error
    assert sandbox.messages("C0GENERAL") == []


async def test_refused_blocks_are_pointed_at(web: AsyncWebClient) -> None:
    blocks = [SECTION, {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    with pytest.raises(SlackApiError) as caught:
        await web.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text]"
    ]


async def test_a_reply_stands_in_its_thread(sandbox: Sandbox, web: AsyncWebClient) -> None:
    first = await web.chat_postMessage(channel="C0GENERAL", text="first")
    await web.chat_postMessage(channel="C0GENERAL", text="second", thread_ts=first["ts"])
    assert [message.thread_ts for message in sandbox.messages("general")] == [None, first["ts"]]


async def test_an_update_keeps_what_it_does_not_mention(sandbox: Sandbox, web: AsyncWebClient) -> None:
    metadata = {"event_type": "invitation", "event_payload": {}}
    posted = await web.chat_postMessage(channel="U0BEN", text="a", blocks=[SECTION], metadata=metadata)
    [before] = sandbox.direct_messages("U0BEN")
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="b")

    [after] = sandbox.direct_messages("U0BEN")
    assert (after.text, after.edited) == ("b", True)
    assert (after.ts, after.blocks, after.metadata) == (before.ts, before.blocks, metadata)
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="b", blocks=[], metadata={})
    [bare] = sandbox.direct_messages("U0BEN")
    assert (bare.blocks, bare.metadata) == ([], None)


async def test_an_update_needs_a_message_of_its_own_that_is_there(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    theirs = sandbox.post(Message("C0GENERAL", "", "U0BEN", "mine"))
    hidden = await web.chat_postEphemeral(channel="C0GENERAL", user="U0BEN", text="psst")
    update = web.chat_update
    assert await error_of(update(channel="C0GENERAL", ts=theirs.ts, text="x")) == "cant_update_message"
    assert await error_of(update(channel="C0GENERAL", ts="1.000001", text="x")) == "message_not_found"
    assert (
        await error_of(update(channel="C0GENERAL", ts=hidden["message_ts"], text="x")) == "message_not_found"
    )
    assert await error_of(update(channel="U0BEN", ts=theirs.ts, text="x")) == "channel_not_found"
    own = await web.chat_postMessage(channel="C0GENERAL", text="x")
    assert await error_of(update(channel="C0GENERAL", ts=own["ts"], text="x" * 4001)) == "msg_too_long"


async def test_an_ephemeral_message_is_seen_by_one_person(sandbox: Sandbox, web: AsyncWebClient) -> None:
    await web.chat_postEphemeral(channel="C0GENERAL", user="U0BEN", text="psst")

    assert [message.text for message in sandbox.ephemerals("U0BEN")] == ["psst"]
    assert sandbox.ephemerals("U0ADA") == sandbox.messages("C0GENERAL") == []
    outsider = web.chat_postEphemeral(channel="C0GENERAL", user="U0DOT", text="psst")
    assert await error_of(outsider) == "user_not_in_channel"


async def test_a_deleted_message_is_gone(sandbox: Sandbox, web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel="C0GENERAL", text="oops")
    await web.chat_delete(channel="C0GENERAL", ts=posted["ts"])
    assert sandbox.messages("C0GENERAL") == []
    theirs = sandbox.post(Message("C0GENERAL", "", "U0BEN", "mine"))
    assert await error_of(web.chat_delete(channel="C0GENERAL", ts=theirs.ts)) == "cant_delete_message"
