"""What Slack refuses in blocks and views, rule by rule."""

from itertools import count

import pytest

from bot.sandbox.block_kit.check import checked_message_blocks, checked_view
from bot.sandbox.failures.errors import WebApiError
from bot.sandbox.records import Json

TEXT = {"type": "plain_text", "text": "x"}
OPTION = {"text": TEXT, "value": "a"}
SEGMENT = {"label": "Promoters", "value": 18}
PIE = {"type": "pie", "segments": [SEGMENT]}


def button(**more: object) -> Json:
    return {"type": "button", "text": TEXT, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def chart(drawn: Json, title: str = "Answers") -> Json:
    return {"type": "data_visualization", "title": title, "chart": drawn}


def bars(values: dict[str, float], categories: list[str], names: tuple[str, ...] = ("Now",)) -> Json:
    points = [{"label": label, "value": value} for label, value in values.items()]
    series = [{"name": name, "data": points} for name in names]
    return {"type": "bar", "series": series, "axis_config": {"categories": categories}}


def asking(element: Json) -> Json:
    return {"type": "input", "label": TEXT, "element": element}


def complaint(blocks: object, *, charts: bool = True) -> str:
    """Return the first reason for which Slack refuses the blocks."""
    with pytest.raises(WebApiError) as caught:
        checked_message_blocks(blocks, charts=charts, new_id=lambda: "new")
    assert caught.value.code.startswith("invalid_blocks")
    return str(caught.value.fields["response_metadata"]["messages"][0]).removeprefix("[ERROR] ")


FINE = [
    {"type": "section", "text": mrkdwn(3000), "fields": [plain(2000)] * 10},
    {"type": "section", "text": TEXT, "accessory": button(value="v" * 2000, style="primary")},
    actions(*(button(action_id=f"a{n}") for n in range(25))),
    {
        "type": "context",
        "elements": [mrkdwn(5), {"type": "image", "image_url": "https://x", "alt_text": "x"}],
    },
    {"type": "header", "text": plain(150)},
    {"type": "image", "image_url": "https://x", "alt_text": "x", "title": TEXT},
    {"type": "markdown", "text": "# x"},
    asking({"type": "plain_text_input", "multiline": True, "max_length": 3000}),
    asking({"type": "checkboxes", "options": [OPTION] * 10, "initial_options": [OPTION]}),
    asking({"type": "static_select", "option_groups": [{"label": TEXT, "options": [OPTION]}]}),
    asking({"type": "multi_users_select", "max_selected_items": 5}),
    asking({"type": "conversations_select", "filter": {"include": ["public", "private"]}}),
    asking({"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
    asking({"type": "timepicker", "initial_time": "09:30"}),
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},
    {"type": "data_table", "caption": "x", "rows": [[{"type": "raw_text", "text": "x"}]] * 2},
    chart(PIE),
    chart(bars({"March": -6, "April": 18.5}, ["April", "March"])),
]


@pytest.mark.parametrize("block", FINE, ids=lambda block: block["type"])
def test_what_slack_takes_is_taken_whole(block: Json) -> None:
    ids = count()
    [checked] = checked_message_blocks([block], charts=True, new_id=lambda: f"new{next(ids)}")
    assert {**block, "block_id": checked["block_id"]}.keys() == checked.keys()


REFUSED: list[tuple[object, str]] = [
    ({"type": "carousel"}, "unsupported type: carousel [json-pointer:/blocks/0]"),
    ({"text": TEXT}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "section"}, "missing required field: text or fields [json-pointer:/blocks/0]"),
    (
        {"type": "section", "text": plain(0)},
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "section", "text": mrkdwn(3001)},
        "must be less than 3001 characters [json-pointer:/blocks/0/text]",
    ),
    (
        {"type": "section", "text": TEXT, "size": 1},
        "invalid additional property: size [json-pointer:/blocks/0/size]",
    ),
    (
        {"type": "section", "text": TEXT, "accessory": {"type": "plain_text_input"}},
        "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]",
    ),
    ({"type": "header"}, "missing required field: text [json-pointer:/blocks/0/text]"),
    (
        {"type": "header", "text": plain(151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text]",
    ),
    (
        {"type": "header", "text": mrkdwn(1)},
        "Input should be 'plain_text' [json-pointer:/blocks/0/text/type]",
    ),
    (
        actions(button(text=plain(76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text]",
    ),
    (
        actions(button(value="v" * 2001)),
        "String should have at most 2000 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button(style="default")),
        "Input should be 'primary' or 'danger' [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button(action_id="a"), button(action_id="a")),
        "action_id already exists: a [json-pointer:/blocks/0]",
    ),
    (
        actions({"type": "radio_buttons", "options": [OPTION], "initial_option": {**OPTION, "value": "b"}}),
        "the initial option must be one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        asking({"type": "static_select"}),
        "needs either options or option_groups [json-pointer:/blocks/0/element]",
    ),
    (
        chart({**PIE, "segments": [{"label": "None", "value": 0}]}),
        "Input should be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]",
    ),
    (
        chart(bars({"March": 1}, ["March", "April"])),
        "series 'Now' needs exactly one point for every category [json-pointer:/blocks/0/chart]",
    ),
    (
        chart(bars({"March": 1}, ["March"], ("A", "A"))),
        "series already exists: A [json-pointer:/blocks/0/chart]",
    ),
    (
        chart(PIE, title="x" * 51),
        "String should have at most 50 characters [json-pointer:/blocks/0/title]",
    ),
]


@pytest.mark.parametrize(("block", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_slack_refuses_is_refused_with_the_reason(block: Json, reason: str) -> None:
    assert complaint([block]) == reason


@pytest.mark.parametrize(
    "block",
    [
        actions(),
        actions(*(button() for _ in range(26))),
        {"type": "context", "elements": [mrkdwn(1)] * 11},
        {"type": "section", "fields": [plain(1)] * 11},
        asking({"type": "radio_buttons", "options": [OPTION] * 11}),
        asking({"type": "checkboxes", "options": [OPTION] * 11}),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101},
        {"type": "data_table", "caption": "x", "rows": [[{"type": "raw_text", "text": "x"}]] * 202},
        chart({**PIE, "segments": [SEGMENT] * 7}),
        chart(bars({"March": 1}, ["March"], tuple("ABCDEFG"))),
        chart(bars({f"{n}": n for n in range(21)}, [f"{n}" for n in range(21)])),
    ],
)
def test_too_many_or_too_few_items_are_refused(block: Json) -> None:
    assert "item" in complaint([block])


def test_a_message_holds_fifty_blocks_two_charts_and_one_table() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert complaint([{"type": "divider"}] * 51) == "no more than 50 items allowed [json-pointer:/blocks]"
    assert complaint([chart(PIE)] * 3).startswith("no more than 2 blocks of type data_visualization")
    assert complaint([table] * 2).startswith("no more than 1 blocks of type table")


def test_block_ids_stand_once_in_a_message() -> None:
    twins = [{"type": "divider", "block_id": "b"}] * 2
    assert complaint(twins) == "block_id already exists: b [json-pointer:/blocks]"


def test_blocks_must_be_a_list_of_objects() -> None:
    assert complaint({"type": "divider"}) == "blocks must be an array"
    assert complaint(["divider"]).endswith("[json-pointer:/blocks/0]")


def test_charts_can_be_refused_as_an_older_slack_would() -> None:
    assert complaint([chart(PIE)], charts=False) == (
        "unsupported type: data_visualization [json-pointer:/blocks/0/type]"
    )


def test_missing_ids_are_filled_in_and_given_ones_kept() -> None:
    ids = count(1)
    [first, second] = checked_message_blocks(
        [actions(button(), button(action_id="mine")), {"type": "divider", "block_id": "kept"}],
        charts=True,
        new_id=lambda: f"new{next(ids)}",
    )
    assert first["block_id"] == "new1"
    assert [element["action_id"] for element in first["elements"]] == ["new2", "mine"]
    assert second["block_id"] == "kept"


def view(kind: str = "modal", **more: object) -> Json:
    titled = {"title": plain(24)} if kind == "modal" else {}
    return {"type": kind, **titled, "blocks": [], **more}


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        (view(title=plain(25)), "must be less than 25 characters [json-pointer:/view/title]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view/title]"),
        (view(blocks=[{"type": "divider"}] * 101), "List should have at most 100 items after validation"),
        (view(private_metadata="x" * 3001), "String should have at most 3000 characters"),
        (view(blocks=[asking({"type": "plain_text_input"})]), "missing required field: submit, since"),
        (view(blocks=[chart(PIE)]), "unsupported type: data_visualization [json-pointer:/blocks/0/type]"),
        (view("home"), "unsupported type: home [json-pointer:/view/type]"),
        (view("workflow_step"), "unsupported type: workflow_step"),
        ("a view", "missing required field: view"),
    ],
    ids=["title", "no title", "blocks", "metadata", "submit", "chart", "home", "unknown", "text"],
)
def test_a_modal_that_slack_refuses_is_refused(definition: object, reason: str) -> None:
    with pytest.raises(WebApiError, match="invalid_arguments") as caught:
        checked_view(definition, "modal", charts=True, new_id=lambda: "new")
    assert str(caught.value.fields["response_metadata"]["messages"][0]).startswith(f"[ERROR] {reason}")


def test_a_home_tab_may_hold_a_chart() -> None:
    checked = checked_view(view("home", blocks=[chart(PIE)]), "home", charts=True, new_id=lambda: "new")
    assert checked["blocks"] == [{**chart(PIE), "block_id": "new"}]


def test_a_view_weighs_at_most_250_kilobytes() -> None:
    heavy = view(blocks=[{"type": "section", "text": mrkdwn(3000)}] * 90)
    with pytest.raises(WebApiError, match="view_too_large"):
        checked_view(heavy, "modal", charts=True, new_id=lambda: "new")
