"""Names for the ids in a request, so that a person can read the log."""

from contextlib import suppress

from .records import Json
from .workspace import Sandbox

_NAMING = ("channel", "channel_id", "user", "users", "user_id", "usergroup")


def meant(sandbox: Sandbox, arguments: Json) -> str:
    """Return the id of the channel, person or group a call is about; a direct message means its person."""
    name = next((str(arguments[key]) for key in _NAMING if arguments.get(key)), "")
    if name in sandbox.direct:
        return sandbox.direct[name].user
    if name.startswith("#"):
        with suppress(LookupError):
            return sandbox.conversation(name)
    return name


def label(sandbox: Sandbox, id_: str) -> str:
    """Return `#general`, a person's name, `@group`, or nothing for an id nobody knows."""
    if id_ in sandbox.channels:
        return f"#{sandbox.channels[id_].name}"
    if id_ in sandbox.users:
        return sandbox.users[id_].real_name or sandbox.users[id_].name
    return f"@{sandbox.user_groups[id_].handle}" if id_ in sandbox.user_groups else ""
