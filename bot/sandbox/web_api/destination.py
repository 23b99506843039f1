"""Where a message may go: a channel, a direct message, or a person whose direct message is opened for it."""

from bot.sandbox.companies import is_stranger
from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.workspace import SLACKBOT, Sandbox


def destination(sandbox: Sandbox, name: str) -> str:
    """Return the id of the conversation to post in, or raise WebApiError as chat.postMessage does."""
    if name in sandbox.users:
        return _with_person(sandbox, name)
    try:
        found = sandbox.conversation(name)
    except LookupError:
        raise WebApiError(Code.CHANNEL_NOT_FOUND) from None
    if found in sandbox.direct:
        return _with_person(sandbox, sandbox.direct[found].user)
    channel = sandbox.channels[found]
    is_member = sandbox.bot_user_id in channel.members
    if channel.is_private and not is_member:
        raise WebApiError(Code.CHANNEL_NOT_FOUND)
    if channel.is_archived:
        raise WebApiError(Code.IS_ARCHIVED)
    if not is_member and "chat:write.public" not in sandbox.scopes:
        raise WebApiError(Code.NOT_IN_CHANNEL)
    return found


def _with_person(sandbox: Sandbox, user_id: str) -> str:
    user = sandbox.users[user_id]
    if is_stranger(sandbox, user):
        raise WebApiError(Code.CHANNEL_NOT_FOUND)
    # To somebody who has left, Slack takes a message as to anybody (slackapi/python-slack-sdk#1156).
    if user.is_bot or user.id == SLACKBOT.id:
        raise WebApiError(Code.CANNOT_DM_BOT)
    return sandbox.direct_message_with(user_id).id
