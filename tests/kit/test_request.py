"""A request is one value: its parts are read when they are asked for, and what is not as it should be is refused."""

import dataclasses

import pytest

from bot.errors import Refused
from bot.kit.people import Who
from bot.kit.request import Clicked, Request
from bot.kit.rules.installation import Installation
from bot.slack.objects import Posted

OURS = Installation("T1")
CONTAINER = {"type": "message", "channel_id": "C1", "message_ts": "4.5"}
CLICK = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T9"},
    "trigger_id": "1.2.3",
    "response_url": "https://hooks.slack.com/actions/1",
    "container": CONTAINER,
    "actions": [{"action_id": "answer.score.9", "value": "7"}],
}


def test_a_click_holds_all_its_parts() -> None:
    request = Request(CLICK, OURS)

    assert (request.who, request.trigger_id, request.clicked_id) == (Who("T1", "U1"), "1.2.3", 7)
    assert request.clicked == Clicked(Posted("C1", "4.5"), "https://hooks.slack.com/actions/1")
    assert request.below == Clicked(response_url="https://hooks.slack.com/actions/1")
    assert (request.is_answer, request.is_at_home, request.is_modal, request.is_event) == (
        True,
        False,
        False,
        False,
    )


def test_a_message_that_only_they_see_is_replaced() -> None:
    request = Request(CLICK | {"container": CONTAINER | {"is_ephemeral": True}}, OURS)

    assert request.clicked == Clicked(response_url=request.response_url, is_ephemeral=True)


def test_a_part_that_is_missing_is_refused_where_it_is_asked_for_and_nowhere_else() -> None:
    request = Request({name: part for name, part in CLICK.items() if name not in {"user", "actions"}}, OURS)

    assert request.clicked.place == Posted("C1", "4.5")
    for part in ("who", "value", "clicked_id", "chosen", "about"):
        with pytest.raises(Refused):
            getattr(request, part)


def test_it_cannot_change_and_does_not_print_what_somebody_chose() -> None:
    request = Request(CLICK, OURS)

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(request, "body", {})  # noqa: B010 - as no checked code could
    assert repr(request) == "Request()"
