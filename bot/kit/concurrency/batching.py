"""What waits together is done together, in one commit; `make bench` shows what that brings."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Given = TypeVar("Given")
Got = TypeVar("Got")

# What is done at once at most, so that nobody waits for a thousand others.
MOST = 256


class Batching(Generic[Given, Got]):
    """Does things in batches. While one is under way, those that come wait together for the next.

    `do_all` gives what came of each, in their order.
    """

    def __init__(self, do_all: Callable[[list[Given]], Awaitable[Sequence[Got]]]) -> None:
        self._do_all = do_all
        self._waiting: list[tuple[Given, asyncio.Future[Got]]] = []
        self._working: asyncio.Task[None] | None = None

    async def do(self, given: Given) -> Got:
        """Return what came of it when its batch is done; raise what went wrong with that."""
        told: asyncio.Future[Got] = asyncio.get_running_loop().create_future()
        self._waiting.append((given, told))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await told

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._do(batch)
        finally:
            self._working = None

    async def _do(self, batch: list[tuple[Given, asyncio.Future[Got]]]) -> None:
        try:
            came = await self._do_all([given for given, _ in batch])
        except Exception as error:  # noqa: BLE001 - whatever it was, each of them must hear of it
            for _, told in batch:
                if not told.done():
                    told.set_exception(error)
        else:
            for (_, told), one in zip(batch, came, strict=True):
                if not told.done():
                    told.set_result(one)
