"""Slack's bad days as switches, for a person who wants to watch the app cope."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.sandbox.failures.faults import Fault, Faults
from bot.sandbox.failures.limits import POST, Limits

_PER_MINUTE = 12
_LATE = 30


@dataclass(frozen=True)
class Trouble:
    """One switch of the page: what it is called, and what it does in a sentence."""

    id: str
    label: str
    detail: str


_RATE_LIMIT = Trouble(
    "rate_limit", "Rate limit", f"No more than {_PER_MINUTE} messages a minute. Slack says how long to wait."
)
_REVOKED = Trouble("revoked", "Revoked token", "Every request is answered with token_revoked.")
_ONE_IN_THREE: dict[Trouble, Callable[[Faults], Fault]] = {
    Trouble("server_errors", "Server errors", "One message in three is answered with an error 500."): (
        lambda faults: faults.server_error(POST, times=None, every=3)
    ),
    Trouble("lost_messages", "Lost messages", "Slack hangs up before it takes one message in three."): (
        lambda faults: faults.drop_before(POST, times=None, every=3)
    ),
    Trouble("lost_replies", "Lost replies", "Slack takes every message, and hangs up after one in three."): (
        lambda faults: faults.drop_after(POST, times=None, every=3)
    ),
    Trouble("slow_replies", "Slow replies", f"Slack answers one message in three {_LATE} s late."): (
        lambda faults: faults.late_reply(POST, _LATE, times=None, every=3)
    ),
}
_KNOWN = {each.id: each for each in (_RATE_LIMIT, *_ONE_IN_THREE, _REVOKED)}


class TroubledWorkspace(Protocol):
    """What the switches need of the workspace that they stand in."""

    faults: Faults
    limits: Limits
    revoked: bool

    def revoke(self, *, revoked: bool) -> None: ...

    def changed(self) -> None: ...


class Troubles:
    """Which of them are on; any number may be."""

    def __init__(self, workspace: TroubledWorkspace) -> None:
        self._workspace = workspace
        self._faults: dict[Trouble, Fault] = {}

    def known(self) -> list[Trouble]:
        return list(_KNOWN.values())

    def is_on(self, trouble: Trouble) -> bool:
        if trouble == _RATE_LIMIT:
            return self._workspace.limits.is_enforced
        if trouble == _REVOKED:
            return self._workspace.revoked
        return trouble in self._faults

    def struck(self, trouble: Trouble) -> int:
        """Return how many messages it has struck since it was switched on."""
        if trouble == _RATE_LIMIT:
            return self._workspace.limits.refusals
        return self._faults[trouble].struck if trouble in self._faults else 0

    def switch(self, trouble_id: str, *, on: bool) -> None:
        """Switch one on or off; raise LookupError when there is none of that id."""
        trouble = _KNOWN.get(trouble_id)
        if trouble is None:
            message = "There is no such trouble."
            raise LookupError(message)
        if on != self.is_on(trouble):
            self._turn(trouble, on=on)
            self._workspace.changed()

    def _turn(self, trouble: Trouble, *, on: bool) -> None:
        workspace = self._workspace
        if trouble == _REVOKED:
            workspace.revoke(revoked=on)
        elif trouble == _RATE_LIMIT and on:
            workspace.limits.enforce(posts_per_minute=_PER_MINUTE)
        elif trouble == _RATE_LIMIT:
            workspace.limits.lift()
        elif on:
            self._faults[trouble] = _ONE_IN_THREE[trouble](workspace.faults)
        else:
            workspace.faults.lift(self._faults.pop(trouble))
