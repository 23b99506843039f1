"""Turns to speak: in order, no faster than Slack allows, and none once the clock ends."""

import asyncio

import pytest

from bot.kit.concurrency.pace import SpeakingTurns
from storage.database.engine import Database
from storage.kit import people
from tests.builders import WORKSPACE

AN_HOUR = 3600


@pytest.fixture(autouse=True)
async def workspace(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")


async def test_a_seconds_worth_may_go_at_once_and_the_next_waits(database: Database) -> None:
    pace = SpeakingTurns(database, WORKSPACE, 240)
    assert [await pace.turn() for _ in range(4)] == [True] * 4


async def test_a_turn_that_is_far_off_is_waited_for_and_ends_with_the_clock(database: Database) -> None:
    slow = SpeakingTurns(database, WORKSPACE, 10)
    assert await slow.turn()
    next_one = asyncio.create_task(slow.turn())
    done, _ = await asyncio.wait([next_one], timeout=0.05)
    assert done == set()
    slow.close()
    assert not await next_one


async def test_turns_come_in_the_order_in_which_they_were_asked_for(database: Database) -> None:
    pace, served = SpeakingTurns(database, WORKSPACE, 600), list[int]()

    async def speak(number: int) -> None:
        assert await pace.turn()
        served.append(number)

    await asyncio.gather(*(speak(number) for number in range(13)))

    assert served == list(range(13))


async def test_nobody_speaks_while_slack_says_wait_and_all_who_wait_hear_of_the_end(
    database: Database,
) -> None:
    pace = SpeakingTurns(database, WORKSPACE, 6000)
    await pace.slow_down(AN_HOUR)
    waiting = [asyncio.create_task(pace.turn()) for _ in range(5)]
    done, _ = await asyncio.wait(waiting, timeout=0.05)
    assert done == set()

    pace.close()

    async with asyncio.timeout(5):
        assert await asyncio.gather(*waiting) == [False] * 5


async def test_what_slack_asked_for_is_waited_for_and_then_it_goes_on(database: Database) -> None:
    loop, pace = asyncio.get_running_loop(), SpeakingTurns(database, WORKSPACE, 6000)
    begun = loop.time()
    await pace.slow_down(0.3)

    assert await pace.turn()
    assert loop.time() - begun >= 0.3


async def test_a_refusal_while_somebody_waits_makes_them_wait_longer(database: Database) -> None:
    pace = SpeakingTurns(database, WORKSPACE, 6000)
    await pace.slow_down(0.1)
    waiting = asyncio.create_task(pace.turn())
    await asyncio.sleep(0)

    await pace.slow_down(AN_HOUR)

    done, _ = await asyncio.wait([waiting], timeout=0.3)
    assert done == set()
    pace.close()
    assert not await waiting


async def test_nothing_goes_once_it_is_closed_until_it_opens_again(database: Database) -> None:
    pace = SpeakingTurns(database, WORKSPACE, 6000)
    pace.close()
    assert not await pace.turn()

    pace.open()

    assert await pace.turn()
