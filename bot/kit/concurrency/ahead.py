"""The next page is read while this one is worked on."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

Page = TypeVar("Page")


async def ahead(pages: AsyncIterator[Page]) -> AsyncGenerator[Page, None]:
    """Give the pages in their order, and wait for the next one meanwhile; what that raises is raised in its turn.

    Close it to leave before the end: the next page is waited for no more.
    """
    following = asyncio.ensure_future(anext(pages, None))
    try:
        while (page := await following) is not None:
            following = asyncio.ensure_future(anext(pages, None))
            yield page
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
