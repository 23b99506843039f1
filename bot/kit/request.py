"""What we read of Slack's requests. A request that does not hold it is refused, never guessed at."""

from typing import Any

from bot.errors import Refused
from bot.ids import Action, Callback
from bot.kit.people import Who
from bot.kit.speaking import Clicked
from bot.kit.views import notices
from bot.slack import Posted
from storage.text import storable

Body = dict[str, Any]
Inputs = dict[str, dict[str, Any]]

_LARGEST_ID = 2**31 - 1
"""PostgreSQL's integer, which the keys are, holds no more."""


def malformed() -> Refused:
    return Refused("malformed", notices.bad_click)


def who(body: Body) -> Who:
    """Read the person from a command, an interaction or an event, and the workspace in which the app met them."""
    event = part(body, "event")
    # In a channel shared between companies the person's own workspace is another than the one that installed us.
    teams = (
        part(body, "view").get("app_installed_team_id"),
        body.get("team_id"),
        part(body, "team").get("id"),
        part(body, "user").get("team_id"),
    )
    team = next((team for team in teams if team), None)
    user = body.get("user_id") or part(body, "user").get("id") or event.get("user")
    if not isinstance(team, str) or not isinstance(user, str):
        raise malformed()
    return Who(team, user)


def part(body: Body, name: str) -> dict[str, Any]:
    """Read a part of the request that holds others; empty where there is none."""
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def clicked(body: Body) -> dict[str, Any]:
    """Read the button that was clicked."""
    actions = body.get("actions")
    if not (isinstance(actions, list) and actions and isinstance(actions[0], dict)):
        raise malformed()
    return actions[0]


def clicked_value(body: Body) -> str:
    """Read the value that we wrote into the button that was clicked."""
    value = clicked(body).get("value")
    if not isinstance(value, str):
        raise malformed()
    return value


def is_answer(body: Body) -> bool:
    """Whether somebody tapped a score or sent a reason."""
    actions = body.get("actions") or [{}]
    return part(body, "view").get("callback_id") == Callback.REASON or str(
        actions[0].get("action_id")
    ).startswith(Action.SCORE)


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


def where_clicked(body: Body) -> Clicked:
    """Read where the click came from, so that the answer shows there."""
    container = part(body, "container")
    channel, ts = container.get("channel_id"), container.get("message_ts")
    if container.get("type") != "message" or not (isinstance(channel, str) and isinstance(ts, str)):
        return Clicked()
    if container.get("is_ephemeral"):
        return Clicked(response_url=response_url(body), replace=True)
    return Clicked(Posted(channel, ts))


def is_at_home(body: Body) -> bool:
    """Whether the click came from App Home."""
    return part(body, "container").get("type") == "view"


def chosen_value(body: Body) -> str:
    """Read the value of the option that was chosen in a menu."""
    value = part(clicked(body), "selected_option").get("value")
    if not isinstance(value, str):
        raise malformed()
    return value


def view_id(body: Body) -> str:
    """Read which modal was sent."""
    return str(part(body, "view").get("id", ""))


def about(body: Body) -> int:
    """Read the row's id that we wrote into a modal."""
    return number(_written_into(body)[0])


def where_opened(body: Body) -> Clicked:
    """Read the message from which a modal was opened, which we wrote into it too, if it was one."""
    match _written_into(body):
        case [_, channel, ts]:
            return Clicked(Posted(channel, ts))
        case _:
            return Clicked()


def _written_into(body: Body) -> list[str]:
    written = part(body, "view").get("private_metadata")
    return written.split(" ") if isinstance(written, str) else [""]


def last_input(body: Body) -> str | None:
    """Read the block_id of the modal's last input, beside which an error can stand."""
    blocks = part(body, "view").get("blocks") or []
    return next((one["block_id"] for one in reversed(blocks) if one.get("type") == "input"), None)


def inputs(body: Body) -> Inputs:
    """Read a modal's inputs: block_id (which is the action_id) → the input as Slack sends it."""
    try:
        values = body["view"]["state"]["values"]
        found = {block_id: elements[block_id] for block_id, elements in values.items()}
    except (AttributeError, KeyError, TypeError):
        raise malformed() from None
    if not all(isinstance(one, dict) for one in found.values()):
        raise malformed()
    return found


def command_text(body: Body) -> str:
    """Read the words after the command."""
    return _text(body.get("text"))


def typed(given: Inputs, field: str) -> str:
    """Read what somebody typed, without the white space around it."""
    return _text(given.get(field, {}).get("value"))


def selected(given: Inputs, field: str) -> list[str]:
    """Read what somebody chose from options, people, channels or conversations: one or several."""
    slots = [value for key, value in given.get(field, {}).items() if key.startswith("selected_") and value]
    if not slots:
        return []
    chosen = slots[0] if isinstance(slots[0], list) else slots[:1]
    values = [one.get("value") if isinstance(one, dict) else one for one in chosen]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        raise malformed()
    return texts


def _text(typed: object) -> str:
    return storable(typed) if isinstance(typed, str) else ""
