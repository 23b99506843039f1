"""Which installation of the app a request of Slack's is meant for: one process serves one workspace.

An organization of Enterprise Grid has several workspaces. Somebody who acts from a sister of ours, or from none, is
ours all the same. What another installation of the same app is told of is not: it may have been signed with our secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Installation:
    """The workspace that installed the app, and its organization, if it belongs to one."""

    workspace_id: str
    enterprise_id: str | None = None


def is_for(body: Mapping[str, Any], ours: Installation) -> bool | None:
    """Tell whether a request is meant for us; None where it names no workspace.

    >>> acme = Installation("T1", "E1")
    >>> is_for({"team": {"id": "T2"}, "enterprise": {"id": "E1"}}, acme), is_for({"team": {"id": "T9"}}, acme)
    (True, False)
    """
    # An event and a modal name the installation itself.
    named = _first(body.get("authorizations")).get("team_id") or _dict(body.get("view")).get(
        "app_installed_team_id"
    )
    if named:
        return bool(named == ours.workspace_id)
    # What is clicked or typed names where somebody is, and who that is.
    team = body.get("team_id") or _dict(body.get("team")).get("id")
    enterprise = body.get("enterprise_id") or _dict(body.get("enterprise")).get("id")
    if ours.enterprise_id and enterprise == ours.enterprise_id:
        return True
    named = team or _dict(body.get("user")).get("team_id")
    return bool(named == ours.workspace_id) if named else None


def _first(value: object) -> dict[str, Any]:
    return _dict(value[0]) if isinstance(value, list) and value else {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
