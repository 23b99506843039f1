"""Failures on demand: what a test or a demo asks Slack to get wrong, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from .records import DirectMessage, Json


class Kind(Enum):
    """Where in the life of a request the fault strikes."""

    ERROR = auto()
    RATE_LIMIT = auto()
    SERVER_ERROR = auto()
    DROP_BEFORE = auto()
    DROP_AFTER = auto()
    DELAY = auto()


@dataclass
class Fault:
    """A fault for the next `times` calls of `method`, only those naming `to` (a channel or user id) if given."""

    kind: Kind
    method: str
    times: int
    to: str | None
    code: str = ""
    seconds: float = 0

    def strikes(self, method: str, arguments: Json, direct: Mapping[str, DirectMessage]) -> bool:
        """Tell whether this call is meant; a direct message, by its id, means its person too."""
        if method != self.method or self.times < 1:
            return False
        named = {str(arguments.get(key)) for key in ("channel", "channel_id", "user", "user_id", "users")}
        people = {direct[name].user for name in named if name in direct}
        return self.to is None or self.to in named | people


@dataclass
class Faults:
    """The faults still to come, oldest first."""

    pending: list[Fault] = field(default_factory=list)

    def answer(self, method: str, code: str, *, times: int = 1, to: str | None = None) -> None:
        """Answer `{"ok": false, "error": code}`."""
        self.pending.append(Fault(Kind.ERROR, method, times, to, code=code))

    def rate_limit(self, method: str, *, seconds: int = 1, times: int = 1, to: str | None = None) -> None:
        """Answer 429 with `Retry-After: seconds`."""
        self.pending.append(Fault(Kind.RATE_LIMIT, method, times, to, seconds=seconds))

    def server_error(self, method: str, *, times: int = 1, to: str | None = None) -> None:
        """Answer HTTP 500 with a page instead of JSON."""
        self.pending.append(Fault(Kind.SERVER_ERROR, method, times, to))

    def drop_before(self, method: str, *, times: int = 1, to: str | None = None) -> None:
        """Hang up without doing what was asked."""
        self.pending.append(Fault(Kind.DROP_BEFORE, method, times, to))

    def drop_after(self, method: str, *, times: int = 1, to: str | None = None) -> None:
        """Do what was asked, then hang up: the reply is lost."""
        self.pending.append(Fault(Kind.DROP_AFTER, method, times, to))

    def delay(self, method: str, seconds: float, *, times: int = 1, to: str | None = None) -> None:
        """Wait `seconds` before taking the call."""
        self.pending.append(Fault(Kind.DELAY, method, times, to, seconds=seconds))

    def take(self, method: str, arguments: Json, direct: Mapping[str, DirectMessage]) -> Fault | None:
        """Return the fault that strikes this call, using it up, or None."""
        for fault in self.pending:
            if fault.strikes(method, arguments, direct):
                fault.times -= 1
                self.pending = [left for left in self.pending if left.times > 0]
                return fault
        return None
