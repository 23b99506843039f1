"""What Slack sends the app, field by field (docs.slack.dev/reference/interaction-payloads)."""

import secrets
from collections.abc import Mapping

from bot.sandbox.companies import is_sister, team_of
from bot.sandbox.form import state_of
from bot.sandbox.records import Json, Message, StepRun, View
from bot.sandbox.web_api.chat import described_message
from bot.sandbox.web_api.views import described_view
from bot.sandbox.workspace import Sandbox

TOKEN = "pretend-verification-token"  # noqa: S105 - Slack still sends this deprecated field


def slash_command(sandbox: Sandbox, user: str, channel: str, command: str, text: str) -> Json:
    place = _place(sandbox, user)
    grid = sandbox.enterprise
    return {
        "token": TOKEN,
        "team_id": place,
        "team_domain": _domain(sandbox, place),
        **({"enterprise_id": grid.id, "enterprise_name": grid.name} if grid else {}),
        "channel_id": channel,
        "channel_name": _channel_name(sandbox, channel),
        "user_id": user,
        "user_name": sandbox.users[user].name,
        "command": command,
        "text": text,
        "api_app_id": sandbox.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(sandbox, user, channel, None),
        "trigger_id": sandbox.triggers.issue(user),
    }


def block_actions(sandbox: Sandbox, user: str, seen: Message | View, action: Json, values: Json) -> Json:
    """Describe one click; `values` are the inputs of what the person sees, `{block_id: {action_id: …}}`."""
    payload = {
        "type": "block_actions",
        **_who(sandbox, user),
        "trigger_id": sandbox.triggers.issue(user),
        "actions": [{**action, "action_ts": f"{sandbox.clock().timestamp():.6f}"}],
    }
    state = state_of(seen.blocks, values)
    payload |= _where(sandbox, seen)
    if isinstance(seen, View):
        return {**payload, "view": described_view(sandbox, seen, state)}
    return {
        **payload,
        "state": {"values": state},
        "response_url": response_url(sandbox, user, seen.channel, seen.ts),
    }


def block_suggestion(sandbox: Sandbox, user: str, seen: Message | View, asked: Json) -> Json:
    """Ask for the choices of one menu; `asked` is its ids and, as `value`, what the person has typed."""
    return {
        "type": "block_suggestion",
        **_who(sandbox, user, at_home=isinstance(seen, View)),
        **_where(sandbox, seen),
        **asked,
    }


def view_submission(sandbox: Sandbox, user: str, view: View, values: Json) -> Json:
    return {
        "type": "view_submission",
        **_who(sandbox, user, at_home=True),
        "trigger_id": sandbox.triggers.issue(user),
        "view": described_view(sandbox, view, values),
        "response_urls": [],
    }


def view_closed(sandbox: Sandbox, user: str, view: View, *, is_cleared: bool) -> Json:
    return {
        "type": "view_closed",
        **_who(sandbox, user, at_home=True),
        "view": described_view(sandbox, view),
        "is_cleared": is_cleared,
    }


def event_callback(sandbox: Sandbox, event: Mapping[str, object]) -> Json:
    """Say what happened and where; of somebody in a sister workspace that is theirs, and `authorizations` names ours."""
    now = sandbox.clock().timestamp()
    actor = event.get("user")
    return {
        "token": TOKEN,
        "team_id": _place(sandbox, actor) if isinstance(actor, str) else sandbox.team_id,
        "api_app_id": sandbox.app_id,
        "event": {"event_ts": f"{now:.6f}", **event},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(now),
        "authorizations": [
            {
                "enterprise_id": sandbox.enterprise.id if sandbox.enterprise else None,
                "team_id": sandbox.team_id,
                "user_id": sandbox.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def function_executed(sandbox: Sandbox, run: StepRun) -> Json:
    """Say that a workflow has come to a step of the app. Slack names nobody who started or made the workflow."""
    described = {key: run.function[key] for key in ("title", "description")}
    for side in ("input_parameters", "output_parameters"):
        described[side] = [{"name": name, **one} for name, one in run.function[side].items()]
    return {
        "type": "function_executed",
        "function": {
            "id": "Fn0STEP",
            "callback_id": run.callback_id,
            "type": "app",
            "app_id": sandbox.app_id,
            "date_created": 1694727597,
            "date_updated": 1698947481,
            "date_deleted": 0,
            **described,
        },
        "inputs": run.inputs,
        "function_execution_id": run.id,
        "workflow_execution_id": f"Wx{run.id[2:]}",
        "bot_access_token": run.token,
    }


def response_url(sandbox: Sandbox, user: str, channel: str, ts: str | None) -> str:
    if not sandbox.url:
        message = "the sandbox has no address: enter `running(sandbox)` first"
        raise RuntimeError(message)
    return f"{sandbox.url}/response/{sandbox.response_urls.issue(user, channel, ts)}"


def _where(sandbox: Sandbox, seen: Message | View) -> Json:
    """Say in which view or message something happens."""
    if isinstance(seen, View):
        return {
            "container": {"type": "view", "view_id": seen.id},
            "view": described_view(sandbox, seen),
        }
    container: Json = {
        "type": "message",
        "message_ts": seen.ts,
        "channel_id": seen.channel,
        "is_ephemeral": seen.ephemeral_to is not None,
    }
    if seen.thread_ts is not None:
        container["thread_ts"] = seen.thread_ts
    place: Json = {
        "container": container,
        "channel": {"id": seen.channel, "name": _channel_name(sandbox, seen.channel)},
    }
    if seen.ephemeral_to is None:
        # Slack does not keep ephemeral messages, so it cannot send one back.
        place["message"] = described_message(sandbox, sandbox.found(seen.channel, seen.ts) or seen)
    return place


def _who(sandbox: Sandbox, user: str, *, at_home: bool = False) -> Json:
    """Say who acts and where: in our workspace or, when `at_home`, in the person's own.

    In a channel shared with another company Slack places a click in the workspace that installed the app,
    and a modal in the one of the person who fills it in; `view.app_installed_team_id` is ours all the same. On
    Enterprise Grid somebody acts in the workspace they are in, or Slack names none.
    """
    person = sandbox.users[user]
    own, grid = team_of(sandbox, person), sandbox.enterprise
    place = own if at_home else _place(sandbox, user)
    is_named = grid is None or grid.names_teams
    return {
        "team": {"id": place, "domain": _domain(sandbox, place)} if is_named else None,
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": own},
        "api_app_id": sandbox.app_id,
        "token": TOKEN,
        "enterprise": {"id": grid.id, "name": grid.name} if grid else None,
        "is_enterprise_install": bool(grid and grid.is_installed),
    }


def _place(sandbox: Sandbox, user: str) -> str:
    """Return the workspace in which somebody acts: their own in our organization, else ours."""
    found = sandbox.users.get(user)
    return found.team_id if found and is_sister(sandbox, found) else sandbox.team_id


def _domain(sandbox: Sandbox, team_id: str) -> str:
    return sandbox.name.lower() if team_id == sandbox.team_id else team_id.lower()


def _channel_name(sandbox: Sandbox, channel: str) -> str:
    if channel in sandbox.direct:
        return "directmessage"
    found = sandbox.channels[channel]
    return "privategroup" if found.is_private else found.name
