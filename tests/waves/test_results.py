"""The result arrives: a new message to the manager, once a closing and in their hours; the channel's as its survey says."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from storage.tables import Run
from storage.words import Rhythm, RunState
from tests.journeys.hands import go_to
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def cards(office: Office) -> list[str]:
    """Return the final cards that the manager got as new messages."""
    return [
        one.text
        for one in office.slack.direct_messages(MAYA)
        if one.text.startswith("Wave 1 of “Acme” is closed.") and not one.edited
    ]


async def test_the_manager_gets_the_final_card_once_whatever_clocks_run(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 10, BRUNO: 9})
    office.clock.now = MONDAY + 14 * DAY

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    [card] = cards(office)
    assert "NPS +100" in card
    await office.live_until(MONDAY + 30 * DAY, hours=12)
    assert len(cards(office)) == 1


async def test_it_waits_for_decent_hours(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], tz="Asia/Tokyo"))
    await office.ask_everyone()
    await office.answer({ALICE: 10})

    await go_to(office, MONDAY + 14 * DAY)  # five in the afternoon in Tokyo
    assert cards(office) == []
    await go_to(office, MONDAY + 14 * DAY + 16 * HOUR)  # nine in the morning
    assert len(cards(office)) == 1


async def test_a_refusal_is_in_the_ledger_and_not_repeated(office: Office) -> None:
    await office.ask_everyone()
    office.clock.now = MONDAY + 14 * DAY
    office.slack.faults.answer("chat.postMessage", "is_archived", to=MAYA)
    await office.tick()
    await office.tick()

    assert cards(office) == []
    [run] = [one for one in await office.rows(Run) if one.job == "wave_result"]
    assert (run.state, run.code) == (RunState.FAILED, "is_archived")


async def test_a_wave_that_is_reopened_and_closes_again_is_told_again(office: Office) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "close")
    await office.tick()
    assert len(cards(office)) == 1
    await office.command(MAYA, "reopen")
    await office.tick()  # the questions get their buttons back
    await office.answer({ALICE: 10})
    await go_to(office, MONDAY + 14 * DAY)

    assert ["NPS +100" in card for card in cards(office)] == [False, True]


@pytest.mark.parametrize("at_closing", [True, False])
async def test_the_channel_reads_the_final_result_once(office_on_each: Office, *, at_closing: bool) -> None:
    office = office_on_each
    await office.ask_everyone(wave_days=10, result_at_closing=at_closing)
    await office.answer({ALICE: 10})
    await office.live_until(MONDAY + 24 * DAY, hours=12)

    told = [(one.ts, one.text) for one in office.slack.messages(GENERAL)]
    final = [text for _, text in told if "closed" in text]
    assert len(final) == 1
    assert final[0].startswith("Wave 1 of “Acme” is closed." if at_closing else "Acme: NPS")
    assert len(told) == 2  # the first week's digest, and the result


async def test_without_a_channel_nothing_is_posted_and_the_manager_hears_all_the_same(office: Office) -> None:
    await office.ask_everyone(digest_channel=None)
    await office.answer({ALICE: 10})
    await office.live_until(MONDAY + 30 * DAY, hours=12)

    assert office.slack.messages(GENERAL) == []
    assert len(cards(office)) == 1


async def test_nobody_has_answered_yet_is_said_once_a_wave_and_nothing_where_nothing_is_new(
    office: Office,
) -> None:
    await office.ask_everyone(rhythm=Rhythm.MONTHLY, wave_days=28)
    await office.live_until(MONDAY + 27 * DAY, hours=6)

    [said] = [one.text for one in office.slack.messages(GENERAL)]
    assert "Nobody has answered yet." in said or "the first answer will show here" in said


async def test_the_manager_is_not_told_of_an_opening_at_midnight(office: Office) -> None:
    await office.ask_everyone(rhythm=Rhythm.CONTINUOUS)
    december = MONDAY + 8 * DAY - 9 * HOUR  # the first midnight of December in Paris

    await office.live_until(december + 2 * HOUR, hours=1)
    assert not [one for one in office.read_by(MAYA) if "Wave 2" in one.text]
    await office.live_until(december + 11 * HOUR, hours=1)
    assert "Wave 2 of “Acme” is open" in office.notice(MAYA).text
