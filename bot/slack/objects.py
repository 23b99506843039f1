"""What Slack tells of people, channels, messages and of ourselves, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True)
class Posted:
    """Where a message stands."""

    channel_id: str
    ts: str


class Profile(NamedTuple):
    """What Slack tells of a person: of a hundred thousand at times, so it is cheap to make."""

    user_id: str
    locale: str
    time_zone: str
    is_bot: bool
    is_deactivated: bool
    is_admin: bool
    is_guest: bool
    workspaces: frozenset[str] = frozenset()
    """Those that the person belongs to; several in an organization of Enterprise Grid."""
    enterprise_id: str | None = None
    is_stranger: bool = False
    """Slack's own word for somebody of another company; it says so of some alone."""
    has_never_signed_in: bool | None = None
    """None where Slack does not tell: its list of people does."""


@dataclass(frozen=True)
class Channel:
    """A channel, public or private; its name without the #."""

    id: str
    name: str


@dataclass(frozen=True)
class UserGroup:
    """A group of people that may be named together, such as @support."""

    id: str
    name: str


@dataclass(frozen=True)
class Identity:
    """Who we are, as Slack sees our token."""

    workspace_id: str
    workspace_name: str
    url: str
    bot_user_id: str
    scopes: frozenset[str]
    enterprise_id: str | None = None
    is_org_wide: bool = False
    """Whether the token is that of an organization, and of no workspace."""
    told_at: datetime | None = None
    """What Slack's own clock said."""


ORG_WIDE = (
    "SLACK_BOT_TOKEN belongs to a whole organization of Enterprise Grid, and nps-bot serves one workspace. "
    "Turn off “Org Level Apps” in the app's settings, install the app to that workspace and copy its own token."
)
