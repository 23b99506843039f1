"""All messages of one workspace, one after the other at the pace that Slack allows."""

import asyncio
import time
from contextlib import suppress

from bot.kit.rules.pacing import full_bucket, refused, seconds_to_wait, sent


class Pace:
    """The turns to speak in one workspace, handed out in the order in which they are asked for."""

    def __init__(self, per_minute: int) -> None:
        # Half a second's worth at once: some messages are late on their way, and reach Slack together with the next.
        self._bucket = full_bucket(per_minute, max(1.0, per_minute / 120), time.monotonic())
        self._line = asyncio.Lock()
        self._closed = asyncio.Event()

    async def turn(self) -> bool:
        """Return True when the next message may be sent; False, and at once, when none is to be sent any more."""
        async with self._line:
            while not self._closed.is_set() and (seconds := seconds_to_wait(self._bucket, time.monotonic())):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), seconds)
            self._bucket = sent(self._bucket, time.monotonic())
            return not self._closed.is_set()

    def slow_down(self, retry_after: float) -> None:
        """Slack said 429: nothing for so many seconds, then slower for a while."""
        self._bucket = refused(self._bucket, time.monotonic(), retry_after)

    def open(self) -> None:
        """Let messages go: the clock begins."""
        self._closed.clear()

    def close(self) -> None:
        """Let nothing new begin: the clock is about to end."""
        self._closed.set()
