"""What a digest begins with and ends with, as it stands in its channel."""

from datetime import timedelta

import pytest

from storage.words import Rhythm
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=7)


def told(office: Office) -> list[str]:
    """Return the lines of the newest digest."""
    return office.slack.messages(GENERAL)[-1].text.splitlines()


async def test_a_week_in_which_a_wave_opened_begins_with_that(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    await office.answer({ALICE: 10})
    office.clock.now = DUE
    await office.tick()

    assert told(office)[2:4] == ["Wave 1 has opened: 1 of 4 answered (25%).", "1 new answer."]


async def test_the_weeks_after_it_begin_with_the_answers(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    office.clock.now = DUE
    await office.tick()
    await office.answer({ALICE: 10})
    office.clock.now = DUE + timedelta(days=7)
    await office.tick()

    assert told(office)[2] == "1 new answer."
    assert "has opened" not in "\n".join(told(office))


async def test_a_closing_begins_with_its_verdict_once_and_ends_with_what_comes(office: Office) -> None:
    await office.ask_everyone(wave_days=14, rhythm=Rhythm.WEEKS, every_weeks=4)
    await office.answer({ALICE: 10, BRUNO: 9})
    for _ in range(5):
        office.clock.forward(days=7)
        await office.tick()
    await office.answer({ALICE: 3, BRUNO: 10, CHEN: 8})
    office.clock.forward(days=7)
    await office.tick()

    lines = told(office)
    assert lines[1].startswith("Wave 2, closed on")
    assert lines[2] == "−100 since wave 1 (+100): too few answers to compare."
    assert sum("since wave 1" in line for line in lines) == 1
    assert lines[-1] == "Wave 3 opens on 18 January 2027."


async def test_a_first_closing_says_how_many_answered(office: Office) -> None:
    await office.ask_everyone(wave_days=7)
    await office.answer({ALICE: 10, BRUNO: 9})
    office.clock.now = DUE
    await office.tick()

    assert told(office)[2] == "Wave 1 has closed: 2 of 4 answered (50%)."
    assert not any(" opens on " in line for line in told(office))


async def test_what_comes_is_the_wave_that_is_open_already(office: Office) -> None:
    await office.ask_everyone(wave_days=14, rhythm=Rhythm.WEEKS, every_weeks=2)
    await office.answer({ALICE: 10})
    for _ in range(2):
        office.clock.forward(days=7)
        await office.tick()

    assert told(office)[1].startswith("Wave 1, closed on")
    assert told(office)[-1] == "Wave 2 is open until 21 December 2026."


async def test_of_a_weekly_survey_the_trend_goes_before_one_more_week(office_on_each: Office) -> None:
    office = office_on_each
    office.clock.now = MONDAY - timedelta(weeks=20)
    survey = await office.a_survey(rhythm=Rhythm.WEEKS, every_weeks=1, wave_days=6)
    async with office.books.writing() as session:
        for number in range(1, 16):
            scores = [9] * 9 + [8] * 3 + [3] * 2 if number < 13 else [9] * 2 + [8] * 2 + [3] * 10
            await a_closed_wave(session, survey, scores, number=number)
    office.clock.now = MONDAY - timedelta(weeks=4, days=3)
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({ALICE: 3, BRUNO: 3, CHEN: 8})
    office.clock.now = MONDAY - timedelta(weeks=4)
    await office.command(MAYA, "close Acme")
    await office.tick()

    assert told(office)[2].startswith("The last 4 waves against the 12 before: −")
    assert told(office)[2].endswith(", down by more than chance explains.")
