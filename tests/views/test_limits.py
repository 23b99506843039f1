"""Slack's limits, checked from its documentation and not by the library that builds the blocks."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ids import Field
from bot.message import Json
from tests.views.examples import LOCALES, Example, each_example, each_language

MENUS = {"static_select", "multi_static_select", "radio_buttons", "checkboxes"}
# What a person may type; ids, codes of Slack and the like are not theirs.
NOT_TYPED = {
    "channel_id", "channels", "people", "digest_channel", "kind", "language", "time_zone", "shared_by", "subcommand", "managers",
    "user_groups", "user_groups_offered", "manager_groups", "groups_offered", "holidays", "countries", "open_channel", "rhythm", "later", "nps", "user_id", "which",
    "owner", "by", "to", "goes_on_after", "wrong", "follow_up_channel", "written",
}  # fmt: skip
TYPED_FIELDS = {
    Field.NAME, Field.SUBJECT, Field.SUBJECT_EN, Field.SUBJECT_FR, Field.QUESTION, Field.QUESTION_EN, Field.QUESTION_FR,
    Field.REASONS, Field.EVERY_WEEKS, Field.WAVE_DAYS,
}  # fmt: skip
NASTY = [
    "<!channel>",
    "<@U999>",
    "<#C999>",
    "&",
    "&lt;",
    "*",
    "`",
    "> quote",
    "<https://x.example|click>",
    "\n",
    "é" * 200,
]

# What looks like an id of Slack's is one: nobody types the name of a channel's segment.
hostile_text = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(NASTY), max_size=60).map("".join)
).filter(lambda typed: not re.fullmatch(r"[CGS][0-9A-Z]+", typed))


@each_example
@each_language
def test_each_example_stays_inside_slack_s_limits(example: Example, language: str) -> None:
    assert list(problems(example.rendered(LOCALES[language]))) == []


@each_example
@given(typed=hostile_text)
@settings(max_examples=12, deadline=None)
def test_whatever_people_type_calls_nobody_and_breaks_no_limit(example: Example, typed: str) -> None:
    for locale in ("en-US", "fr-CA"):
        rendered = example.rendered(locale, facts=with_typed(example.facts, typed))
        assert list(problems(rendered)) == []


def with_typed(facts: object, typed: str) -> object:
    """Put the text in every place of the facts that holds a person's own words."""
    if isinstance(facts, partial):
        return partial(
            facts.func,
            **{
                key: value if key in NOT_TYPED else with_typed(value, typed)
                for key, value in facts.keywords.items()
            },
        )
    if isinstance(facts, str) and not isinstance(facts, Enum):
        return typed
    if isinstance(facts, tuple):
        return tuple(with_typed(each, typed) for each in facts)
    if isinstance(facts, Mapping):
        return {name: [typed] if name in TYPED_FIELDS else value for name, value in facts.items()}
    if is_dataclass(facts) and not isinstance(facts, type):
        values = {
            field.name: getattr(facts, field.name) for field in fields(facts) if field.name not in NOT_TYPED
        }
        return replace(facts, **{name: with_typed(value, typed) for name, value in values.items()})
    return facts


def problems(rendered: Json) -> Iterator[str]:
    is_message = "text" in rendered
    blocks = rendered["blocks"]
    if not 1 <= len(blocks) <= (50 if is_message else 100):
        yield f"{len(blocks)} blocks"
    if is_message:
        if not 1 <= len(rendered["text"]) <= 4000:
            yield f"a text of {len(rendered['text'])} characters"
        yield from raw_markup(rendered["text"])
    else:
        yield from view_problems(rendered)
    kinds = [block["type"] for block in blocks]
    if kinds.count("data_visualization") > 2 or kinds.count("table") > is_message:
        yield "more than two charts or one table, or a table elsewhere than in a message"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        yield f"block ids used twice: {ids}"
    for block in blocks:
        yield from CHECKS[block["type"]](block)
    for text in texts(blocks):
        if not text["text"]:
            yield "an empty text"
        if text["type"] == "mrkdwn":
            yield from raw_markup(text["text"])


def view_problems(view: Json) -> Iterator[str]:
    for part in ("title", "submit", "close"):
        if part in view and not 1 <= len(view[part]["text"]) <= 24:
            yield f"{part} of {len(view[part]['text'])} characters"
    if len(view.get("private_metadata", "")) > 3000:
        yield "private_metadata too long"
    if view["type"] == "modal" and "title" not in view:
        yield "a modal without a title"
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        yield "inputs without a submit button"


