"""A wave that was closed early, or by a clock that was ahead, takes answers again within a week."""

from datetime import timedelta

import pytest

from bot.kit.people import Who
from bot.privacy.erasing import erase
from bot.waves.rules.reopening import reopened_until
from storage.tables import Invitation, Result, Wave
from storage.words import InvitationState, Rhythm
from tests.journeys.hands import actions, click, go_to, open_in, posted, put_off, state_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

NOTHING = (
    "“Acme” has no wave to reopen: a wave can be reopened within a week, if it was closed before its time."
)
DAY = timedelta(days=1)


async def test_a_wave_closed_early_takes_answers_again_until_its_time(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close")

    asked = await office.typed(MAYA, "reopen")
    assert asked.splitlines() == [
        "Reopen wave 1 of “Acme”?",
        "3 people who had not answered can answer after all, until Monday, 7 December at 09:00.",
        "Answers can be changed again until then. Its result is counted again when it closes.",
    ]
    assert (await office.newest_wave()).closed_at is not None
    assert await office.agree(MAYA) == "Wave 1 of “Acme” takes answers again."

    assert await office.rows(Result) == []
    assert await state_of(office, BRUNO) is InvitationState.DELIVERED
    await office.answer({BRUNO: 2})
    await go_to(office, MONDAY + 14 * DAY)
    [result] = await office.rows(Result)
    assert (result.promoters, result.detractors, result.invited) == (1, 1, 4)


async def test_each_stands_where_they_stood_and_reminders_still_come_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await put_off(office, BRUNO, "tomorrow")
    await office.command(MAYA, "close")
    await office.command(MAYA, "reopen")

    rows = {one.user_id: one for one in await office.rows(Invitation)}
    assert rows[BRUNO].state is InvitationState.PLANNED
    assert rows[CHEN].state is InvitationState.DELIVERED
    await office.live_until(MONDAY + 14 * DAY, hours=6)
    reminded = [one for one in office.slack.direct_messages(CHEN) if one.thread_ts]
    assert len(reminded) == 1
    assert office.asked(BRUNO) == 2  # the first time, and when they had asked for


async def test_a_planning_that_the_closing_cut_short_goes_on(office: Office) -> None:
    await office.open_wave()
    await office.command(MAYA, "close")
    await office.command(MAYA, "reopen")
    await office.tick()

    assert [office.asked(user) for user in (MAYA, ALICE, BRUNO, CHEN)] == [1, 1, 1, 1]


async def test_an_open_question_has_its_buttons_again(office: Office) -> None:
    await open_in(office)
    await office.command(MAYA, "close")
    assert "open.score.9" not in actions(posted(office))

    await office.command(MAYA, "reopen")

    assert "open.score.9" in actions(posted(office))


async def test_what_cannot_be_reopened_says_why(office: Office) -> None:
    await office.a_survey()
    assert await office.typed(MAYA, "reopen Acme") == NOTHING
    await office.command(MAYA, "open")
    assert (await office.typed(MAYA, "reopen Acme")).startswith("A wave of “Acme” is already open.")
    await office.command(MAYA, "close")
    office.clock.forward(days=8)
    assert await office.typed(MAYA, "reopen Acme") == NOTHING
    assert await office.typed(ALICE, "reopen Acme") == (
        "Only managers can do this. Ask a workspace admin or owner."
    )


async def test_a_wave_of_which_somebody_was_erased_says_why_it_stays_closed(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.command(MAYA, "close")
    await office.typed(MAYA, "reopen")
    asked = office.read_by(MAYA)[-1]
    services = office.app.services
    await erase(services, Who(services.workspace_id, BRUNO))
    why = (
        "The last wave of “Acme” cannot be reopened: answers of it are erased, and its result, which counts them still, "
        "would change."
    )

    assert await office.hear(MAYA, click(office, MAYA, asked, "wave.agreed_reopen")) == why
    assert await office.typed(MAYA, "reopen") == why
    [result] = await office.rows(Result)
    assert (result.promoters, result.detractors) == (1, 1)


async def test_an_old_question_reopens_nothing_beside_a_wave_that_has_opened_since(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.command(MAYA, "close")
    await office.typed(MAYA, "reopen")
    asked = office.read_by(MAYA)[-1]
    await office.command(MAYA, "open")

    said = await office.hear(MAYA, click(office, MAYA, asked, "wave.agreed_reopen"))

    assert said.startswith("A wave of “Acme” is already open.")
    assert [one.closed_at is None for one in await office.rows(Wave)] == [False, True]


@pytest.mark.parametrize(
    ("closed", "closes", "now", "following", "until"),
    [
        (2, 14, 3, None, 14),  # early: until its time
        (2, 14, 3, 10, 10),  # and not into the next wave
        (2, 4, 8, None, 10),  # its time has passed: it gets the two days that it lost
        (14, 14, 3, None, 14),  # by a clock that was ahead
        (14, 14, 15, None, None),  # in its time
        (2, 14, 10, None, None),  # more than a week ago
        (2, 14, 9, None, 14),  # a week ago
    ],
)
def test_until_when_a_reopened_wave_is_open(
    closed: int, closes: int, now: int, following: int | None, until: int | None
) -> None:
    found = reopened_until(
        MONDAY + closed * DAY,
        MONDAY + closes * DAY,
        MONDAY + now * DAY,
        None if following is None else MONDAY + following * DAY,
    )
    assert found == (None if until is None else MONDAY + until * DAY)


async def test_the_rhythm_goes_on_after_a_reopened_wave(office: Office) -> None:
    await office.ask_everyone(rhythm=Rhythm.WEEKS, every_weeks=2, wave_days=14)
    await office.command(MAYA, "close")
    await office.command(MAYA, "reopen")
    await office.live_until(MONDAY + 15 * DAY, hours=12)

    assert [one.number for one in await office.rows(Wave)] == [1, 2]
