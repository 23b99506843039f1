"""What follows an acknowledgement waits a little while answers are stored: a crowd's taps are safe before its modals open."""

import asyncio
from collections import deque

from bot.kit.concurrency.batching import Batching

PATIENCE = 0.25
"""Seconds for which answers go first: in a crowd that does not end, modals open in time, too. Slack gives them three."""
AT_ONCE = 4
"""As many begin together, and all that waited longer; then who came meanwhile is read. One by one they would take a tenth
longer, all in all."""


class Afterwards:
    """Lets what follows begin, a few at a time, in the order in which it came, while no batch of answers is under way.

    All of it shares one loop with the answers that come. Begun at once, what follows a batch of them would keep the next
    batch from being read.
    """

    def __init__(self, *answers: Batching) -> None:  # type: ignore[type-arg] # whatever they hold
        self._answers = answers
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()
        self._letting: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Return when it is this one's turn, or when it has waited long enough."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.append((loop.time() + PATIENCE, turn))
        if self._letting is None:
            self._letting = asyncio.create_task(self._let())
        await turn

    async def _let(self) -> None:
        now = asyncio.get_running_loop().time
        try:
            while self._waiting:
                await asyncio.sleep(0)  # who has come is read first
                for answers in self._answers:
                    await answers.done(within=self._waiting[0][0] - now())
                begun = 0
                while self._waiting and (begun < AT_ONCE or self._waiting[0][0] <= now()):
                    _, turn = self._waiting.popleft()
                    if not turn.done():
                        turn.set_result(None)
                        begun += 1
        finally:
            self._letting = None
