"""Slack's published rate limits; off until somebody switches them on (docs.slack.dev/apis/web-api/rate-limits)."""

import math
from collections.abc import Callable
from dataclasses import dataclass

POST = "chat.postMessage"
_MINUTE = 60.0
_TIER_1, _TIER_2, _TIER_3, _TIER_4 = 1, 20, 50, 100
# Calls a minute, for each method and workspace. What is missing here has no limit worth playing.
PER_MINUTE = {
    "api.test": _TIER_4,
    "apps.connections.open": _TIER_1,
    "chat.delete": _TIER_3,
    "chat.postEphemeral": _TIER_4,
    "chat.update": _TIER_3,
    "conversations.info": _TIER_3,
    "conversations.list": _TIER_2,
    "conversations.members": _TIER_4,
    "conversations.open": _TIER_3,
    "files.completeUploadExternal": _TIER_4,
    "files.getUploadURLExternal": _TIER_4,
    "functions.completeError": _TIER_3,
    "functions.completeSuccess": _TIER_3,
    "usergroups.list": _TIER_2,
    "usergroups.users.list": _TIER_2,
    "users.info": _TIER_4,
    "users.list": _TIER_2,
    "views.open": _TIER_4,
    "views.publish": _TIER_4,
    "views.push": _TIER_4,
    "views.update": _TIER_4,
}


@dataclass
class _Bucket:
    """Leaves to call: `burst` at most, refilled at `rate` a second."""

    rate: float
    burst: float
    left: float
    at: float

    def wait(self, now: float) -> float:
        """Return the seconds until there is a leave, 0 when there is one."""
        self.left = min(self.burst, self.left + (now - self.at) * self.rate)
        self.at = now
        # A hair's breadth, since sums of small times never come out even.
        return max(0.0, (1 - self.left - 1e-9) / self.rate)


class Limits:
    """How fast the app may call. Nothing is limited until `enforce`."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._buckets: dict[str, _Bucket] = {}
        self._posts: _Bucket | None = None
        self.lift()

    def enforce(
        self,
        *,
        posts_per_minute: int | None = None,
        burst: int | None = None,
        posts_per_channel: float = 1.0,
        tiers: bool = True,
    ) -> None:
        """Hold the app to Slack's limits from now on.

        `posts_per_minute` is the cap on chat.postMessage for the whole workspace, with no more than `burst`
        at one moment (a second's worth when left out); Slack does not publish its own. `posts_per_channel`
        is per second, as published. `tiers` are those of the other methods, each a minute's worth at once.
        """
        self.lift()
        self.is_enforced = True
        self._tiers = tiers
        self._posts_per_channel = posts_per_channel
        if posts_per_minute is not None:
            rate = posts_per_minute / _MINUTE
            self._posts = self._bucket(rate, max(1, burst if burst is not None else math.floor(rate)))

    def lift(self) -> None:
        """Limit nothing any more."""
        self.is_enforced = False
        self.refusals = 0
        self._tiers = False
        self._posts_per_channel = math.inf
        self._posts = None
        self._buckets = {}

    def refused_for(self, method: str, place: str) -> int | None:
        """Count one call and return None, or the whole seconds to wait when it comes too early.

        `place` is the conversation of a post: its id or, for a direct message, the person's.
        """
        if not self.is_enforced:
            return None
        buckets = self._of(method, place)
        now = self._elapsed()
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if wait > 0:
            self.refusals += 1
            return math.ceil(wait)
        for bucket in buckets:
            bucket.left -= 1
        return None

    def least_seconds(self, posts: int) -> float:
        """Return the shortest time in which so many posts, each to another place, can be made."""
        if self._posts is None:
            return 0.0
        return max(0.0, (posts - self._posts.burst) / self._posts.rate)

    def _of(self, method: str, place: str) -> list[_Bucket]:
        if method == POST:
            channel = self._kept(f"#{place}", self._posts_per_channel, 1)
            return [channel, *([self._posts] if self._posts else [])]
        if self._tiers and method in PER_MINUTE:
            return [self._kept(method, PER_MINUTE[method] / _MINUTE, PER_MINUTE[method])]
        return []

    def _kept(self, key: str, rate: float, burst: float) -> _Bucket:
        if key not in self._buckets:
            self._buckets[key] = self._bucket(rate, burst)
        return self._buckets[key]

    def _bucket(self, rate: float, burst: float) -> _Bucket:
        return _Bucket(rate, burst, left=burst, at=self._elapsed())
