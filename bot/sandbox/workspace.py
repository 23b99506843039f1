"""The pretend workspace: everything Slack would remember, and who may see it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

from .directory import Crowd, People
from .failures.faults import Faults
from .failures.limits import Limits
from .failures.troubles import Troubles
from .records import (
    ApiCall,
    AsgiApp,
    Channel,
    Control,
    DirectMessage,
    Done,
    Enterprise,
    Json,
    Message,
    SlackNotice,
    SlashCommand,
    StepRun,
    User,
    UserGroup,
    View,
)
from .wire.socket_mode import SocketConnection
from .wire.tickets import ResponseUrls, Triggers
from .wire.traffic import Traffic
from .wire.uploads import Uploads

SCOPES = (
    "chat:write",
    "chat:write.public",
    "commands",
    "im:write",
    "channels:read",
    "groups:read",
    "users:read",
    "usergroups:read",
    "files:write",
)
# Slack lists its own bot among the people of every workspace, and says it is not one.
SLACKBOT = User("USLACKBOT", "slackbot", real_name="Slackbot")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(eq=False)
class Sandbox:
    """One workspace with one app in it.

    `clock` dates messages and the page; `elapsed` (seconds) ages triggers and response URLs. Signatures
    always carry the real time, since Bolt compares them with it. `patience` (seconds) is how long Slack waits for an
    answer. `request_url` is where interactions go: an address, or an ASGI application called in this process.
    """

    signing_secret: str = "pretend-signing-secret"  # noqa: S105 - it opens nothing but this sandbox
    bot_token: str = "xoxb-pretend"  # noqa: S105
    app_token: str = "xapp-pretend"  # noqa: S105
    clock: Callable[[], datetime] = _now
    elapsed: Callable[[], float] = time.monotonic
    patience: float = 3.0
    name: str = "Acme"
    team_id: str = "T0ACME"
    app_id: str = "A0NPS"
    app_name: str = "NPS"
    bot_user_id: str = "U0NPSBOT"
    bot_id: str = "B0NPS"
    url: str = ""
    request_url: str | AsgiApp | None = None
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    revoked: bool = False
    has_user_groups: bool = True
    refuse_charts: bool = False
    enterprise: Enterprise | None = None
    people_in_a_page: int = 1000
    commands: list[SlashCommand] = field(default_factory=list)

    def __post_init__(self) -> None:
        bot = User(self.bot_user_id, self.app_name.lower(), real_name=self.app_name, is_bot=True)
        self.users = People([SLACKBOT, bot])
        self.channels: dict[str, Channel] = {}
        self.user_groups: dict[str, UserGroup] = {}
        self.direct: dict[str, DirectMessage] = {}
        self._direct_of: dict[str, DirectMessage] = {}
        self.posted: dict[str, dict[str, Message]] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.uploads = Uploads()
        self.notices: dict[str, list[SlackNotice]] = {}
        self.controls: dict[str, Control] = {}
        self.requests: list[ApiCall] = []
        self.steps: dict[str, StepRun] = {}
        self.faults = Faults()
        self.limits = Limits(self.elapsed)
        self.traffic = Traffic(self.clock)
        self.troubles = Troubles(self)
        self.triggers = Triggers(self.elapsed)
        self.response_urls = ResponseUrls(self.elapsed)
        self.sockets: list[SocketConnection] = []
        self.socket_tickets: set[str] = set()
        self.unheard: set[asyncio.Task[object]] = set()
        self.version = 0
        self._change = asyncio.Event()
        self._numbers = count(1)
        self._last_ts = 0

    # Furnishing

    def add_user(self, user: User) -> User:
        """Add a person, or replace the one with the same id."""
        self.users[user.id] = user
        self.changed()
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """Add a channel, or replace the one with the same id."""
        self.channels[channel.id] = channel
        self.changed()
        return channel

    def add_crowd(self, crowd: Crowd) -> Crowd:
        """Add people by the thousand, who are made up as they are asked for."""
        self.users.add_crowd(crowd)
        self.changed()
        return crowd

    def add_user_group(self, group: UserGroup) -> UserGroup:
        """Add a user group, or replace the one with the same id."""
        self.user_groups[group.id] = group
        self.changed()
        return group

    def remove_user_group(self, group_id: str) -> None:
        """Let a user group vanish."""
        del self.user_groups[group_id]
        self.changed()

    def archive(self, channel_id: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self.add_channel(replace(self.channels[channel_id], is_archived=archived))

    def revoke(self, *, revoked: bool = True) -> None:
        """Take the app's token away, or give it back."""
        self.revoked = revoked
        self.changed()

    def add_control(self, control_id: str, label: str, press: Callable[[], Awaitable[Done]]) -> None:
        """Put a button beside the workspace on the page, which then tells what a press of it did."""
        self.controls[control_id] = Control(control_id, label, press)
        self.changed()

    def notify(self, user: str, text: str) -> None:
        """Warn one person, as Slack does when the app fails them."""
        self.notices.setdefault(user, []).append(SlackNotice(self.new_id("N"), text))
        self.changed()

    def dismiss(self, user: str, notice_id: str) -> None:
        """Take a notice away."""
        self.notices[user] = [each for each in self.notices.get(user, []) if each.id != notice_id]
        self.changed()

    def direct_message_with(self, user: str) -> DirectMessage:
        """Return the app's conversation with a person, opening it if need be."""
        if user not in self._direct_of:
            opened = DirectMessage(self.new_id("D"), user)
            self.direct[opened.id] = self._direct_of[user] = opened
            self.changed()
        return self._direct_of[user]

    # Reading

    def conversation(self, name: str) -> str:
        """Return the id of a channel named by id, `#name` or `name`, or of a direct message by its id."""
        if name in self.channels or name in self.direct:
            return name
        for channel in self.channels.values():
            if channel.name == name.removeprefix("#"):
                return channel.id
        message = f"no conversation is called {name!r}"
        raise LookupError(message)

    def messages(self, channel: str) -> list[Message]:
        """Return what everyone in a channel sees, oldest first."""
        return self.seen_in(self.conversation(channel), None)

    def seen_in(self, channel: str, user: str | None) -> list[Message]:
        """Return what a person sees in a conversation, the ephemeral messages meant for them included."""
        return [m for m in self._all(channel) if m.ephemeral_to in {None, user}]

    def direct_messages(self, user: str) -> list[Message]:
        """Return what the app sent one person directly, oldest first."""
        return self.messages(self.direct_message_with(user).id)

    def ephemerals(self, user: str) -> list[Message]:
        """Return the messages only this person sees, in any conversation, oldest first."""
        everything = [message for channel in self.posted for message in self._all(channel)]
        return sorted((m for m in everything if m.ephemeral_to == user), key=lambda m: float(m.ts))

    def modal(self, user: str) -> View | None:
        """Return the modal on top, None when none is open."""
        stack = self.modals.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """Return the person's Home tab, None before the app publishes one."""
        return self.homes.get(user)

    def view(self, view_id: str) -> View | None:
        """Return an open modal or a Home tab by its id."""
        stacks = [view for stack in self.modals.values() for view in stack]
        return next((view for view in [*stacks, *self.homes.values()] if view.id == view_id), None)

    # Writing

    def post(self, message: Message) -> Message:
        """Keep a new message under a fresh timestamp (the one it carries is ignored)."""
        kept = replace(message, ts=self._new_ts())
        return self.keep(kept)

    def keep(self, message: Message) -> Message:
        """Keep a message under its own timestamp, replacing what was there."""
        self.posted.setdefault(message.channel, {})[message.ts] = message
        self.changed()
        return message

    def forget(self, message: Message) -> None:
        """Delete a message."""
        del self.posted[message.channel][message.ts]
        self.changed()

    def found(self, channel: str, ts: str) -> Message | None:
        """Return a message by its place, None when there is none."""
        return self.posted.get(channel, {}).get(ts)

    def replace_view(self, view: View) -> None:
        """Put a view in the place of the one with its id."""
        if view.type == "home":
            self.homes[view.user] = view
        else:
            self.modals[view.user] = [view if old.id == view.id else old for old in self.modals[view.user]]
        self.changed()

    def new_view(self, user: str, definition: Json, below: View | None = None) -> View:
        """Make a view with a fresh id, on top of another if given; it is not shown yet."""
        view_id = self.new_id("V")
        return View(
            id=view_id,
            user=user,
            definition=definition,
            hash=self.new_hash(),
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
        )

    def new_hash(self) -> str:
        return f"{int(self.clock().timestamp())}.{next(self._numbers):08x}"

    def new_id(self, kind: str) -> str:
        """Return an id never given before, such as `V00000C`."""
        return f"{kind}{next(self._numbers):06X}"

    # Watching

    def changed(self) -> None:
        """Tell everyone who waits that something is different."""
        self.version += 1
        self._change.set()
        self._change = asyncio.Event()

    async def next_change(self) -> None:
        await self._change.wait()

    async def until(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait for what the app does after it has answered; raise TimeoutError when it does not come."""
        async with asyncio.timeout(seconds):
            while not condition():
                await self.next_change()

    def _all(self, channel: str) -> list[Message]:
        return sorted(self.posted.get(channel, {}).values(), key=lambda message: float(message.ts))

    def _new_ts(self) -> str:
        microseconds = int(self.clock().timestamp() * 1_000_000)
        self._last_ts = max(microseconds, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
