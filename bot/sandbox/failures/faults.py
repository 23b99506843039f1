"""Failures on demand: what a test or a demo asks Slack to get wrong, and for which people."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypedDict, Unpack

from bot.sandbox.failures.documented import CODES
from bot.sandbox.records import DirectMessage, Json


class Aim(TypedDict, total=False):
    """Which calls of a method a fault strikes: see `Fault`."""

    times: int | None
    to: str | None
    every: int


ANY = "*"
"""In place of a method: whatever is called."""


class FaultKind(Enum):
    """Where in the life of a request the fault strikes."""

    ERROR = auto()
    RATE_LIMIT = auto()
    SERVER_ERROR = auto()
    GATEWAY = auto()
    HANG = auto()
    DROP_BEFORE = auto()
    DROP_AFTER = auto()
    DELAY = auto()
    HOLD = auto()
    LATE_REPLY = auto()


@dataclass(eq=False)
class Fault:
    """A fault of one call in `every` of `method`, only of those naming `to` (a channel or user id) if given.

    It strikes `times` times, or until it is lifted when that is None; `struck` counts. Once `let_go` is set it holds nothing more.
    """

    kind: FaultKind
    method: str
    times: int | None = 1
    to: str | None = None
    every: int = 1
    code: str = ""
    seconds: float = 0
    status: int = 0
    met: int = 0
    struck: int = 0
    let_go: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.struck >= self.times

    def meets(self, method: str, arguments: Json, direct: Mapping[str, DirectMessage]) -> bool:
        """Tell whether this call is one it waits for; a direct message, by its id, means its person too."""
        if self.method not in {method, ANY}:
            return False
        named = {str(arguments.get(key)) for key in ("channel", "channel_id", "user", "user_id", "users")}
        people = {direct[name].user for name in named if name in direct}
        return self.to is None or self.to in named | people

    def strikes(self) -> bool:
        """Count a call it met, and tell whether this is the one in `every` that it strikes."""
        self.met += 1
        if self.met % self.every:
            return False
        self.struck += 1
        return True


@dataclass
class Faults:
    """The faults still to come, oldest first."""

    pending: list[Fault] = field(default_factory=list)

    def answer(self, method: str, code: str, **aim: Unpack[Aim]) -> Fault:
        """Answer `{"ok": false, "error": code}`; raise ValueError for a word that is not Slack's."""
        if code not in CODES:
            message = f"{code!r} is none of the errors that Slack is known to give"
            raise ValueError(message)
        return self._expect(Fault(FaultKind.ERROR, method, code=code, **aim))

    def rate_limit(self, method: str, *, seconds: int = 1, **aim: Unpack[Aim]) -> Fault:
        """Answer 429 with `Retry-After: seconds`."""
        return self._expect(Fault(FaultKind.RATE_LIMIT, method, seconds=seconds, **aim))

    def server_error(self, method: str, **aim: Unpack[Aim]) -> Fault:
        """Answer HTTP 500 with a page instead of JSON."""
        return self._expect(Fault(FaultKind.SERVER_ERROR, method, **aim))

    def gateway(self, method: str, status: int = 502, **aim: Unpack[Aim]) -> Fault:
        """Let a gateway on the way answer with a page of its own; Slack hears nothing of it."""
        return self._expect(Fault(FaultKind.GATEWAY, method, status=status, **aim))

    def hang(self, method: str, **aim: Unpack[Aim]) -> Fault:
        """Let a gateway on the way hold the call for ever; Slack hears nothing of it."""
        return self._expect(Fault(FaultKind.HANG, method, **aim))

    def drop_before(self, method: str, **aim: Unpack[Aim]) -> Fault:
        """Hang up without doing what was asked."""
        return self._expect(Fault(FaultKind.DROP_BEFORE, method, **aim))

    def drop_after(self, method: str, **aim: Unpack[Aim]) -> Fault:
        """Do what was asked, then hang up: the reply is lost."""
        return self._expect(Fault(FaultKind.DROP_AFTER, method, **aim))

    def delay(self, method: str, seconds: float, **aim: Unpack[Aim]) -> Fault:
        """Wait `seconds` before taking the call."""
        return self._expect(Fault(FaultKind.DELAY, method, seconds=seconds, **aim))

    def hold(self, method: str, **aim: Unpack[Aim]) -> Fault:
        """Take the call once `let_go` is set, and not before."""
        return self._expect(Fault(FaultKind.HOLD, method, **aim))

    def late_reply(self, method: str, seconds: float, **aim: Unpack[Aim]) -> Fault:
        """Do what was asked at once, and reply `seconds` later."""
        return self._expect(Fault(FaultKind.LATE_REPLY, method, seconds=seconds, **aim))

    def lift(self, fault: Fault) -> None:
        """Let a fault strike no more."""
        self.pending = [other for other in self.pending if other is not fault]

    def take(self, method: str, arguments: Json, direct: Mapping[str, DirectMessage]) -> Fault | None:
        """Return the fault that strikes this call, using it up, or None."""
        for fault in self.pending:
            if fault.meets(method, arguments, direct) and fault.strikes():
                self.pending = [left for left in self.pending if not left.is_spent]
                return fault
        return None

    def _expect(self, fault: Fault) -> Fault:
        self.pending.append(fault)
        return fault
