"""JSON as a CSV: an array of objects, an object with such an array in it, or an object a line; as APIs give answers."""

import csv
import json
from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from bot.importing.errors import NotRows
from bot.importing.files.json_answers import Titles, answers_in, as_exported, said, titles_in
from bot.kit.rules.formulas import neutral

_PIECE = 1 << 18
_MOST_OF_ONE = 64 << 20
_MOST_COLUMNS = 500
_WRAPPED = ("data", "result", "results", "response", "payload", "body", "responses")
_BESIDE = (
    "person_properties", "properties", "custom_fields", "metadata", "attributes", "hidden", "custom_variables", "variables",
)  # fmt: skip
_OF_ANSWERS = ("items", "responses", "answers", "content", "data", "results", "values")
"""Where several arrays stand side by side, what that of the answers is called."""


def is_json(head: bytes) -> bool:
    """Whether a file that begins so is JSON with objects in it."""
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return begin[:1] == b"{" or (begin[:1] == b"[" and begin[1:].lstrip()[:1] in {b"{", b"]"})


def json_to_csv(path: Path, target: Path) -> Path:
    """Write the objects as rows, with a column for each path of keys. Raises NotRows for any other JSON."""
    columns: dict[str, None] = {}
    for cells in _objects(path):
        columns.update(dict.fromkeys(cells))
        if len(columns) > _MOST_COLUMNS:
            raise NotRows
    if not columns:
        raise NotRows
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for cells in _objects(path):
            writer.writerow([cells.get(column, "") for column in columns])
    return target


def _objects(path: Path) -> Iterator[dict[str, str]]:
    """Give the cells of the objects one by one, holding one object at a time. Raises NotRows where something else stands."""
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


def _rows_of(one: object) -> Iterator[dict[str, str]]:
    """Give the cells of the object, or of each in the array of answers inside it, which APIs wrap once or twice."""
    if not isinstance(one, dict):
        raise NotRows
    titles = titles_in(one)
    if isinstance(sent := one.get("form_response"), dict):  # Typeform's webhook
        one = {name: value for name, value in sent.items() if name != "definition"}
    inside = [one, *(value for name, value in one.items() if name in _WRAPPED and isinstance(value, dict))]
    arrays = [
        (name in _OF_ANSWERS and name != "fields", len(value), value)
        for part in inside
        for name, value in part.items()
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    ]
    if not arrays or any(map(_is_answer, inside)):
        yield _flat(one, titles)
        return
    _, _, rows = max(arrays, key=itemgetter(0, 1))
    for row in rows:
        yield _flat(row, titles)


def _is_answer(one: Mapping[str, Any]) -> bool:
    """Whether the object is one answer, whatever arrays it has."""
    return "score" in one or any(
        answers_in(one[name], {}) is not None
        for name in ("answers", "pages", "survey_data", "fields")
        if one.get(name)
    )


def _flat(value: Mapping[str, Any], titles: Titles, before: str = "") -> dict[str, str]:
    """Give each value under the path of its keys, each answer under its question; of an array what it says, on a line each."""
    cells: dict[str, str] = {}
    for name, one in as_exported(value):
        path = f"{before}{name}"
        answers = answers_in(one, titles)
        if answers is not None:
            cells |= {question: neutral(answer) for question, answer in answers.items()}
        elif isinstance(one, dict):
            inside = _flat(one, titles, "" if name in _BESIDE or name in _WRAPPED else f"{path}.")
            cells |= {f"{path}.{each}" if each in cells else each: cell for each, cell in inside.items()}
        else:
            cells[path] = neutral(said(one)) if isinstance(one, str | list) else said(one)
    return cells
