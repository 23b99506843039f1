"""What waits together is done together, and each hears what became of it."""

import asyncio
from collections.abc import Sequence

from bot.kit.concurrency.batching import ENOUGH, Batching


class Work:
    """Doubles numbers, a batch at a time, each time when it is let; it cannot double 13."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.entered = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self, numbers: list[int]) -> Sequence[int]:
        self.batches.append(numbers)
        self.entered.set()
        await self.may_end.wait()
        if 13 in numbers:
            raise LookupError
        return [2 * number for number in numbers]


async def test_each_gets_its_own_answer_from_one_batch() -> None:
    work = Work()
    work.may_end.set()
    together = Batching(work)
    assert await asyncio.gather(*(together.do(number) for number in range(5))) == [0, 2, 4, 6, 8]
    assert work.batches == [[0, 1, 2, 3, 4]]


async def test_what_comes_meanwhile_waits_for_the_next_batch() -> None:
    work = Work()
    together = Batching(work)
    first = asyncio.create_task(together.do(1))
    await work.entered.wait()
    others = [asyncio.create_task(together.do(number)) for number in (2, 3)]
    await asyncio.sleep(0)
    assert work.batches == [[1]]

    work.may_end.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6]
    assert work.batches == [[1], [2, 3]]


async def test_who_is_on_the_way_comes_along() -> None:
    work = Work()
    work.may_end.set()
    together = Batching(work)

    async def on_the_way(number: int) -> int:
        for _ in range(3):  # as while a request is read
            await asyncio.sleep(0)
        return await together.do(number)

    doing = [together.do(1), on_the_way(2), on_the_way(3)]
    assert await asyncio.gather(*doing) == [2, 4, 6]
    assert work.batches == [[1, 2, 3]]


async def test_who_waits_is_not_put_off_by_those_who_come_one_after_another() -> None:
    work = Work()
    together = Batching(work)
    coming = []
    for number in range(14, 14 + 3 * ENOUGH):
        coming.append(asyncio.create_task(together.do(number)))
        await asyncio.sleep(0)
    assert [len(batch) for batch in work.batches] == [ENOUGH]

    work.may_end.set()
    assert await asyncio.gather(*coming) == [2 * number for number in range(14, 14 + 3 * ENOUGH)]


async def test_where_a_batch_fails_all_in_it_hear_and_the_next_goes_on() -> None:
    work = Work()
    work.may_end.set()
    together = Batching(work)
    told = await asyncio.gather(together.do(1), together.do(13), return_exceptions=True)
    assert [type(one) for one in told] == [LookupError, LookupError]
    assert await together.do(1) == 2


async def test_a_caller_that_stops_waiting_stops_no_other() -> None:
    work = Work()
    together = Batching(work)
    impatient, patient = asyncio.create_task(together.do(1)), asyncio.create_task(together.do(2))
    await work.entered.wait()
    impatient.cancel()
    work.may_end.set()
    assert await patient == 4
    assert await together.do(3) == 6