def section(block: Json) -> Iterator[str]:
    if len(block.get("text", {}).get("text", "")) > 3000:
        yield "section text too long"
    if len(block.get("fields", [])) > 10 or any(len(each["text"]) > 2000 for each in block.get("fields", [])):
        yield "section fields too many or too long"
    if "accessory" in block:
        yield from element(block["accessory"])


def header(block: Json) -> Iterator[str]:
    if block["text"]["type"] != "plain_text" or len(block["text"]["text"]) > 150:
        yield "a header takes 150 characters of plain text"


def context(block: Json) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield "context elements"


def actions(block: Json) -> Iterator[str]:
    ids = [each["action_id"] for each in block["elements"]]
    if not 1 <= len(ids) <= 25 or len(ids) != len(set(ids)):
        yield f"action ids {ids}"
    for each in block["elements"]:
        yield from element(each)


def text_input(block: Json) -> Iterator[str]:
    if len(block["label"]["text"]) > 2000 or len(block.get("hint", {}).get("text", "")) > 2000:
        yield "label or hint too long"
    yield from element(block["element"])


def divider(_: Json) -> Iterator[str]:
    yield from ()


def chart(block: Json) -> Iterator[str]:
    drawn = block["chart"]
    categories = drawn["axis_config"]["categories"]
    labels = [*categories, *(series["name"] for series in drawn["series"])]
    if len(block["title"]) > 50 or any(len(label) > 20 for label in labels) or len(categories) > 20:
        yield "chart title or labels too long, or too many"
    for series in drawn["series"]:
        if [point["label"] for point in series["data"]] != categories:
            yield "a series without a point for each category"


def table(block: Json) -> Iterator[str]:
    rows = block["rows"]
    if not 1 <= len(rows) <= 100 or any(len(row) != len(rows[0]) or len(row) > 20 for row in rows):
        yield "table rows or cells too many, or not one for each column"
    for cell in (cell for row in rows for cell in row):
        if cell["type"] == "raw_text" and cell["text"]:
            continue
        if any(leaf["type"] not in {"channel", "usergroup"} for leaf in cell["elements"][0]["elements"]):
            yield "a cell that is neither plain text nor a channel or user group"


CHECKS: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": section,
    "header": header,
    "context": context,
    "actions": actions,
    "input": text_input,
    "divider": divider,
    "data_visualization": chart,
    "table": table,
}


def element(each: Json) -> Iterator[str]:
    if len(each["action_id"]) > 255 or len(each.get("placeholder", {}).get("text", "")) > 150:
        yield "action id or placeholder too long"
    if each["type"] == "button":
        spoken = each.get("accessibility_label", "")
        if len(each["text"]["text"]) > 75 or len(each.get("value", "")) > 2000 or len(spoken) > 75:
            yield "button text, value or spoken label too long"
        yield from confirmation(each.get("confirm", {}))
    if each["type"] in MENUS:
        yield from menu(each)
    if each["type"] == "plain_text_input" and len(each.get("initial_value", "")) > each.get(
        "max_length", 3000
    ):
        yield "initial value longer than may be sent back"


def confirmation(asked: Json) -> Iterator[str]:
    for part, limit in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items():
        if len(asked.get(part, {}).get("text", "")) > limit:
            yield f"{part} of a confirmation is longer than {limit}"


def menu(each: Json) -> Iterator[str]:
    groups = each.get("option_groups", [])
    if len(groups) > 100 or any(len(group["label"]["text"]) > 75 for group in groups):
        yield "groups of options too many or too long"
    for listed in [group["options"] for group in groups] or [each["options"]]:
        if not 1 <= len(listed) <= (100 if each["type"].endswith("static_select") else 10):
            yield f"{len(listed)} options"
    options = [one for group in groups for one in group["options"]] or each["options"]
    for option in options:
        described = option.get("description", {}).get("text", "")
        if len(option["text"]["text"]) > 75 or len(option["value"]) > 75 or len(described) > 75:
            yield f"option {option}"
    chosen = [
        *each.get("initial_options", []),
        *([each["initial_option"]] if "initial_option" in each else []),
    ]
    if any(option not in options for option in chosen):
        yield "an initial option that is not offered"


def texts(part: object) -> Iterator[Json]:
    if isinstance(part, list):
        for each in part:
            yield from texts(each)
    elif isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text"}:
            yield part
        else:
            yield from texts(list(part.values()))


def raw_markup(mrkdwn: str) -> Iterator[str]:
    """Find < > & that Slack would act on, leaving out our own mentions (U1, C1, S1 …) and quotes."""
    rest = re.sub(r"<(?:[@#][UC]|!subteam\^S)\d\d?>|^> |&(amp|lt|gt);", "", mrkdwn, flags=re.MULTILINE)
    if re.search(r"[<>&]", rest):
        yield f"unescaped markup in {mrkdwn!r}"
