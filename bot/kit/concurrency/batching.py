"""What waits together is done together, in one commit; `make bench` shows what that brings."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")

MOST = 256
"""What is done at once at most, so that nobody waits for a thousand others."""
ENOUGH = 64
"""For no more than these does a batch wait: each costs it the time in which a request is read."""
_QUIET_PASSES, _QUIET_SECONDS = 6, 0.05
"""Passes of the event loop, and how long they take, in which nobody came. A request needs a few passes to be read."""


class Batching(Generic[Given, Got]):
    """Does things in batches. While one is under way, those that come wait together for the next.

    A batch begins when nobody else is on the way: one that is alone waits for a few turns of an idle loop, and a crowd
    shares a commit. `do_all` gives what came of each, in their order.
    """

    def __init__(self, do_all: Callable[[list[Given]], Awaitable[Sequence[Got]]]) -> None:
        self._do_all = do_all
        self._waiting: list[tuple[Given, asyncio.Future[Got]]] = []
        self._working: asyncio.Task[None] | None = None
        self._under_way: asyncio.Future[Sequence[Got]] | None = None

    async def do(self, given: Given) -> Got:
        """Return what came of it when its batch is done; raise what went wrong with that."""
        told: asyncio.Future[Got] = asyncio.get_running_loop().create_future()
        self._waiting.append((given, told))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await told

    async def done(self, within: float) -> None:
        """Return when the batch that is under way is done, after as many seconds at most."""
        if self._under_way:
            await asyncio.wait((self._under_way,), timeout=max(0, within))

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._let_in()
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._do(batch)
        finally:
            self._working = None

    async def _let_in(self) -> None:
        """Wait while others come."""
        now = asyncio.get_running_loop().time
        came, passes, since = 0, 0, now()
        while len(self._waiting) < ENOUGH and passes < _QUIET_PASSES and now() - since < _QUIET_SECONDS:
            if len(self._waiting) > came:
                came, passes, since = len(self._waiting), 0, now()
            passes += 1
            await asyncio.sleep(0)

    async def _do(self, batch: list[tuple[Given, asyncio.Future[Got]]]) -> None:
        self._under_way = doing = asyncio.ensure_future(self._do_all([given for given, _ in batch]))
        try:
            came = await doing
        except Exception as error:  # noqa: BLE001 - whatever it was, each of them must hear of it
            for _, told in batch:
                if not told.done():
                    told.set_exception(error)
        else:
            for (_, told), one in zip(batch, came, strict=True):
                if not told.done():
                    told.set_result(one)
        finally:
            self._under_way = None
