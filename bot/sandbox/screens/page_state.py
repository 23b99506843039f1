"""The workspace as one person sees it, in the shape the page reads."""

from bot.sandbox.companies import is_foreign
from bot.sandbox.records import Channel, DirectMessage, File, Json, Message, User, View
from bot.sandbox.wire.traffic import OK
from bot.sandbox.workspace import SLACKBOT, Sandbox


def page_state(sandbox: Sandbox, me: str) -> Json:
    """Return everything the page draws for the person `me` (a user id)."""
    home = sandbox.home(me)
    return {
        "version": sandbox.version,
        "now": sandbox.clock().isoformat(),
        "controls": [{"id": control.id, "label": control.label} for control in sandbox.controls.values()],
        "troubles": [
            {
                "id": each.id,
                "label": each.label,
                "detail": each.detail,
                "on": sandbox.troubles.is_on(each),
                "struck": sandbox.troubles.struck(each),
            }
            for each in sandbox.troubles.known()
        ],
        "workspace": {"name": sandbox.name},
        "app": {
            "name": sandbox.app_name,
            "bot_user_id": sandbox.bot_user_id,
            "commands": [
                {"command": each.command, "usage": each.usage, "description": each.description}
                for each in sandbox.commands
            ],
        },
        "people": [_person(sandbox, user) for user in _company(sandbox, me) if user.id != SLACKBOT.id],
        "me": me,
        "conversations": [
            *(_channel(sandbox, channel, me) for channel in visible_channels(sandbox, me)),
            _direct(sandbox, sandbox.direct_message_with(me)),
        ],
        "home": None if home is None else _view(home),
        "modals": [_view(view) for view in sandbox.modals.get(me, [])],
        "notices": [{"id": notice.id, "text": notice.text} for notice in sandbox.notices.get(me, [])],
    }


def _company(sandbox: Sandbox, me: str) -> list[User]:
    """Return the people to choose from: nobody can look through a crowd, but one of it may be looking."""
    return list({**sandbox.users.kept, me: sandbox.users[me]}.values())


def page_traffic(sandbox: Sandbox, after: int) -> Json:
    """Return what went over the wire after the exchange with this number, oldest first, and how much there was."""
    return {
        "exchanges": [
            {
                "number": each.number,
                "at": each.at.isoformat(),
                "toward": each.toward,
                "what": each.what,
                "about": each.about,
                "outcome": each.outcome,
                "detail": each.detail,
                "seconds": round(each.seconds, 3),
            }
            for each in sandbox.traffic.since(after)
        ],
        "all": sandbox.traffic.counts.total(),
        "failed": sum(times for (_, end), times in sandbox.traffic.counts.items() if end != OK),
    }


def first_person(sandbox: Sandbox) -> str:
    """Return the id of the person that the page begins as."""
    people = (user for user in sandbox.users.kept.values() if not user.is_bot and user.id != SLACKBOT.id)
    return next((user.id for user in people if not user.deleted), "")


def visible_channels(sandbox: Sandbox, me: str) -> list[Channel]:
    """Return the public channels and the private ones this person is in; only their own to a guest or visitor."""
    person = sandbox.users[me]
    confined = person.is_guest or is_foreign(sandbox, person)
    return [
        channel
        for channel in sandbox.channels.values()
        if me in channel.members or not (confined or channel.is_private)
    ]


def visible_message(sandbox: Sandbox, me: str, channel: str, ts: str) -> Message | None:
    """Return a message if this person can see it, else None."""
    places = {each.id for each in visible_channels(sandbox, me)} | {sandbox.direct_message_with(me).id}
    message = sandbox.found(channel, ts) if channel in places else None
    return None if message is None or message.ephemeral_to not in {None, me} else message


def visible_file(sandbox: Sandbox, me: str, file_id: str) -> File | None:
    """Return a file if a message that this person can see shares it, else None."""
    if me not in sandbox.users:
        return None
    places = [*(each.id for each in visible_channels(sandbox, me)), sandbox.direct_message_with(me).id]
    seen = (message for place in places for message in sandbox.seen_in(place, me))
    return next((file for message in seen for file in message.files if file.id == file_id), None)


def visible_view(sandbox: Sandbox, me: str, view_id: str) -> View | None:
    """Return a modal or Home tab if it is this person's, else None."""
    view = sandbox.view(view_id)
    return view if view is not None and view.user == me else None


def _person(sandbox: Sandbox, user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name or user.name,
        "title": user.title,
        "tz": user.tz,
        "locale": user.locale,
        "is_bot": user.is_bot,
        "deleted": user.deleted,
        "is_admin": user.is_admin or user.is_owner,
        "is_guest": user.is_guest,
        "is_foreign": is_foreign(sandbox, user),
    }


def _channel(sandbox: Sandbox, channel: Channel, me: str) -> Json:
    return {
        "id": channel.id,
        "kind": "channel",
        "name": channel.name,
        "member": me in channel.members,
        "archived": channel.is_archived,
        "messages": _messages(sandbox, channel.id, me),
    }


def _direct(sandbox: Sandbox, direct: DirectMessage) -> Json:
    return {
        "id": direct.id,
        "kind": "im",
        "name": sandbox.app_name,
        "member": True,
        "archived": False,
        "messages": _messages(sandbox, direct.id, direct.user),
    }


def _messages(sandbox: Sandbox, channel: str, me: str) -> list[Json]:
    return [
        {
            "ts": message.ts,
            "user": message.user,
            "text": message.text,
            "blocks": message.blocks,
            "ephemeral": message.ephemeral_to is not None,
            "edited": message.edited,
            "thread_ts": message.thread_ts,
            "files": [
                {"id": file.id, "name": file.name, "size": len(file.content)} for file in message.files
            ],
        }
        for message in sandbox.seen_in(channel, me)
    ]


def _view(view: View) -> Json:
    shown = {"title": None, "submit": None, "close": None, "private_metadata": "", "callback_id": ""}
    return {
        **shown,
        **view.definition,
        "id": view.id,
        **({"errors": view.errors} if view.errors else {}),
    }
