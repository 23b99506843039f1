"""`nps-bot survey create` and `edit` fill in the form that Slack shows, by one table."""

from collections.abc import Callable
from inspect import signature

import pytest

from bot.shell.commands.survey_settings import FIELDS, create, edit

BESIDE_THE_FORM = {"manager", "as_json"}
TOGETHER_ONE_FIELD = {"everyone", "guests"}


@pytest.mark.parametrize("command", [create, edit])
def test_each_option_fills_in_a_field(command: Callable[..., None]) -> None:
    options = set(signature(command).parameters) - BESIDE_THE_FORM - TOGETHER_ONE_FIELD - {"new_name"}
    assert options <= set(FIELDS)


def test_each_field_has_an_option() -> None:
    assert set(FIELDS) <= set(signature(create).parameters)
