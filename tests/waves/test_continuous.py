"""A continuous survey: a wave a month, and each person once a period on a working day of their own."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel, User
from storage.audience import Audience
from storage.tables import Invitation, Result, Wave
from storage.words import Rhythm
from tests.journeys.office import ALICE, MAYA, Office

pytestmark = pytest.mark.slow

CROWDED = "C4CROWDED"
ZONES = ("Europe/Paris", "America/Los_Angeles", "Asia/Shanghai")
FIRST_MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
PERIOD = timedelta(weeks=5)


@pytest.fixture
def quarantine_days() -> int:
    return PERIOD.days


def zone_of(number: int) -> str:
    return ZONES[number % len(ZONES)]


def colleague(user_id: str, number: int) -> User:
    return User(user_id, f"person{number}", tz=zone_of(number))


async def open_continuous(office: Office, size: int, begins: datetime = FIRST_MONDAY) -> Crowd:
    """Open the first wave of a continuous survey of so many people."""
    crowd = office.slack.add_crowd(Crowd(size, person=colleague))
    office.slack.add_channel(Channel(CROWDED, "crowded", members=crowd))
    office.clock.now = begins
    await office.open_wave(rhythm=Rhythm.CONTINUOUS, audience=Audience(channels=(CROWDED,)), reminders=0)
    return crowd


def asked_at(office: Office, person: str, number: int) -> list[datetime]:
    """Return when this person was asked, by the clock on their own wall."""
    zone = ZoneInfo(zone_of(number))
    return [datetime.fromtimestamp(float(one.ts), zone) for one in office.slack.direct_messages(person)]


async def test_everyone_is_asked_once_a_period_in_their_own_hours_and_months_only_cut_the_line(
    office: Office,
) -> None:
    crowd = await open_continuous(office, 12)

    await office.live_until(FIRST_MONDAY + PERIOD - timedelta(hours=12), hours=12)
    assert Counter(office.asked(person) for person in crowd) == {1: 12}
    await office.live_until(FIRST_MONDAY + 2 * PERIOD - timedelta(hours=12), hours=12)

    for number, person in enumerate(crowd):
        first, second = asked_at(office, person, number)
        assert second.date() - first.date() == PERIOD
        assert all(9 <= time.hour < 17 and time.weekday() < 5 for time in (first, second))
    assert [wave.closes_at for wave in await office.rows(Wave)] == [
        datetime(2026, 11, 30, 23, tzinfo=UTC),
        datetime(2026, 12, 31, 23, tzinfo=UTC),
        datetime(2027, 1, 31, 23, tzinfo=UTC),
    ]
    reached = [result.invited for result in await office.rows(Result)]
    assert reached == [len(invited) for invited in (await office.invited())[:2]]


async def test_each_working_day_of_a_month_has_about_as_many_as_any_other(office: Office) -> None:
    await open_continuous(office, 1500)

    planned = await office.rows(Invitation)
    by_day = Counter(row.send_after.astimezone(ZoneInfo(row.time_zone)).date() for row in planned)

    assert len(by_day) == 21  # the working days of November 2026
    assert all(day.weekday() < 5 for day in by_day)
    expected = 1500 / 25
    assert all(expected / 2 < count < expected * 1.5 for count in by_day.values())
    assert {row.send_after.astimezone(ZoneInfo(row.time_zone)).hour for row in planned} == {9}
    left_out = (await office.newest_wave()).left_out
    assert left_out == {"not_their_turn": 1500 - len(planned)}


async def test_the_manager_reads_how_many_have_their_turn_in_another_month(office: Office) -> None:
    crowd = await open_continuous(office, 40)

    others = 40 - len((await office.invited())[0])

    assert 0 < others < len(crowd)
    assert f"{others} whose turn is in another month" in office.notice(MAYA).text


async def test_a_clock_that_was_down_over_a_turn_asks_late_and_the_period_holds(office: Office) -> None:
    crowd = await open_continuous(office, 40)
    office.clock.now = FIRST_MONDAY + timedelta(days=9)

    await office.live_until(FIRST_MONDAY + PERIOD + timedelta(days=11), hours=12)

    times = [asked_at(office, person, number) for number, person in enumerate(crowd)]
    assert {len(asked) for asked in times} == {1, 2}
    assert all(again.date() - first.date() >= PERIOD for first, *later in times for again in later)


async def test_a_survey_begun_on_the_last_day_of_a_month_begins_although_it_is_nobodys_turn(
    office: Office,
) -> None:
    [person] = await open_continuous(office, 1, begins=datetime(2026, 11, 28, 8, tzinfo=UTC))
    assert await office.invited() == [set()]
    assert "1 whose turn is in another month" in office.notice(MAYA).text

    await office.live_until(datetime(2026, 11, 28, 8, tzinfo=UTC) + PERIOD + timedelta(days=2), days=1)

    assert office.asked(person) == 1
    assert not any("took it back" in told for told in office.news(MAYA))


async def test_the_preview_of_such_a_survey_says_so_and_lets_it_begin(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 28, 8, tzinfo=UTC)

    await office.make_survey(channels=[], people=[ALICE], rhythm="continuous")
    assert "Nobody has their turn this month; the next wave asks." in str(office.modal(MAYA).blocks)
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.live_until(office.clock.now + PERIOD + timedelta(days=2), days=1)

    assert office.asked(ALICE) == 1
