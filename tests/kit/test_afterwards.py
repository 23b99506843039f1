"""What follows an acknowledgement lets answers be stored first, and never waits for long."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.kit.concurrency.afterwards import AT_ONCE, PATIENCE, Afterwards
from bot.kit.concurrency.batching import Batching


class Storing:
    """Stores a batch when it is let."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self, answers: list[int]) -> Sequence[int]:
        self.entered.set()
        await self.may_end.wait()
        return answers


@pytest.fixture
async def storing() -> AsyncIterator[Storing]:
    storing = Storing()
    yield storing
    storing.may_end.set()


@pytest.fixture
async def answers(storing: Storing) -> Batching[int, int]:
    return Batching(storing)


@pytest.fixture
async def told(answers: Batching[int, int], storing: Storing) -> AsyncIterator[asyncio.Task[int]]:
    """Somebody who waits until their answer, which is under way, is stored."""
    telling = asyncio.create_task(answers.do(9))
    await storing.entered.wait()
    yield telling
    storing.may_end.set()
    await telling


async def test_a_few_begin_together_in_their_order_and_others_are_read_in_between(
    answers: Batching[int, int],
) -> None:
    afterwards, seen = Afterwards(answers), list[int | None]()

    async def following(number: int) -> None:
        await afterwards.begin()
        seen.append(number)

    async def reading() -> None:
        for _ in range(8):
            seen.append(None)
            await asyncio.sleep(0)

    await asyncio.gather(*(following(number) for number in range(AT_ONCE + 1)), reading())

    begun = [one for one in seen if one is not None]
    assert begun == [*range(AT_ONCE + 1)]
    assert None in seen[seen.index(AT_ONCE - 1) : seen.index(AT_ONCE)]


async def test_all_that_waited_long_enough_begin_together(answers: Batching[int, int]) -> None:
    afterwards, late = Afterwards(answers), 10 * AT_ONCE
    waiting = [asyncio.create_task(afterwards.begin()) for _ in range(late)]
    await asyncio.sleep(0)
    time.sleep(2 * PATIENCE)  # noqa: ASYNC251 - the loop is held up, as by a crowd
    for _ in range(6):
        await asyncio.sleep(0)
    assert [one.done() for one in waiting] == [True] * late


async def test_it_begins_when_the_batch_under_way_is_stored(
    answers: Batching[int, int], storing: Storing, told: asyncio.Task[int]
) -> None:
    following = asyncio.create_task(Afterwards(answers).begin())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not following.done()

    storing.may_end.set()
    await following
    assert told.done()


@pytest.mark.usefixtures("told")
async def test_it_waits_for_no_batch_that_does_not_end(answers: Batching[int, int]) -> None:
    loop = asyncio.get_running_loop()
    afterwards, since = Afterwards(answers), loop.time()
    await asyncio.gather(*(afterwards.begin() for _ in range(100)))
    assert PATIENCE / 2 < loop.time() - since < 10 * PATIENCE


@pytest.mark.usefixtures("told")
async def test_who_is_gone_keeps_nobody_waiting(answers: Batching[int, int]) -> None:
    afterwards = Afterwards(answers)
    gone = asyncio.create_task(afterwards.begin())
    await asyncio.sleep(0)
    gone.cancel()
    await afterwards.begin()
    assert gone.cancelled()
