"""A phone and a laptop at the same moment: one answer, and a message that tells the truth about it."""

import asyncio

from storage.tables import Answer
from tests.journeys.office import ALICE, Office, listeners_finish


async def test_two_taps_at_once_leave_one_answer(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    phone = laptop = office.question(ALICE)

    replies = await asyncio.gather(
        office.driver.click(ALICE, phone, "answer.score.3"),
        office.driver.click(ALICE, laptop, "answer.score.9"),
    )
    await listeners_finish()

    assert [reply.status for reply in replies] == [200, 200]
    [answer] = await office.rows(Answer)
    assert answer.score in {3, 9}
    assert f"You chose {answer.score}." in office.question(ALICE).text


async def test_the_message_shows_the_last_tap_though_slack_took_the_first_ones_update_late(
    office: Office,
) -> None:
    await office.ask_everyone()
    question = office.question(ALICE)
    office.slack.faults.delay("response_url", 0.1)

    await office.driver.click(ALICE, question, "answer.score.3")
    await office.slack.until(lambda: bool(office.slack.modal(ALICE)))
    await office.driver.click(ALICE, question, "answer.score.9")
    await listeners_finish()

    [answer] = await office.rows(Answer)
    assert answer.score == 9
    assert "You chose 9." in office.question(ALICE).text


async def test_two_taps_at_once_through_two_processes_leave_one_answer(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    async with office.another_app() as other:
        here = asyncio.create_task(office.tap(ALICE, 3))
        await asyncio.sleep(0)  # it is on its way to the first
        office.slack.request_url = other.web
        there = asyncio.create_task(office.tap(ALICE, 9))

        assert [(await reply).status for reply in (here, there)] == [200, 200]
        await listeners_finish()

    [answer] = await office.rows(Answer)
    assert answer.score in {3, 9}
