"""What a digest calls new: whatever no digest before it has told."""

from datetime import timedelta

import pytest

from storage.words import Rhythm
from tests.journeys.office import ALICE, BRUNO, GENERAL, MONDAY, Office

pytestmark = pytest.mark.slow

DUE_IN_A_WEEK = MONDAY + timedelta(days=7)


async def test_an_answer_that_a_missed_digest_would_have_told_is_new_in_the_next(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    await office.answer({ALICE: 10})
    office.clock.now = DUE_IN_A_WEEK + timedelta(days=7)
    await office.tick()
    assert "1 new answer." in office.slack.messages(GENERAL)[-1].text


async def test_an_answer_is_new_once(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    await office.answer({ALICE: 10})
    office.clock.now = DUE_IN_A_WEEK
    await office.tick()
    office.clock.forward(hours=1)
    await office.answer({BRUNO: 9})
    office.clock.now = DUE_IN_A_WEEK + timedelta(days=7)
    await office.tick()
    office.clock.now = DUE_IN_A_WEEK + timedelta(days=14)
    await office.tick()
    told = [message.text for message in office.slack.messages(GENERAL)]
    assert ["1 new answer." in text for text in told] == [True, True]


async def test_a_survey_that_has_asked_nobody_has_no_digest(office: Office) -> None:
    await office.a_survey()
    office.clock.now = DUE_IN_A_WEEK
    await office.tick()
    assert office.slack.messages(GENERAL) == []


async def test_a_wave_that_asks_its_first_people_at_the_digest_s_hour_is_told_a_week_later(
    office: Office,
) -> None:
    await office.ask_everyone(wave_days=14, rhythm=Rhythm.WEEKS, every_weeks=4)
    posts = []
    for _ in range(5):
        office.clock.forward(days=7)
        await office.tick()
        posts.append(len(office.slack.messages(GENERAL)))

    # The first wave, its result, nothing; the second opens at this very hour, and is told a week later.
    assert posts == [1, 2, 2, 2, 3]
