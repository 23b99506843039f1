"""Waves that open and close by themselves: at the hour on the survey's wall, once, whatever happens to the clock."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.digests.posting import WEEKLY_DIGEST
from bot.jobs import HOUSEKEEPING, run_everything
from storage.surveys import agenda, editing
from storage.surveys.agenda import Appointment
from storage.tables import Result, Run, Survey, Wave
from storage.words import Rhythm
from tests.journeys.office import ALICE, ASKED, BRUNO, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

WEEK = timedelta(weeks=1)


async def begin(office: Office, rhythm: Rhythm = Rhythm.WEEKS, **changes: object) -> None:
    """Open the first wave of a survey with a rhythm, by hand, and deliver it."""
    await office.ask_everyone("Acme", rhythm=rhythm, **{"wave_days": 5, "reminders": 0} | changes)


async def waves(office: Office) -> list[Wave]:
    return sorted(await office.rows(Wave), key=lambda wave: wave.id)


async def openings(office: Office) -> list[datetime]:
    return [wave.opens_at for wave in await waves(office)]


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc,arg-type]


RHYTHMS = {
    "every two weeks, into winter": (
        {"rhythm": Rhythm.WEEKS, "every_weeks": 2},
        [utc(2026, 10, 12, 7), utc(2026, 10, 26, 8), utc(2026, 11, 9, 8)],
    ),
    "every week, into summer": (
        {"rhythm": Rhythm.WEEKS, "every_weeks": 1},
        [utc(2027, 3, 22, 8), utc(2027, 3, 29, 7), utc(2027, 4, 5, 7)],
    ),
    "monthly on the 31st": (
        {"rhythm": Rhythm.MONTHLY},
        [utc(2026, 12, 31, 8), utc(2027, 1, 31, 8), utc(2027, 2, 28, 8), utc(2027, 3, 31, 7)],
    ),
    "quarterly": (
        {"rhythm": Rhythm.QUARTERLY},
        [utc(2026, 11, 30, 8), utc(2027, 2, 28, 8), utc(2027, 5, 30, 7), utc(2027, 8, 30, 7)],
    ),
}


@pytest.mark.parametrize(("rhythm", "due"), RHYTHMS.values(), ids=RHYTHMS)
async def test_waves_open_at_the_same_hour_of_the_surveys_wall_and_not_a_second_before(
    office: Office, rhythm: dict[str, object], due: list[datetime]
) -> None:
    office.clock.now = due[0]
    await office.ask_everyone("Acme", wave_days=5, **rhythm)

    for before, opening in pairwise(due):
        office.clock.now = opening - timedelta(seconds=1)
        await office.tick()
        assert (await openings(office))[-1] == before
        office.clock.now = opening
        await office.tick()

    assert await openings(office) == due
    assert [wave.number for wave in await waves(office)] == [*range(1, len(due) + 1)]
    assert {wave.opened_by for wave in await waves(office)} == {MAYA}


async def test_a_wave_closes_by_itself_is_frozen_and_the_next_one_begins_from_nothing(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await begin(office)
    await office.answer({ALICE: 10, BRUNO: 3})

    office.clock.now = MONDAY + timedelta(days=5) - timedelta(seconds=1)
    await office.tick()
    assert await office.rows(Result) == []
    office.clock.forward(seconds=1)
    await office.tick()
    [frozen] = await office.rows(Result)
    assert (frozen.promoters, frozen.detractors, frozen.invited) == (1, 1, 4)

    office.clock.now = MONDAY + WEEK
    await office.tick()
    assert [wave.closed_at for wave in await waves(office)] == [MONDAY + timedelta(days=5), None]
    assert [office.asked(person) for person in ASKED] == [2, 2, 2, 2]
    await office.answer({ALICE: 9})
    assert await office.rows(Result) == [frozen]
    assert "NPS +100" in await office.command(ALICE, "")


async def test_the_manager_reads_of_each_wave_as_it_opens(office: Office) -> None:
    await begin(office)
    first = office.notice(MAYA)

    await office.live_until(MONDAY + WEEK, days=1)

    assert office.notice(MAYA).ts != first.ts
    assert office.notice(MAYA).text.startswith(
        "Wave 2 of “Acme” is open until Saturday, 5 December at 09:00."
    )
    assert "Sent to all 4 people." in office.notice(MAYA).text


async def test_the_rhythm_counts_from_the_first_opening_and_not_from_when_the_survey_was_made(
    office: Office,
) -> None:
    await office.a_survey(rhythm=Rhythm.WEEKS, wave_days=5)
    await office.live_until(MONDAY + timedelta(days=9, hours=2), days=3)
    assert await office.rows(Wave) == []

    await office.command(MAYA, "open Acme")
    await office.live_until(MONDAY + timedelta(days=17), days=1)

    assert await openings(office) == [MONDAY + timedelta(days=days, hours=2) for days in (9, 16)]


async def test_a_rhythm_chosen_in_the_form_is_told_in_its_preview_and_kept(office: Office) -> None:
    await office.make_survey(rhythm="weeks", every_weeks="2", wave_days="10", reminders="0")
    preview = str(office.modal(MAYA).blocks)
    assert "Monday, 7 December at 09:00" in preview

    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.live_until(MONDAY + 2 * WEEK, days=2)

    assert await openings(office) == [MONDAY, MONDAY + 2 * WEEK]


async def test_a_survey_without_a_rhythm_opens_nothing_by_itself(office: Office) -> None:
    await begin(office, Rhythm.ONCE)

    await office.live_until(MONDAY + timedelta(days=400), days=50)

    assert await openings(office) == [MONDAY]


async def test_a_clock_that_was_down_for_three_weeks_opens_once_and_late_and_then_keeps_the_rhythm(
    office: Office,
) -> None:
    await begin(office)
    late = MONDAY + 3 * WEEK + timedelta(days=4)
    office.clock.now = late

    await office.tick()
    await office.tick()

    assert await openings(office) == [MONDAY, late]
    assert (await office.newest_wave()).closes_at == MONDAY + 4 * WEEK
    assert [office.asked(person) for person in ASKED] == [2, 2, 2, 2]
    await office.live_until(MONDAY + 4 * WEEK, days=1)
    assert await openings(office) == [MONDAY, late, MONDAY + 4 * WEEK]


async def test_two_clocks_open_a_wave_once_and_ask_each_person_once(office_on_each: Office) -> None:
    office = office_on_each
    await begin(office)
    office.clock.now = MONDAY + WEEK

    async with office.another_app() as other:
        for _ in range(3):
            await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert await openings(office) == [MONDAY, MONDAY + WEEK]
    assert [office.asked(person) for person in ASKED] == [2, 2, 2, 2]
    assert await office.invited() == [{*ASKED}, {*ASKED}]


async def test_a_restart_opens_nothing_again(office: Office) -> None:
    await begin(office)
    office.clock.now = MONDAY + WEEK
    await office.tick()

    async with office.another_app() as restarted:
        await run_everything(restarted.services)

    assert await openings(office) == [MONDAY, MONDAY + WEEK]


@pytest.mark.parametrize("after", [WEEK, timedelta(days=5)], ids=["an opening", "a closing"])
async def test_a_clock_set_back_an_hour_does_nothing_twice(office_on_each: Office, after: timedelta) -> None:
    office = office_on_each
    await begin(office)
    office.clock.now = MONDAY + after
    await office.tick()
    stands = await waves(office), [office.read_by(person) for person in ASKED]

    office.clock.forward(hours=-1)
    for _ in range(3):
        await office.tick()
        office.clock.forward(minutes=40)

    assert (await waves(office), [office.read_by(person) for person in ASKED]) == stands


async def test_a_paused_survey_opens_nothing_and_after_resuming_the_latest_alone(office: Office) -> None:
    await begin(office)
    await office.live_until(MONDAY + timedelta(days=6), days=3)
    await office.command(MAYA, "pause Acme")

    await office.live_until(MONDAY + 3 * WEEK + timedelta(days=1), days=4)
    assert await openings(office) == [MONDAY]

    await office.command(MAYA, "resume Acme")
    resumed_at = office.clock.now
    await office.tick()
    assert await openings(office) == [MONDAY, resumed_at]
    await office.live_until(MONDAY + 4 * WEEK, days=2)
    assert await openings(office) == [MONDAY, resumed_at, MONDAY + 4 * WEEK]


async def test_a_survey_resumed_before_its_next_opening_opens_nothing_early(office: Office) -> None:
    await begin(office)
    await office.live_until(MONDAY + timedelta(days=5), days=5)
    await office.command(MAYA, "pause Acme")
    await office.command(MAYA, "resume Acme")

    await office.live_until(MONDAY + timedelta(days=6), hours=12)

    assert await openings(office) == [MONDAY]


async def test_what_a_wrong_clock_had_worked_out_is_put_right_within_a_day(office: Office) -> None:
    await begin(office)
    await office.tick()
    [survey] = await office.rows(Survey)
    far = MONDAY + 200 * WEEK
    async with office.books.writing() as session:
        await agenda.set_openings(session, [Appointment(survey.id, survey.next_opening_at, far)])
        await agenda.set_digests(session, [Appointment(survey.id, survey.next_digest_at, far)])

    _, look_at_all = HOUSEKEEPING["look_at_all"]
    await look_at_all(office.app.services)
    await office.live_until(MONDAY + WEEK, hours=12)

    assert await openings(office) == [MONDAY, MONDAY + WEEK]
    assert len([run for run in await office.rows(Run) if run.job == WEEKLY_DIGEST]) == 1


async def test_a_wave_that_is_still_open_delays_the_next_one_until_it_closes(office: Office) -> None:
    await office.ask_everyone(wave_days=10)
    async with office.books.writing() as session:  # as when a survey that asked once is given a rhythm
        survey = await session.get_one(Survey, 1)
        changes = {"name": survey.name, "rhythm": Rhythm.WEEKS}
        await editing.change_survey(session, survey, changes, office.clock.now)

    await office.live_until(MONDAY + timedelta(days=9), days=3)
    assert await openings(office) == [MONDAY]
    await office.live_until(MONDAY + timedelta(days=10), days=1)

    assert await openings(office) == [MONDAY, MONDAY + timedelta(days=10)]
    assert (await office.newest_wave()).closes_at == MONDAY + 2 * WEEK


async def test_a_wave_opened_by_hand_in_between_ends_before_the_next_of_the_rhythm(office: Office) -> None:
    await begin(office)
    await office.live_until(MONDAY + timedelta(days=6), days=6)

    await office.command(MAYA, "open Acme")
    assert (await office.newest_wave()).closes_at == MONDAY + WEEK
    await office.live_until(MONDAY + WEEK, hours=12)

    assert await openings(office) == [MONDAY, MONDAY + timedelta(days=6), MONDAY + WEEK]


@pytest.mark.parametrize("quarantine_days", [30])
async def test_a_wave_that_would_ask_nobody_is_taken_back_and_told_once_and_the_rhythm_goes_on(
    office: Office,
) -> None:
    await begin(office)
    office.clock.now = MONDAY + WEEK

    for _ in range(3):
        await office.tick()
        office.clock.forward(hours=1)

    assert await openings(office) == [MONDAY]
    [told] = [text for text in office.news(MAYA) if text.startswith("Wave 2")]
    assert told.startswith("Wave 2 of “Acme” found nobody to ask, so I took it back.")
    assert "4 who were asked less than 30 days ago or want no questions" in told
    await office.live_until(MONDAY + 5 * WEEK, days=7)
    assert (await openings(office))[-1] == MONDAY + 5 * WEEK
    assert [office.asked(person) for person in ASKED] == [2, 2, 2, 2]
    # Three more weeks found nobody, for the same reason: a manager hears once that this is so.
    assert len([text for text in office.news(MAYA) if "found nobody to ask" in text]) == 1
    assert "I say it this once." in told


async def test_a_wave_that_is_open_over_a_clock_change_closes_at_the_same_hour_on_the_wall(
    office: Office,
) -> None:
    office.clock.now = utc(2026, 10, 19, 7)  # nine o'clock in Paris, in summer
    await office.open_wave("Acme", wave_days=14)

    assert (await office.newest_wave()).closes_at == utc(2026, 11, 2, 8)
