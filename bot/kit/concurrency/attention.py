"""How much is read for people at once: what was acknowledged waits in a short line, so that taps never wait behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import Refused
from bot.kit.views import notices

AT_ONCE = 4
WAITING = 60
"""As many as are served within the half hour that an answer's address lives, and within anybody's patience."""


class Attention:
    """Serves a few readers at once and lets some wait; refuses the others with a sentence."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._room = at_once + waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn. Raises Refused, and at once, when too many wait."""
        if not self._room:
            raise Refused("busy", notices.busy)
        self._room -= 1
        try:
            async with self._slots:
                yield
        finally:
            self._room += 1
