"""What `nps-bot manifest` prints: what Slack needs to know to make the app, ready to paste at api.slack.com/apps.

The format: docs.slack.dev/reference/app-manifest; its limits: github.com/slackapi/manifest-schema.
"""

from typing import Any
from urllib.parse import urlsplit

from bot.ids import COMMAND, WorkflowStep
from bot.shell.kit.sentences import WrongInput

EVENTS = ["app_home_opened", "app_uninstalled", "tokens_revoked"]
STEP_EVENT = "function_executed"
# Without one of these, something that the app does today fails.
SCOPES = {
    "chat:write": "ask people and post digests",
    "im:write": "open the direct message in which an export arrives",
    "files:write": "hand over an export as a file",
    "chat:write.public": "post digests and open questions in public channels without being invited",
    "commands": f"answer {COMMAND}",
    "channels:read": "see who is in a public channel",
    "groups:read": "see who is in a private channel that the app was invited to",
    "users:read": "leave out bots and deactivated accounts, and know languages and time zones",
    "usergroups:read": "ask the members of a user group",
}

# Asked for only where an operator wishes to link imported people to those of Slack.
EMAIL_SCOPE = "users:read.email"

STEP: dict[str, Any] = {
    "title": "Ask the NPS question",
    "description": "Asks one person of one survey, in their working hours and after the quarantine.",
    "input_parameters": {
        WorkflowStep.PERSON.value: {
            "type": "slack#/types/user_id",
            "title": "Person",
            "description": "Who is asked",
            "is_required": True,
        },
        WorkflowStep.SURVEY.value: {
            "type": "string",
            "title": "Survey",
            "description": f"The survey's whole name, as {COMMAND} list shows it; its wave must be open",
            "is_required": True,
        },
    },
    "output_parameters": {
        WorkflowStep.SEND_AFTER.value: {
            "type": "slack#/types/timestamp",
            "title": "Asked from",
            "description": "The beginning of the working hours in which the person is asked",
            "is_required": True,
        }
    },
}

_PATH = "/slack/events"
_LONGEST_URL = 3000
_DESCRIPTION = "Asks how likely people are to recommend you, and tells the Net Promoter Score."
_LONG_DESCRIPTION = (
    "One question, eleven buttons, one tap: how likely are you to recommend us? The app asks it in a direct message, "
    f"in each person's language and working hours. {COMMAND} tells the Net Promoter Score with its interval, the counts behind it and "
    "whether it moved. A digest comes to a channel each week. Nobody leaves Slack."
)


def with_step(manifest: dict[str, Any]) -> dict[str, Any]:
    """Add the step for Workflow Builder. Slack takes it only with its event and from an app that is org-ready."""
    settings = manifest["settings"]
    events = settings["event_subscriptions"]
    return {
        **manifest,
        "functions": {WorkflowStep.ASK.value: STEP},
        "settings": {
            **settings,
            "event_subscriptions": {**events, "bot_events": [*events["bot_events"], STEP_EVENT]},
            "org_deploy_enabled": True,
            "function_runtime": "remote",
        },
    }


def app_manifest(events_url: str | None, *, socket_mode: bool, match_email: bool = False) -> dict[str, Any]:
    """Give the manifest; `events_url` takes the commands, the clicks and the events alike."""
    command = {"url": events_url} if events_url else {}
    requests = {"request_url": events_url} if events_url else {}
    return {
        "display_information": {
            "name": "NPS",
            "description": _DESCRIPTION,
            "long_description": _LONG_DESCRIPTION,
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "NPS", "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    **command,
                    "description": "See the Net Promoter Score, or ask for it",
                    "usage_hint": "[survey name | trend | drivers | wave | score | list | new | open | close | waves | pause | resume | export | help]",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES, *([EMAIL_SCOPE] if match_email else [])]}},
        "settings": {
            "event_subscriptions": {**requests, "bot_events": EVENTS},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def events_url(given: str) -> str:
    """Give the address of events where Slack reaches the app at the given one. Raises WrongInput."""
    address = given.rstrip("/").removesuffix(_PATH) + _PATH
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment)
    except ValueError:  # brackets that hold no address
        is_usable = False
    if not is_usable or " " in address or len(address) > _LONGEST_URL:
        message = (
            f"{given!r} is not an address that Slack can call: give one such as https://nps.example.com."
        )
        raise WrongInput(message)
    return address
