"""`nps-bot manifest`: within the limits of Slack's schema (slackapi/manifest-schema), and no wider than needed."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.sandbox.workspace import SCOPES

URL = "https://nps.example.com"
EVENTS = f"{URL}/slack/events"


def manifest(*words: str) -> dict[str, Any]:
    ran = CliRunner().invoke(cli, ["manifest", *words])
    assert (ran.exit_code, ran.stderr) == (0, "")
    printed = json.loads(ran.stdout)
    assert isinstance(printed, dict)
    return printed


def test_every_request_of_slack_comes_in_at_one_address() -> None:
    printed = manifest("--url", URL)

    assert printed["features"]["slash_commands"][0]["url"] == EVENTS
    assert printed["settings"]["event_subscriptions"] == {
        "request_url": EVENTS,
        "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked"],
    }
    assert printed["settings"]["interactivity"] == {"is_enabled": True, "request_url": EVENTS}
    assert printed["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize("written", [f"{URL}/", EVENTS, f"{EVENTS}/"])
def test_the_address_may_be_written_with_or_without_its_path(written: str) -> None:
    assert manifest("--url", written) == manifest("--url", URL)


def test_socket_mode_needs_no_address() -> None:
    printed = manifest("--socket-mode")

    assert printed["settings"]["socket_mode_enabled"] is True
    assert printed["settings"]["event_subscriptions"] == {
        "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked"]
    }
    assert printed["settings"]["interactivity"] == {"is_enabled": True}
    assert "http" not in json.dumps(printed)


def test_it_asks_for_the_scopes_of_the_design_and_never_to_read_messages() -> None:
    scopes = manifest("--socket-mode")["oauth_config"]["scopes"]

    assert sorted(scopes["bot"]) == sorted(SCOPES)
    assert list(scopes) == ["bot"]
    assert not [scope for scope in scopes["bot"] if "history" in scope]


def test_it_holds_what_slack_knows_and_nothing_else() -> None:
    printed = manifest("--url", URL)

    assert {name: sorted(part) for name, part in printed.items()} == {
        "display_information": ["background_color", "description", "long_description", "name"],
        "features": ["app_home", "bot_user", "slash_commands"],
        "oauth_config": ["scopes"],
        "settings": [
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
        ],
    }
    assert all(printed["features"]["app_home"].values())
    assert printed["settings"]["token_rotation_enabled"] is False
    assert printed["settings"]["org_deploy_enabled"] is False


def test_its_texts_keep_slacks_limits() -> None:
    printed = manifest("--url", URL)
    shown, command = printed["display_information"], printed["features"]["slash_commands"][0]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert len(shown["background_color"]) in {4, 7}
    assert len(printed["features"]["bot_user"]["display_name"]) <= 80
    assert command["command"].startswith("/")
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
    assert all(len(scope) <= 50 for scope in printed["oauth_config"]["scopes"]["bot"])


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--url", "http://nps.example.com"],
        ["--url", "nps.example.com"],
        ["--url", "https://"],
        ["--url", "https://[nps"],
        ["--url", "https://nps.example.com/?a=b"],
        ["--url", "https://nps example.com"],
        ["--url", f"https://nps.example.com/{'a' * 3000}"],
    ],
)
def test_an_address_that_slack_cannot_call_is_refused_in_one_sentence(words: list[str]) -> None:
    ran = CliRunner().invoke(cli, ["manifest", *words])

    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "https://" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_addresses_are_asked_for_only_when_wished() -> None:
    without, asked = manifest("--url", URL), manifest("--url", URL, "--match-email")

    scopes = [printed["oauth_config"]["scopes"]["bot"] for printed in (without, asked)]
    assert set(scopes[1]) - set(scopes[0]) == {"users:read.email"}


def test_the_step_for_workflows_stands_there_only_when_wished() -> None:
    without, asked = manifest("--url", URL), manifest("--url", URL, "--workflow-step")

    assert "function" not in json.dumps(without)
    assert set(asked) - set(without) == {"functions"}
    assert asked["settings"]["event_subscriptions"] == {
        "request_url": EVENTS,
        "bot_events": ["app_home_opened", "app_uninstalled", "tokens_revoked", "function_executed"],
    }
    changed = {
        key: value for key, value in asked["settings"].items() if without["settings"].get(key) != value
    }
    del changed["event_subscriptions"]
    assert changed == {"org_deploy_enabled": True, "function_runtime": "remote"}
    assert asked["oauth_config"] == without["oauth_config"]


@pytest.mark.parametrize("way", [["--url", URL], ["--socket-mode"]])
def test_the_step_takes_a_person_and_a_survey(way: list[str]) -> None:
    [(callback_id, step)] = manifest(*way, "--workflow-step")["functions"].items()

    assert (callback_id, step["title"]) == ("ask_nps_question", "Ask the NPS question")
    assert {name: one["type"] for name, one in step["input_parameters"].items()} == {
        "person": "slack#/types/user_id",
        "survey": "string",
    }
    assert {name: one["type"] for name, one in step["output_parameters"].items()} == {
        "send_after": "slack#/types/timestamp"
    }
    every = [*step["input_parameters"].values(), *step["output_parameters"].values()]
    assert all(set(one) == {"type", "title", "description", "is_required"} for one in every)
