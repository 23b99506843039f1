"""What takes long to write is written piece by piece, so that nobody's tap waits for it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.engine import Database

Key = TypeVar("Key", int, str, bytes)

_GAP = 0.03
"""Seconds between pieces at the least: who waits for SQLite's one writer looks every 25 ms (its busy handler)."""


class Pieces:
    """The pieces of one long work, each a transaction; before the next, others have as long as the last one took."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rest = 0.0

    @asynccontextmanager
    async def next(self) -> AsyncIterator[AsyncSession]:
        """Give the session of one piece, committed on leaving."""
        await asyncio.sleep(self._rest)
        began = time.monotonic()
        async with self._database.writing() as session:
            yield session
        self._rest = max(_GAP, time.monotonic() - began)

    async def each(
        self,
        keys_after: Callable[[AsyncSession, Key], Awaitable[Sequence[Key]]],
        change: Callable[[AsyncSession, Sequence[Key]], Awaitable[None]],
        *,
        start: Key,
        size: int,
    ) -> None:
        """Change rows, `size` of them a piece, in the order of their keys.

        `keys_after` reads the next of these, by the page; `start` comes before all of them.
        """
        after = start
        while True:
            async with self._database.reading() as session:
                page = await keys_after(session, after)
            if not page:
                return
            for first in range(0, len(page), size):
                async with self.next() as session:
                    await change(session, page[first : first + size])
            after = page[-1]
