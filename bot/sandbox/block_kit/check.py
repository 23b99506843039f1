"""Refuse what Slack refuses in a message or a view, and fill in the ids Slack fills in."""

import json
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.sandbox.failures.errors import Code, refused
from bot.sandbox.records import Json

from .blocks import Block
from .objects import Part, PlainText, at_most, without_repeats

_MESSAGE_BLOCKS = 50
_VIEW_BYTES = 250_000
_ELSEWHERE = {
    "message": frozenset[str](),
    "modal": frozenset({"markdown", "table", "data_table", "data_visualization"}),
    "home": frozenset({"markdown"}),
}
_AT_MOST = {"table": 1, "data_visualization": 2}


class _View(Part):
    blocks: list[Any] = Field(max_length=100)
    private_metadata: str | None = Field(default=None, max_length=3000)
    callback_id: str | None = Field(default=None, max_length=255)
    external_id: str | None = Field(default=None, max_length=255)


class _Modal(_View):
    type: Literal["modal"]
    title: Annotated[PlainText, at_most(24)]
    submit: Annotated[PlainText, at_most(24)] | None = None
    close: Annotated[PlainText, at_most(24)] | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None
    submit_disabled: bool | None = None


class _Home(_View):
    type: Literal["home"]


class _Blocks(BaseModel):
    model_config = ConfigDict(strict=True)
    blocks: list[Block]


_VIEW: TypeAdapter[_Modal | _Home] = TypeAdapter(Annotated[_Modal | _Home, Field(discriminator="type")])


def checked_message_blocks(blocks: object, *, charts: bool, new_id: Callable[[], str]) -> list[Json]:
    """Return the blocks with their ids filled in, or raise SlackError("invalid_blocks")."""
    if not isinstance(blocks, list):
        raise refused(Code.INVALID_BLOCKS_FORMAT, ["blocks must be an array"])
    if len(blocks) > _MESSAGE_BLOCKS:
        raise refused(
            Code.INVALID_BLOCKS, [f"no more than {_MESSAGE_BLOCKS} items allowed [json-pointer:/blocks]"]
        )
    reasons = _faults_of(blocks, "message", charts=charts)
    if reasons:
        raise refused(Code.INVALID_BLOCKS, reasons)
    return _with_ids(blocks, new_id)


def checked_view(view: object, surface: str, *, charts: bool, new_id: Callable[[], str]) -> Json:
    """Return the view with its ids filled in, or raise SlackError("invalid_arguments" or "view_too_large")."""
    if not isinstance(view, dict):
        raise refused(Code.INVALID_ARGUMENTS, ["missing required field: view"])
    if len(json.dumps(view)) > _VIEW_BYTES:
        raise refused(Code.VIEW_TOO_LARGE, ["a view holds at most 250 kB"])
    try:
        checked = _VIEW.validate_python(view)
    except ValidationError as error:
        raise refused(
            Code.INVALID_ARGUMENTS, [_reason(view, each, "/view") for each in error.errors()]
        ) from None
    if checked.type != surface:
        raise refused(Code.INVALID_ARGUMENTS, [f"unsupported type: {checked.type} [json-pointer:/view/type]"])
    reasons = _faults_of(view["blocks"], checked.type, charts=charts)
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in view["blocks"])
    if isinstance(checked, _Modal) and asks and checked.submit is None:
        reasons.append("missing required field: submit, since the view has input blocks [json-pointer:/view]")
    if reasons:
        raise refused(Code.INVALID_ARGUMENTS, reasons)
    return {**view, "blocks": _with_ids(view["blocks"], new_id)}


def _faults_of(blocks: list[Any], surface: str, *, charts: bool) -> list[str]:
    """Return what is wrong with the blocks, in Slack's manner, nothing when all is well."""
    try:
        _Blocks.model_validate({"blocks": blocks})
        without_repeats([block.get("block_id") for block in blocks], "block_id")
    except ValidationError as error:
        return [_reason({"blocks": blocks}, each, "") for each in error.errors()]
    except ValueError as error:
        return [f"{error} [json-pointer:/blocks]"]
    types = [block["type"] for block in blocks]
    misplaced = _ELSEWHERE[surface] | (frozenset() if charts else {"data_visualization", "table"})
    reasons = [
        f"unsupported type: {kind} [json-pointer:/blocks/{place}/type]"
        for place, kind in enumerate(types)
        if kind in misplaced
    ]
    return reasons + [
        f"no more than {limit} blocks of type {kind} allowed [json-pointer:/blocks]"
        for kind, limit in _AT_MOST.items()
        if types.count(kind) > limit
    ]


def _reason(document: Json, error: ErrorDetails, root: str) -> str:
    """Word one validation error as Slack does, with a JSON pointer to the place."""
    place: Any = document
    pointer = root
    absent = error["type"] in {"missing", "extra_forbidden"}
    for number, step in enumerate(error["loc"], start=1):
        try:
            place = place[step]
        except (KeyError, TypeError):
            # Pydantic names the chosen type of a union as a step of its own, which is no place in the document.
            if not absent or number < len(error["loc"]):
                continue
        pointer += f"/{step}"
    said = {
        "missing": f"missing required field: {error['loc'][-1] if error['loc'] else ''}",
        "union_tag_invalid": f"unsupported type: {error.get('ctx', {}).get('tag')}",
        "union_tag_not_found": "missing required field: type",
        "extra_forbidden": f"invalid additional property: {error['loc'][-1] if error['loc'] else ''}",
        "string_too_short": "must be more than 0 characters",
    }.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{said} [json-pointer:{pointer}]"


def _with_ids(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    return [_with_action_ids(_with(block, "block_id", new_id), new_id) for block in blocks]


def _with_action_ids(block: Json, new_id: Callable[[], str]) -> Json:
    def named(element: Json) -> Json:
        return element if element["type"] == "image" else _with(element, "action_id", new_id)

    if block["type"] == "actions":
        return {**block, "elements": [named(element) for element in block["elements"]]}
    for slot in ("element", "accessory"):
        if slot in block:
            return {**block, slot: named(block[slot])}
    return block


def _with(part: Json, name: str, new_id: Callable[[], str]) -> Json:
    # What has its id is kept as it is: 10,000 messages of a dozen buttons each are many dictionaries to copy.
    return part if part.get(name) else {**part, name: new_id()}
