"""What Slack hands out with an interaction and takes back soon: triggers and response URLs."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.failures.errors import Code, WebApiError

TRIGGER_SECONDS = 3
RESPONSE_SECONDS = 30 * 60
RESPONSE_USES = 5


@dataclass
class _Trigger:
    user: str
    issued_at: float
    used: bool = False


@dataclass
class Triggers:
    """Leaves to open one modal, each good for three seconds and one use."""

    elapsed: Callable[[], float]
    issued: dict[str, _Trigger] = field(default_factory=dict)

    def issue(self, user: str) -> str:
        trigger = f"{len(self.issued) + 1}.{secrets.token_hex(8)}"
        self.issued[trigger] = _Trigger(user, self.elapsed())
        return trigger

    def exchange(self, trigger_id: str) -> str:
        """Use a trigger up and return its user id, or raise WebApiError as Slack names it."""
        trigger = self.issued.get(trigger_id)
        if trigger is None:
            code = "invalid_trigger_id"
        elif trigger.used:
            code = "exchanged_trigger_id"
        elif self.elapsed() - trigger.issued_at > TRIGGER_SECONDS:
            code = "expired_trigger_id"
        else:
            trigger.used = True
            return trigger.user
        raise WebApiError(code)


@dataclass
class ResponseUrl:
    """Where one interaction may be answered; `ts` is the message it came from, None for a command."""

    user: str
    channel: str
    ts: str | None
    issued_at: float
    uses: int = 0


@dataclass
class ResponseUrls:
    """Addresses good for thirty minutes and five uses."""

    elapsed: Callable[[], float]
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(self, user: str, channel: str, ts: str | None) -> str:
        key = secrets.token_hex(12)
        self.issued[key] = ResponseUrl(user, channel, ts, self.elapsed())
        return key

    def use(self, key: str) -> ResponseUrl:
        """Count one use, or raise WebApiError("expired_url" or "used_url")."""
        place = self.issued.get(key)
        if place is None or self.elapsed() - place.issued_at > RESPONSE_SECONDS:
            raise WebApiError(Code.EXPIRED_URL)
        if place.uses >= RESPONSE_USES:
            raise WebApiError(Code.USED_URL)
        place.uses += 1
        return place
