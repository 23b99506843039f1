"""What a workspace is made of: people, conversations, messages, views."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
# Wider than Starlette's own type, so that Bolt's ASGI handler fits as well.
AsgiApp: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True)
class User:
    """A person or bot; `tz` is an IANA name, `locale` as Slack writes it (`en-US`).

    `team_id` is left empty for the people of this workspace and names that of those of another: of a sister workspace of
    the same organization, or of another company.
    """

    id: str
    name: str
    real_name: str = ""
    title: str = ""
    tz: str = "America/Los_Angeles"
    locale: str = "en-US"
    is_bot: bool = False
    deleted: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    team_id: str = ""
    never_signed_in: bool = False
    email: str = ""

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted


@dataclass(frozen=True)
class Enterprise:
    """An organization of Enterprise Grid, and the team ids of the workspaces beside ours.

    `names_teams` is whether Slack says in which workspace somebody clicks: of some it leaves `team` empty. With
    `is_installed` the app's token is that of the organization, and of no workspace.
    """

    id: str
    name: str
    sisters: tuple[str, ...] = ()
    names_teams: bool = True
    is_installed: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel; the app is in it when its bot user is among the members (user ids).

    It is shared with another company as soon as one of its people is a member.
    """

    id: str
    name: str
    members: Sequence[str] = ()
    is_private: bool = False
    is_archived: bool = False


@dataclass(frozen=True)
class UserGroup:
    """A user group, `@handle` in a message; `users` are user ids."""

    id: str
    name: str
    handle: str
    users: Sequence[str] = ()
    description: str = ""
    disabled: bool = False


@dataclass(frozen=True)
class DirectMessage:
    """The conversation between the app and one person."""

    id: str
    user: str


@dataclass(frozen=True)
class File:
    """A file that the app has shared."""

    id: str
    name: str
    title: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Message:
    """One message; `ephemeral_to` names the only person who sees it."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    edited: bool = False
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class View:
    """A modal or a Home tab as one person sees it; `definition` is what the app sent, with ids filled in."""

    id: str
    user: str
    definition: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return str(self.definition["type"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.definition["blocks"])

    @property
    def callback_id(self) -> str:
        return str(self.definition.get("callback_id", ""))


@dataclass(frozen=True)
class SlackNotice:
    """A warning Slack shows one person when the app did not do its part."""

    id: str
    text: str


@dataclass(frozen=True)
class ApiCall:
    """One Web API request as the app made it, without its token; `error` is None when Slack said ok."""

    method: str
    at: float
    arguments: Json
    error: str | None


@dataclass
class StepRun:
    """One run of a custom step in somebody's workflow; `function` is the step as the app's manifest describes it.

    Slack makes a `token` for each run, which is no longer good once the run has ended.
    """

    id: str
    callback_id: str
    function: Json
    inputs: Json
    token: str = field(repr=False)
    is_running: bool = True
    outputs: Json | None = None
    error: str | None = None


@dataclass(frozen=True)
class SlashCommand:
    """A slash command the app has registered."""

    command: str
    usage: str
    description: str


@dataclass(frozen=True)
class Done:
    """What the press of a control did: a sentence without its full stop, and the moment if time has moved."""

    text: str
    moved_to: datetime | None = None


@dataclass(frozen=True)
class Control:
    """A button of the page beside the workspace, such as a jump in time."""

    id: str
    label: str
    press: Callable[[], Awaitable[Done]]
