"""What a person fills in, before it is sent."""

import pytest

from bot.sandbox.form import REQUIRED, complaints, element, filled_in, labelled, state_of
from bot.sandbox.records import Json

CHOICES = [
    {"text": {"type": "plain_text", "text": word.title()}, "value": word} for word in ("once", "weekly")
]


def asking(**element: object) -> Json:
    return {"type": "input", "block_id": "b", "element": {"action_id": "a", **element}}


def row(*labels: str) -> Json:
    buttons = [
        {"type": "button", "action_id": f"a{n}", "text": {"type": "plain_text", "text": label}}
        for n, label in enumerate(labels)
    ]
    return {"type": "actions", "block_id": "row", "elements": buttons}


def test_an_input_left_alone_keeps_what_it_began_with() -> None:
    blocks = [
        asking(type="static_select", options=CHOICES, initial_option=CHOICES[1]),
        {**asking(type="multi_users_select"), "block_id": "c"},
    ]
    assert state_of(blocks, {}) == {
        "b": {"a": {"type": "static_select", "selected_option": CHOICES[1]}},
        "c": {"a": {"type": "multi_users_select", "selected_users": []}},
    }


@pytest.mark.parametrize("cleared", ["", None])
def test_a_text_that_was_cleared_is_null(cleared: str | None) -> None:
    blocks = [asking(type="plain_text_input", initial_value="before")]
    state = state_of(blocks, {"b": {"a": {"type": "plain_text_input", "value": cleared}}})
    assert state["b"]["a"]["value"] is None


def test_answers_become_the_state_slack_keeps() -> None:
    blocks = [asking(type="static_select", option_groups=[{"label": {}, "options": CHOICES}])]
    assert filled_in(blocks, {"a": "once"}) == {
        "b": {"a": {"type": "static_select", "selected_option": CHOICES[0]}}
    }


@pytest.mark.parametrize(
    ("asked", "answer", "complaint"),
    [
        ({"type": "plain_text_input"}, None, REQUIRED),
        ({"type": "checkboxes", "options": CHOICES}, [], REQUIRED),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please enter at least 3 characters."),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "Please enter at most 3 characters."),
        ({"type": "plain_text_input"}, "x" * 3001, "Please enter at most 3000 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a valid number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "2"},
            "1.5",
            "Please enter a number of at least 2.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"},
            "10",
            "Please enter a number of at most 9.",
        ),
    ],
)
def test_slack_itself_objects_to_what_may_not_be_sent(asked: Json, answer: object, complaint: str) -> None:
    blocks = [asking(**asked)]
    assert complaints(blocks, state_of(blocks, filled_in(blocks, {"a": answer}))) == {"b": complaint}


def test_slack_does_not_object_to_an_empty_optional_input() -> None:
    blocks = [{**asking(type="plain_text_input", min_length=3), "optional": True}]
    assert complaints(blocks, state_of(blocks, {})) == {}


def test_a_button_is_found_by_what_it_says() -> None:
    assert labelled([row("9", "10")], "10")[1]["action_id"] == "a1"
    with pytest.raises(LookupError, match="0 buttons say '8'; to be seen: 9, 10"):
        labelled([row("9", "10")], "8")
    with pytest.raises(LookupError, match="2 buttons say '9'"):
        labelled([row("9", "9")], "9")


def test_what_is_not_to_be_seen_cannot_be_used() -> None:
    with pytest.raises(LookupError, match="0 elements answer to 'b'; to be seen: row/a0"):
        element([row("9")], "b")
    with pytest.raises(LookupError, match="no input c/d"):
        state_of([row("9")], {"c": {"d": {"type": "plain_text_input", "value": "x"}}})
