"""On a public holiday of theirs nobody is asked, reminded or told a result; deadlines and digests move."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.records import Channel, User
from bot.shell.doing import digest
from storage.tables import Reminder, Wave, WorkspaceSettings
from tests.journeys.hands import go_to
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office
from tests.workspace.changing import send, set_to, settings_form

pytestmark = pytest.mark.slow

NELL, ULRICA = "U8NELL", "U9ULRICA"
NEW_YORK = "America/New_York"
THANKSGIVING = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
"""Half past nine on that Thursday in New York."""
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
"""Nine o'clock there, the day after."""


@pytest.fixture
def office(office_on_each: Office) -> Office:
    """The office, somebody in New York, and somebody whose zone is no country's."""
    slack = office_on_each.slack
    slack.add_user(User(NELL, "nell", tz=NEW_YORK))
    slack.add_user(User(ULRICA, "ulrica", tz="UTC"))
    slack.add_channel(Channel(GENERAL, "general", (*slack.channels[GENERAL].members, NELL, ULRICA)))
    return office_on_each


async def test_who_has_a_holiday_is_asked_on_the_next_day_of_work(office: Office) -> None:
    said = await set_to(office, holidays=["US"])
    assert "Nobody is asked, reminded or told a result on a public holiday of theirs: United States." in said
    office.clock.now = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
    await office.open_wave()

    await go_to(office, THANKSGIVING)
    assert [office.asked(one) for one in (BRUNO, ALICE, NELL, ULRICA)] == [1, 1, 0, 0]
    await go_to(office, FRIDAY)

    assert [office.asked(one) for one in (NELL, ULRICA)] == [1, 1]


async def test_a_question_that_was_planned_before_waits_too(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)
    await office.open_wave()
    await set_to(office, holidays=["US"])

    await go_to(office, THANKSGIVING)

    assert office.asked(NELL) == 0


async def test_a_reminder_does_not_fall_on_a_holiday(office: Office) -> None:
    await set_to(office, holidays=["US"])
    office.clock.now = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    await office.ask_everyone(wave_days=4)  # half time is on Thursday

    due = {row.send_after.date().isoformat() for row in await office.rows(Reminder)}

    assert due == {"2026-11-26", "2026-11-27"}
    await go_to(office, THANKSGIVING.replace(hour=16))
    assert [one for one in office.slack.direct_messages(NELL) if one.thread_ts] == []


async def test_a_wave_that_would_close_on_a_holiday_closes_the_day_after_and_its_result_arrives_then(
    office: Office,
) -> None:
    await set_to(office, holidays=["US"])
    office.clock.now = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    await office.ask_everyone(wave_days=3, time_zone=NEW_YORK)

    [wave] = await office.rows(Wave)
    assert wave.closes_at == datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


async def test_a_digest_that_falls_on_a_holiday_comes_on_the_next_day_of_work_once(office: Office) -> None:
    await set_to(office, holidays=["US"])
    await office.ask_everyone(digest_weekday=3, digest_hour=9, time_zone=NEW_YORK)
    before = len(office.slack.messages(GENERAL))

    said = await digest.announce(office.app, name="Acme")
    assert "Friday, November 27" in said.text
    almost = FRIDAY - timedelta(minutes=5)
    for moment in (THANKSGIVING, FRIDAY.replace(hour=13), almost, FRIDAY, FRIDAY.replace(hour=18)):
        await go_to(office, moment)
        expected = before + (moment >= FRIDAY)
        assert len(office.slack.messages(GENERAL)) == expected, moment


async def test_a_holiday_that_is_taken_away_holds_a_digest_back_no_longer(office: Office) -> None:
    await set_to(office, holidays=["US"])
    await office.ask_everyone(digest_weekday=3, digest_hour=9, time_zone=NEW_YORK)
    await go_to(office, THANKSGIVING)
    before = len(office.slack.messages(GENERAL))

    await set_to(office, back=["holidays"])
    await go_to(office, THANKSGIVING + timedelta(minutes=15))

    assert len(office.slack.messages(GENERAL)) == before + 1


async def test_regions_are_typed_and_come_back_and_go(office: Office) -> None:
    form = await settings_form(office)
    assert "I do not know this region" in await send(office, form, regions="CA-QC, CA-XX")
    said = await send(office, office.modal(MAYA), regions="ca-qc, DE-BY", holidays=["CA"])
    assert "Canada, Canada (QC), Germany (BY)" in said
    [row] = await office.rows(WorkspaceSettings)
    assert row.holidays == ["CA", "CA-QC", "DE-BY"]

    assert await send(office, await settings_form(office)) == "Nothing was changed."

    assert "Public holidays are days like any other." in await set_to(office, back=["holidays"])
