"""chat.postMessage, .postEphemeral, .update and .delete."""

from dataclasses import replace

from bot.sandbox.block_kit.check import checked_message_blocks
from bot.sandbox.failures.errors import Code, WebApiError, refused
from bot.sandbox.records import Json, Message
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method
from .destination import destination
from .files import described_file

_LONGEST = 40_000
_LONGEST_UPDATE = 4_000


def described_message(sandbox: Sandbox, message: Message) -> Json:
    """Describe a message as Slack does in replies and payloads."""
    described: Json = {
        "type": "message",
        "user": message.user,
        "bot_id": sandbox.bot_id,
        "app_id": sandbox.app_id,
        "team": sandbox.team_id,
        "ts": message.ts,
        "text": message.text,
    }
    if message.blocks:
        described["blocks"] = message.blocks
    if message.metadata is not None:
        described["metadata"] = message.metadata
    if message.thread_ts is not None:
        described["thread_ts"] = message.thread_ts
    if message.files:
        described["files"] = [described_file(file) for file in message.files]
    if message.edited:
        described["edited"] = {"user": message.user, "ts": message.ts}
    return described


def composed(sandbox: Sandbox, channel: str, given: Arguments) -> Message:
    """Return the message the arguments describe, not yet posted, or raise WebApiError."""
    if given.structure("attachments"):
        raise refused(Code.INVALID_ARGUMENTS, ["the pretend Slack has no attachments: send blocks"])
    text = given.maybe("text") or ""
    blocks = given.structure("blocks") or []
    if not text and not blocks:
        raise WebApiError(Code.NO_TEXT)
    if len(text) > _LONGEST:
        raise WebApiError(Code.MSG_TOO_LONG)
    thread_ts = given.maybe("thread_ts")
    if thread_ts is not None and sandbox.found(channel, thread_ts) is None:
        raise WebApiError(Code.THREAD_NOT_FOUND)
    return Message(
        channel=channel,
        ts="",
        user=sandbox.bot_user_id,
        text=text,
        blocks=_checked(sandbox, blocks),
        metadata=_metadata(given),
        thread_ts=thread_ts,
    )


def _checked(sandbox: Sandbox, blocks: object) -> list[Json]:
    return checked_message_blocks(
        blocks, charts=not sandbox.refuse_charts, new_id=lambda: sandbox.new_id("b")
    )


def _metadata(given: Arguments) -> Json | None:
    metadata = given.structure("metadata")
    if not metadata:
        return None
    if not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise WebApiError(Code.INVALID_METADATA_FORMAT)
    return metadata


def _post_message(sandbox: Sandbox, given: Arguments) -> Json:
    channel = destination(sandbox, given.text("channel"))
    message = sandbox.post(composed(sandbox, channel, given))
    return {"channel": channel, "ts": message.ts, "message": described_message(sandbox, message)}


def _post_ephemeral(sandbox: Sandbox, given: Arguments) -> Json:
    channel = destination(sandbox, given.text("channel"))
    user = given.text("user")
    if not _is_in(sandbox, user, channel):
        raise WebApiError(Code.USER_NOT_IN_CHANNEL)
    message = sandbox.post(replace(composed(sandbox, channel, given), ephemeral_to=user, metadata=None))
    return {"message_ts": message.ts}


def _update(sandbox: Sandbox, given: Arguments) -> Json:
    message = _own(sandbox, given, "cant_update_message")
    text = given.maybe("text")
    blocks = given.structure("blocks")
    if text is None and blocks is None:
        raise WebApiError(Code.NO_TEXT)
    if text is not None and len(text) > _LONGEST_UPDATE:
        raise WebApiError(Code.MSG_TOO_LONG)
    updated = replace(
        message,
        text=message.text if text is None else text,
        blocks=message.blocks if blocks is None else _checked(sandbox, blocks),
        metadata=message.metadata if given.structure("metadata") is None else _metadata(given),
        edited=True,
    )
    sandbox.keep(updated)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": updated.text,
        "message": described_message(sandbox, updated),
    }


def _delete(sandbox: Sandbox, given: Arguments) -> Json:
    message = _own(sandbox, given, "cant_delete_message")
    sandbox.forget(message)
    return {"channel": message.channel, "ts": message.ts}


def _own(sandbox: Sandbox, given: Arguments, otherwise: str) -> Message:
    """Return the app's message the arguments point at; an ephemeral one is no message to these methods."""
    channel = given.text("channel")
    if channel not in sandbox.channels and channel not in sandbox.direct:
        raise WebApiError(Code.CHANNEL_NOT_FOUND)
    message = sandbox.found(channel, given.text("ts"))
    if message is None or message.ephemeral_to is not None:
        raise WebApiError(Code.MESSAGE_NOT_FOUND)
    if message.user != sandbox.bot_user_id:
        raise WebApiError(otherwise)
    return message


def _is_in(sandbox: Sandbox, user: str, channel: str) -> bool:
    if channel in sandbox.direct:
        return sandbox.direct[channel].user == user
    return user in sandbox.channels[channel].members


METHODS = {
    "chat.postMessage": Method(_post_message, "chat:write"),
    "chat.postEphemeral": Method(_post_ephemeral, "chat:write"),
    "chat.update": Method(_update, "chat:write"),
    "chat.delete": Method(_delete, "chat:write"),
}
