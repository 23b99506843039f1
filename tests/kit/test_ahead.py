"""The next page is read while one is worked on, and no further."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from bot.kit.concurrency.ahead import ahead


class Pages:
    """Three pages, and which of them somebody has asked for."""

    def __init__(self, *, broken: bool = False) -> None:
        self.asked = [asyncio.Event() for _ in range(3)]
        self.broken = broken
        self.given_up = False

    async def read(self) -> AsyncIterator[list[int]]:
        for number, asked in enumerate(self.asked):
            asked.set()
            if self.broken and number:
                raise ConnectionError
            yield [number]

    async def read_for_ever(self) -> AsyncIterator[list[int]]:
        yield []
        self.asked[1].set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.given_up = True
            raise


async def test_the_next_page_is_asked_for_while_one_is_worked_on() -> None:
    pages, worked_on = Pages(), []
    async for page in ahead(pages.read()):
        worked_on += page
        for asked in pages.asked[: page[0] + 2]:
            await asked.wait()
        assert not any(asked.is_set() for asked in pages.asked[page[0] + 2 :])
    assert worked_on == [0, 1, 2]


async def test_what_cannot_be_read_is_told_after_what_was_read() -> None:
    pages = Pages(broken=True)
    read = ahead(pages.read())
    assert await anext(read) == [0]
    await pages.asked[1].wait()
    with pytest.raises(ConnectionError):
        await anext(read)


async def test_who_leaves_early_waits_for_no_page() -> None:
    pages = Pages()
    async with aclosing(ahead(pages.read_for_ever())) as read:
        async for page in read:
            assert page == []
            await pages.asked[1].wait()
            break
    assert pages.given_up
