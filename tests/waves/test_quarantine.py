"""The quarantine: the days from one question that reached a person to the next, whichever survey asks."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.audience import Audience
from storage.words import LeftOutBecause, Rhythm
from tests.journeys.office import (
    ALICE,
    ASKED,
    BRUNO,
    CHEN,
    GENERAL,
    MAYA,
    MONDAY,
    OUTSIDER,
    Office,
    listeners_finish,
)

pytestmark = pytest.mark.slow

ONLY_ALICE = Audience(people=(ALICE,))
BOTH_GROUPS = Audience(channels=(GENERAL,), people=(OUTSIDER,))
SATURDAY = datetime(2026, 11, 28, 10, tzinfo=UTC)


@pytest.fixture
def quarantine_days() -> int:
    return 30


def counts(office: Office) -> dict[str, int]:
    return {person: office.asked(person) for person in (*ASKED, OUTSIDER)}


async def test_people_asked_by_one_survey_are_left_out_of_another_and_the_others_are_not(
    office: Office,
) -> None:
    await office.ask_everyone("Acme", audience=ONLY_ALICE, wave_days=7)
    office.clock.forward(days=1)

    await office.ask_everyone("Pulse", wave_days=7)

    assert await office.invited() == [{ALICE}, {MAYA, BRUNO, CHEN}]
    assert (await office.newest_wave()).left_out[LeftOutBecause.QUARANTINED] == 1
    assert "1 who was asked less than 30 days ago or wants no questions" in office.notice(MAYA).text


async def test_who_answered_in_app_home_before_the_message_went_is_in_quarantine(
    office_on_each: Office,
) -> None:
    office = office_on_each
    office.clock.now = SATURDAY
    await office.open_wave("Acme", audience=ONLY_ALICE, wave_days=7)
    await office.driver.open_home(ALICE)
    await office.slack.until(lambda: ALICE in office.slack.homes)
    await office.driver.click(ALICE, office.slack.homes[ALICE], "answer.score.9")
    await listeners_finish()
    assert (await office.answers())[ALICE].score == 9

    await office.a_survey("Pulse", audience=BOTH_GROUPS, wave_days=7)
    await office.command(MAYA, "open Pulse")

    assert await office.invited() == [{ALICE}, {MAYA, BRUNO, CHEN, OUTSIDER}]


async def test_two_surveys_opened_before_working_hours_ask_each_person_once(office_on_each: Office) -> None:
    office = office_on_each
    office.clock.now = SATURDAY
    await office.open_wave("Acme", wave_days=7)

    await office.a_survey("Pulse", audience=BOTH_GROUPS, wave_days=7)
    await office.command(MAYA, "open Pulse")
    await office.live_until(SATURDAY + timedelta(days=4), hours=4)

    assert counts(office) == dict.fromkeys((*ASKED, OUTSIDER), 1)
    assert await office.invited() == [{*ASKED}, {OUTSIDER}]


async def test_a_quarantine_that_ends_while_the_wave_is_open_puts_the_question_off_until_that_day(
    office: Office,
) -> None:
    await office.ask_everyone("Acme", audience=ONLY_ALICE, wave_days=7)
    office.clock.forward(days=25)  # a Friday
    await office.ask_everyone("Pulse", wave_days=14)
    assert counts(office) == {MAYA: 1, ALICE: 1, BRUNO: 1, CHEN: 1, OUTSIDER: 0}

    thirtieth_day = datetime(2026, 12, 23, 7, tzinfo=UTC)  # nine o'clock in Johannesburg
    await office.live_until(thirtieth_day - timedelta(seconds=1), hours=6)
    assert office.asked(ALICE) == 1
    await office.live_until(thirtieth_day, seconds=1)
    await office.live_until(thirtieth_day + timedelta(days=3), hours=6)
    assert office.asked(ALICE) == 2


async def test_the_preview_says_who_is_asked_later_in_the_wave(office: Office) -> None:
    await office.ask_everyone("Acme", audience=ONLY_ALICE, wave_days=7)
    office.clock.forward(days=25)

    await office.make_survey(name="Pulse", wave_days="14")

    assert (
        "4 people get one direct message each. 1 of them later in the wave, when 30 days have passed"
        in str(office.modal(MAYA).blocks)
    )


async def test_a_monthly_survey_asks_everyone_each_month_although_february_is_short(office: Office) -> None:
    office.clock.now = datetime(2027, 1, 29, 8, tzinfo=UTC)
    await office.ask_everyone("Acme", rhythm=Rhythm.MONTHLY, wave_days=14, reminders=0)

    for month in (2, 3, 4, 5):
        office.clock.now = datetime(2027, month, 28, 8, tzinfo=UTC)
        await office.live_until(office.clock.now + timedelta(days=6), hours=4)

    assert counts(office) == dict.fromkeys(ASKED, 5) | {OUTSIDER: 0}


async def test_a_question_that_slack_refused_keeps_nobody_in_quarantine(office: Office) -> None:
    await office.open_wave("Acme", audience=ONLY_ALICE, wave_days=7)
    office.slack.faults.answer("chat.postMessage", "restricted_action", to=ALICE)
    await office.tick()

    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=7)

    assert office.asked(ALICE) == 1


async def test_a_question_that_was_never_sent_before_its_wave_closed_keeps_nobody_in_quarantine(
    office: Office,
) -> None:
    await office.open_wave("Acme", audience=ONLY_ALICE, wave_days=7)
    await office.command(MAYA, "close Acme")

    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=7)

    assert office.asked(ALICE) == 1


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
@pytest.mark.parametrize("is_closed", [False, True])
async def test_a_question_of_which_nobody_knows_whether_it_arrived_counts_as_one_that_did(
    office: Office, fault: str, *, is_closed: bool
) -> None:
    await office.open_wave("Acme", audience=ONLY_ALICE, wave_days=7)
    getattr(office.slack.faults, fault)("chat.postMessage", to=ALICE)
    await office.tick()
    if is_closed:
        await office.command(MAYA, "close Acme")

    await office.a_survey("Pulse", wave_days=7)
    await office.command(MAYA, "open Pulse")

    assert await office.invited() == [{ALICE}, {MAYA, BRUNO, CHEN}]


async def test_an_answer_shows_that_a_question_arrived_which_slack_never_confirmed(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.open_wave("Acme", audience=ONLY_ALICE, wave_days=7)
    office.slack.faults.drop_after("chat.postMessage", to=ALICE)
    await office.tick()
    await office.answer({ALICE: 9})

    await office.a_survey("Pulse", wave_days=7)
    await office.command(MAYA, "open Pulse")

    assert await office.invited() == [{ALICE}, {MAYA, BRUNO, CHEN}]


@pytest.mark.parametrize("quarantine_days", [0])
async def test_without_a_quarantine_two_surveys_may_ask_on_one_day(office: Office) -> None:
    office.clock.now = SATURDAY
    await office.open_wave("Acme", wave_days=7)
    await office.open_wave("Pulse", wave_days=7)

    await office.live_until(MONDAY + timedelta(days=8), hours=4)

    assert counts(office) == dict.fromkeys(ASKED, 2) | {OUTSIDER: 0}
