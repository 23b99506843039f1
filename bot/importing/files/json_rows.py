"""JSON as a CSV: an array of objects, an object with such an array in it, or an object a line; as APIs give answers."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.importing.errors import NotRows
from bot.kit.rules.formulas import neutral

_PIECE = 1 << 18
_MOST_OF_ONE = 64 << 20
_MOST_COLUMNS = 500
_WRAPPED = ("data", "result", "results", "response", "payload", "body")
_BESIDE = ("person_properties", "properties", "custom_fields", "metadata", "attributes")


def is_json(head: bytes) -> bool:
    """Whether a file that begins so is JSON with objects in it."""
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return begin[:1] == b"{" or (begin[:1] == b"[" and begin[1:].lstrip()[:1] in {b"{", b"]"})


def json_to_csv(path: Path, target: Path) -> Path:
    """Write the objects as rows, with a column for each path of keys. Raises NotRows for any other JSON."""
    columns: dict[str, None] = {}
    for one in _objects(path):
        columns.update(dict.fromkeys(_flat(one)))
        if len(columns) > _MOST_COLUMNS:
            raise NotRows
    if not columns:
        raise NotRows
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for one in _objects(path):
            cells = _flat(one)
            writer.writerow([cells.get(column, "") for column in columns])
    return target


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """Give the objects one by one, holding one at a time. Raises NotRows where something else stands."""
    decoder, text, at = json.JSONDecoder(), "", 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(_PIECE).lstrip()
            listed = text.startswith("[")
            at = 1 if listed else 0
            while True:
                while at < len(text) and text[at] in " \t\r\n,":
                    at += 1
                if at >= len(text) or (listed and text[at] == "]"):
                    more = file.read(_PIECE)
                    if not more:
                        return
                    text, at = text[at:] + more, 0
                    if listed and text.startswith("]"):
                        return
                    continue
                try:
                    one, at = decoder.raw_decode(text, at)
                except json.JSONDecodeError:
                    more = file.read(_PIECE + (len(text) - at))
                    if not more or len(text) - at > _MOST_OF_ONE:
                        raise NotRows from None
                    text, at = text[at:] + more, 0
                    continue
                yield from _rows_of(one)
    except (UnicodeDecodeError, RecursionError):
        raise NotRows from None


def _rows_of(one: object) -> Iterator[dict[str, Any]]:
    """Give the object, or the longest array of objects inside it, which APIs wrap once or twice."""
    if not isinstance(one, dict):
        raise NotRows
    inside = [one, *(value for name, value in one.items() if name in _WRAPPED and isinstance(value, dict))]
    arrays = [
        value
        for part in inside
        for value in part.values()
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    ]
    if arrays and "score" not in one:
        yield from max(arrays, key=len)
    else:
        yield one


def _flat(value: dict[str, Any], before: str = "") -> dict[str, str]:
    """Give each value under the path of its keys; of texts and objects in an array, what they say, on a line each."""
    cells: dict[str, str] = {}
    for name, one in value.items():
        path = f"{before}{name}"
        if isinstance(one, dict):
            cells |= _flat(one, "" if name in _BESIDE else f"{path}.")
        elif isinstance(one, list):
            cells[path] = neutral("\n".join(filter(None, map(_said, one))))
        elif one is None:
            cells[path] = ""
        elif isinstance(one, bool):
            cells[path] = str(one).lower()
        else:
            cells[path] = neutral(one) if isinstance(one, str) else str(one)
    return cells


def _said(one: object) -> str:
    if isinstance(one, dict):
        return str(one.get("text") or one.get("name") or one.get("label") or one.get("value") or "")
    return "" if one is None else str(one)
