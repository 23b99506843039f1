"""One at a time for each thing, while different things go on side by side."""

import asyncio
from weakref import WeakValueDictionary


class KeyedLock:
    """A lock for each key, gone when nobody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: int) -> asyncio.Lock:
        return self._locks.setdefault(key, asyncio.Lock())
