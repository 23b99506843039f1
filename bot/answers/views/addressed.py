"""One question for many people: rendered once, and addressed to each of them by the id of their invitation alone."""

from typing import Any

from bot.message import Message

ANYBODY = 0
"""The invitation's id of a message that is yet to be addressed; no invitation has it."""


def addressed(message: Message, invitation_id: int) -> Message:
    """Return the message of one invitation: every value of a button or option begins with its id."""
    return Message(message.text, _addressed(message.blocks, str(invitation_id)))


def _addressed(part: Any, own: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(part, list):
        return [_addressed(one, own) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: own + value.removeprefix(str(ANYBODY)) if name == "value" else _addressed(value, own)
        for name, value in part.items()
    }
