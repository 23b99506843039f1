"""conversations.list, .info, .members and .open."""

from bot.sandbox.companies import companies_in, is_stranger
from bot.sandbox.failures.errors import Code, WebApiError
from bot.sandbox.records import Channel, DirectMessage, Json
from bot.sandbox.workspace import SLACKBOT, Sandbox

from .call import Arguments, Method
from .paging import page
from .scopes import require

_SCOPE_OF_TYPE = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
_MOST = 999


def described_channel(sandbox: Sandbox, channel: Channel) -> Json:
    others = companies_in(sandbox, channel)
    shared = bool(others)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_member": sandbox.bot_user_id in channel.members,
        "is_shared": shared,
        "is_ext_shared": shared,
        "context_team_id": sandbox.team_id,
        "shared_team_ids": [sandbox.team_id, *others],
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def described_direct(sandbox: Sandbox, direct: DirectMessage) -> Json:
    return {
        "id": direct.id,
        "is_im": True,
        "is_archived": False,
        "user": direct.user,
        "is_user_deleted": sandbox.users[direct.user].deleted,
        "context_team_id": sandbox.team_id,
    }


def _list(sandbox: Sandbox, given: Arguments) -> Json:
    kinds = (given.maybe("types") or "public_channel").replace(" ", "").split(",")
    for kind in kinds:
        if kind not in _SCOPE_OF_TYPE:
            raise WebApiError(Code.INVALID_TYPES)
        require(sandbox, _SCOPE_OF_TYPE[kind])
    found = [
        described_channel(sandbox, channel)
        for channel in sandbox.channels.values()
        if ("private_channel" if channel.is_private else "public_channel") in kinds
        and _known_to_app(sandbox, channel)
        and not (channel.is_archived and given.flag("exclude_archived"))
    ]
    if "im" in kinds:
        found += [described_direct(sandbox, direct) for direct in sandbox.direct.values()]
    channels, metadata = page(found, given, default=100, most=_MOST)
    return {"channels": channels, "response_metadata": metadata}


def _info(sandbox: Sandbox, given: Arguments) -> Json:
    found = _readable(sandbox, given.text("channel"))
    if isinstance(found, DirectMessage):
        return {"channel": described_direct(sandbox, found)}
    described = described_channel(sandbox, found)
    if given.flag("include_num_members"):
        described["num_members"] = len(found.members)
    return {"channel": described}


def _members(sandbox: Sandbox, given: Arguments) -> Json:
    found = _readable(sandbox, given.text("channel"))
    everyone = [found.user, sandbox.bot_user_id] if isinstance(found, DirectMessage) else found.members
    members, metadata = page(everyone, given, default=100, most=_MOST, at_once=sandbox.people_in_a_page)
    return {"members": members, "response_metadata": metadata}


def _open(sandbox: Sandbox, given: Arguments) -> Json:
    if given.maybe("channel") is not None:
        direct = sandbox.direct.get(given.text("channel"))
        if direct is None:
            raise WebApiError(Code.CHANNEL_NOT_FOUND)
    else:
        direct = _opened_with(sandbox, given.text("users"))
    if given.flag("return_im"):
        return {"channel": described_direct(sandbox, direct)}
    return {"channel": {"id": direct.id}}


def _opened_with(sandbox: Sandbox, users: str) -> DirectMessage:
    if "," in users:
        raise WebApiError(Code.METHOD_NOT_SUPPORTED_FOR_CHANNEL_TYPE)
    user = sandbox.users.get(users)
    if user is None:
        raise WebApiError(Code.USER_NOT_FOUND)
    if is_stranger(sandbox, user):
        raise WebApiError(Code.USER_NOT_VISIBLE)
    if user.deleted:
        raise WebApiError(Code.USER_DISABLED)
    if user.is_bot or user.id == SLACKBOT.id:
        raise WebApiError(Code.CANNOT_DM_BOT)
    return sandbox.direct_message_with(user.id)


def _known_to_app(sandbox: Sandbox, channel: Channel) -> bool:
    return not channel.is_private or sandbox.bot_user_id in channel.members


def _readable(sandbox: Sandbox, channel_id: str) -> Channel | DirectMessage:
    direct = sandbox.direct.get(channel_id)
    if direct is not None:
        require(sandbox, "im:read")
        return direct
    channel = sandbox.channels.get(channel_id)
    if channel is None or not _known_to_app(sandbox, channel):
        raise WebApiError(Code.CHANNEL_NOT_FOUND)
    require(sandbox, "groups:read" if channel.is_private else "channels:read")
    return channel


METHODS = {
    "conversations.list": Method(_list),
    "conversations.info": Method(_info),
    "conversations.members": Method(_members),
    "conversations.open": Method(_open, "im:write"),
}
