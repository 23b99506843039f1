"""What a person fills in: the state of the inputs of a message or view, as Slack keeps it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .block_kit.suggestions import suggested_options
from .records import Json

# An element's type: where its state is kept, and which field of its definition it begins with.
_SLOTS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "external_select": ("selected_option", "initial_option"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_LONGEST = 3000
REQUIRED = "Please complete this required field."


def elements(blocks: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Yield each element a person can use, with the id of its block."""
    for block in blocks:
        inside = [*block.get("elements", ())] if block["type"] == "actions" else []
        inside += [block[slot] for slot in ("accessory", "element") if slot in block]
        for element in inside:
            if "action_id" in element:
                yield block["block_id"], element


def element(blocks: Iterable[Json], action_id: str, block_id: str | None = None) -> tuple[str, Json]:
    """Find one element and its block's id; raise LookupError naming what there is instead."""
    every = list(elements(blocks))
    found = [pair for pair in every if pair[1]["action_id"] == action_id and block_id in (None, pair[0])]
    if len(found) != 1:
        listed = ", ".join(sorted(f"{block}/{each['action_id']}" for block, each in every)) or "nothing"
        message = f"{len(found)} elements answer to {action_id!r}; to be seen: {listed}"
        raise LookupError(message)
    return found[0]


def labelled(blocks: Iterable[Json], label: str) -> tuple[str, Json]:
    """Find the one button with these words on it, and its block's id; raise LookupError when there is none."""
    buttons = [pair for pair in elements(blocks) if pair[1]["type"] == "button"]
    found = [pair for pair in buttons if pair[1]["text"]["text"] == label]
    if len(found) != 1:
        listed = ", ".join(each["text"]["text"] for _, each in buttons) or "nothing"
        message = f"{len(found)} buttons say {label!r}; to be seen: {listed}"
        raise LookupError(message)
    return found[0]


def keeps_state(each: Json) -> bool:
    """Tell whether Slack remembers what was chosen there, as it does not for buttons."""
    return each["type"] in _SLOTS


def state_of(blocks: Iterable[Json], values: Mapping[str, Mapping[str, Json]]) -> Json:
    """Return `{block_id: {action_id: state}}` of every input: what was filled in, else what it began with.

    Raises LookupError for a value of an input that is not there.
    """
    state: dict[str, dict[str, Json]] = {}
    for block_id, each in elements(blocks):
        if keeps_state(each):
            slot, initial = _SLOTS[each["type"]]
            filled = values.get(block_id, {}).get(each["action_id"], {}).get(slot, each.get(initial))
            empty: list[Json] | None = [] if slot.endswith("s") else None
            state.setdefault(block_id, {})[each["action_id"]] = {"type": each["type"], slot: filled or empty}
    for block_id, inputs in values.items():
        for action_id in inputs:
            if action_id not in state.get(block_id, {}):
                message = f"no input {block_id}/{action_id} is to be seen"
                raise LookupError(message)
    return state


def filled_in(
    blocks: list[Json], answers: Mapping[str, object], suggested: Mapping[str, Sequence[Json]] | None = None
) -> dict[str, dict[str, Json]]:
    """Turn `{action_id: answer}` into Slack's values: a text, an id, an option's value, or a list of those.

    `suggested` are the options the app has offered so far, by action id. Raises LookupError for an input
    or an option that is not there.
    """
    values: dict[str, dict[str, Json]] = {}
    for action_id, answer in answers.items():
        block_id, each = element(blocks, action_id)
        values.setdefault(block_id, {})[action_id] = chosen(
            each, answer, (suggested or {}).get(action_id, ())
        )
    return values


def chosen(each: Json, answer: object, suggested: Sequence[Json] = ()) -> Json:
    """Return the state of one input after a person gave it this answer; `suggested` are the app's own options."""
    slot = "selected_option" if each["type"] == "overflow" else _SLOTS[each["type"]][0]
    if slot == "selected_option" and answer is not None:
        return {"type": each["type"], slot: _option(each, answer, suggested)}
    if slot == "selected_options":
        wanted = answer if isinstance(answer, list) else [answer]
        return {"type": each["type"], slot: [_option(each, value, suggested) for value in wanted]}
    return {"type": each["type"], slot: answer}


def complaints(blocks: Iterable[Json], state: Mapping[str, Mapping[str, Json]]) -> dict[str, str]:
    """Return what Slack itself says, by block id, about inputs that may not be sent as they are."""
    said: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            each = block["element"]
            value = state[block["block_id"]][each["action_id"]][_SLOTS[each["type"]][0]]
            complaint = _complaint(each, value, optional=block.get("optional", False))
            if complaint:
                said[block["block_id"]] = complaint
    return said


def _complaint(each: Json, value: Any, *, optional: bool) -> str | None:  # noqa: ANN401 - any input's value
    if value in (None, []):
        return None if optional else REQUIRED
    if each["type"] == "plain_text_input":
        if len(value) < each.get("min_length", 0):
            return f"Please enter at least {each['min_length']} characters."
        if len(value) > each.get("max_length", _LONGEST):
            return f"Please enter at most {each.get('max_length', _LONGEST)} characters."
    if each["type"] == "number_input":
        return _number_complaint(each, value)
    return None


def _number_complaint(each: Json, value: str) -> str | None:
    try:
        number = float(value) if each["is_decimal_allowed"] else int(value)
    except ValueError:
        return "Please enter a valid number."
    if "min_value" in each and number < float(each["min_value"]):
        return f"Please enter a number of at least {each['min_value']}."
    if "max_value" in each and number > float(each["max_value"]):
        return f"Please enter a number of at most {each['max_value']}."
    return None


def _option(each: Json, value: object, suggested: Sequence[Json]) -> Json:
    options = [*suggested_options(each), *suggested]
    for option in options:
        if option["value"] == value:
            return dict(option)
    message = f"{value!r} is none of {[option['value'] for option in options]}"
    raise LookupError(message)
