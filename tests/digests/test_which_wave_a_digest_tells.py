"""A digest tells the final result of a wave that has just closed, in whatever order the jobs of the clock run."""

from datetime import timedelta
from itertools import permutations

import pytest

from bot.jobs import JOBS, ticking
from storage.words import Rhythm
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=14)
"""A digest falls due at the very moment at which wave 1 closes and, by its rhythm, wave 2 opens."""

ORDERS = list(permutations(["close_due_waves", "open_due_waves", "post_due_digests"]))


async def two_answers(office: Office) -> None:
    await office.ask_everyone(wave_days=14, rhythm=Rhythm.WEEKS, every_weeks=2)
    office.clock.now = MONDAY + timedelta(days=7)
    await office.tick()
    await office.answer({ALICE: 10, BRUNO: 9})


def dms(office: Office) -> list[str]:
    return [message.text for message in office.slack.direct_messages(MAYA)]


def final(office: Office) -> list[str]:
    return [message.text for message in office.slack.messages(GENERAL)[1:]]


@pytest.mark.parametrize("order", ORDERS, ids=[" then ".join(order) for order in ORDERS])
async def test_the_result_is_told_as_final_in_every_order_of_the_jobs(
    office: Office, order: tuple[str, ...]
) -> None:
    await two_answers(office)
    office.clock.now = DUE

    for _ in range(2):  # each job looks again and again
        for name in order:
            await JOBS[name][1](office.app.services)

    [digest] = final(office)
    assert "Wave 1, closed" in digest
    assert "2 new answers." in digest


async def test_the_running_clock_tells_it_as_the_jobs_one_by_one_do(office: Office) -> None:
    await two_answers(office)
    office.clock.now = DUE

    async with ticking(office.app.services):  # a clock looks at everything as it starts
        await office.slack.until(lambda: any("Wave 1 of “Acme” is closed." in told for told in dms(office)))
    async with ticking(office.app.services):
        await office.slack.until(lambda: bool(final(office)))

    [digest] = final(office)
    assert "Wave 1, closed" in digest


async def test_the_open_wave_has_the_week_after(office: Office) -> None:
    await two_answers(office)
    for weeks in (2, 3):
        office.clock.now = MONDAY + timedelta(weeks=weeks)
        await office.tick()

    assert "Wave 1, closed" in final(office)[0]
    assert "Wave 2, open" in final(office)[1]


async def test_a_result_that_no_new_answer_came_to_is_still_told_in_full_and_nothing_after_it(
    office: Office,
) -> None:
    await office.ask_everyone(wave_days=14)
    await office.answer({ALICE: 10, BRUNO: 9})
    for weeks in (1, 2, 3):
        office.clock.now = MONDAY + timedelta(weeks=weeks)
        await office.tick()

    told = [message.text for message in office.slack.messages(GENERAL)]
    assert [text.count("\n") > 3 for text in told] == [True, True]
    assert "Wave 1, closed" in told[1]
