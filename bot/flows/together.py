"""Small writes that wait together share one transaction: each commit costs more than what it holds."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engine import Database

Written = TypeVar("Written")


class Together:
    """Does small writes. While one commit is under way, those that come wait together for the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Callable[[AsyncSession], Awaitable[Any]], asyncio.Future[Any]]] = []
        self._working: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[AsyncSession], Awaitable[Written]]) -> Written:
        """Return what `work` returns, once it is committed; raise what went wrong with it or with those beside it."""
        told: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, told))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await told

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    async with self._database.writing() as session:
                        written = [await work(session) for work, _ in batch]
                except Exception as error:  # noqa: BLE001 - whatever it was, each of them must hear of it
                    for _, told in batch:
                        if not told.done():
                            told.set_exception(error)
                else:
                    for (_, told), one in zip(batch, written, strict=True):
                        if not told.done():
                            told.set_result(one)
        finally:
            self._working = None
