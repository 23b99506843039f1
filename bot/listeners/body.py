"""What we read of Slack's requests. A request that does not hold it is refused, never guessed at."""

from typing import Any

from bot.errors import Refused
from bot.flows.people import Who
from bot.views import notices

Body = dict[str, Any]
Inputs = dict[str, dict[str, Any]]

_LARGEST_ID = 2**31 - 1
"""PostgreSQL's integer, which the keys are, holds no more."""


def malformed() -> Refused:
    return Refused("malformed", notices.bad_click)


def who(body: Body) -> Who:
    """Read the person from a command, an interaction or an event."""
    event = body.get("event") or {}
    team = body.get("team_id") or _id_of(body.get("team")) or _id_of(body.get("user"), "team_id")
    user = body.get("user_id") or _id_of(body.get("user")) or event.get("user")
    if not isinstance(team, str) or not isinstance(user, str):
        raise malformed()
    return Who(team, user)


def clicked_value(body: Body) -> str:
    """Read the value of the button that was clicked."""
    try:
        value = body["actions"][0]["value"]
    except (KeyError, IndexError, TypeError):
        raise malformed() from None
    if not isinstance(value, str):
        raise malformed()
    return value


def number(text: object) -> int:
    """Read a whole number, such as a row's id, out of what we wrote into a button or a modal."""
    if not (
        isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_ID))
    ):
        raise malformed()
    if (read := int(text)) > _LARGEST_ID:
        raise malformed()
    return read


def trigger(body: Body) -> str:
    """Read the ticket that opens a modal within three seconds."""
    return str(body.get("trigger_id", ""))


def response_url(body: Body) -> str | None:
    """Read the address that answers this command or click, where it has one."""
    url = body.get("response_url")
    return url if isinstance(url, str) and url else None


def inputs(body: Body) -> Inputs:
    """Read a modal's inputs: block_id (which is the action_id) → the input as Slack sends it."""
    try:
        values = body["view"]["state"]["values"]
        return {block_id: elements[block_id] for block_id, elements in values.items()}
    except (AttributeError, KeyError, TypeError):
        raise malformed() from None


def typed(given: Inputs, field: str) -> str:
    """Read what somebody typed, without the white space around it."""
    return str(given.get(field, {}).get("value") or "").strip()


def selected(given: Inputs, field: str) -> list[str]:
    """Read what somebody chose from options, people, channels or conversations: one or several."""
    chosen = given.get(field, {})
    for key in ("selected_options", "selected_users", "selected_channels", "selected_conversations"):
        if chosen.get(key):
            return [one["value"] if isinstance(one, dict) else str(one) for one in chosen[key]]
    one = next((chosen[key] for key in chosen if key.startswith("selected_") and chosen[key]), None)
    if one is None:
        return []
    return [one["value"] if isinstance(one, dict) else str(one)]


def _id_of(thing: object, key: str = "id") -> str | None:
    found = thing.get(key) if isinstance(thing, dict) else None
    return found if isinstance(found, str) else None
