"""Slack is asked who somebody is, or who is in a group, while nobody waits for it: what comes late is remembered for the next time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

Found = TypeVar("Found")

PATIENCE = 1.0
"""Seconds that somebody who typed or clicked waits for it: Slack shows a warning after three."""

# Slack tells of a hundred people a minute. More at once would only be told to slow down.
_AT_ONCE = 4


class Lookups:
    """One look-up for each person or group, however many ask."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._is_over = False

    async def of(self, wanted: str, look_up: Callable[[], Awaitable[Found | None]]) -> Found | None:
        """Return what `look_up` finds, or None when that takes too long; then it goes on by itself."""
        looking = self._under_way.get(wanted)
        if looking is None:
            # Tests wait for what bears a listener's name.
            looking = asyncio.create_task(self._in_turn(look_up), name=f"listener look-up {wanted}")
            self._under_way[wanted] = looking
            looking.add_done_callback(lambda _: self._under_way.pop(wanted, None))
        with suppress(TimeoutError):
            found: Found | None = await asyncio.wait_for(asyncio.shield(looking), PATIENCE)
            return found
        return None

    async def _in_turn(self, look_up: Callable[[], Awaitable[Found | None]]) -> Found | None:
        async with self._turns:
            return None if self._is_over else await look_up()

    async def end(self) -> None:
        """Begin none any more, and give up what Slack does not answer soon: the program ends."""
        self._is_over = True
        if looking := list(self._under_way.values()):
            _, late = await asyncio.wait(looking, timeout=PATIENCE)
            for one in late:
                one.cancel()
            await asyncio.gather(*late, return_exceptions=True)
