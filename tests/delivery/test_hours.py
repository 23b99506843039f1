"""When people are asked: from nine to five of their own working day, those with least of it left first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.records import Message, User
from storage.audience import Audience
from storage.words import InvitationState
from tests.journeys.office import ALICE, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

FRIDAY = datetime(2026, 11, 27, 16, tzinfo=UTC)
ZONES = (
    "Pacific/Auckland",
    "Australia/Adelaide",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "Asia/Dubai",
    "Europe/Paris",
    "Europe/London",
    "America/Sao_Paulo",
    "America/New_York",
    "Pacific/Honolulu",
)
PEOPLE = {zone: f"U9ZONE{number}" for number, zone in enumerate(reversed(ZONES))}
POST = "chat.postMessage"


@pytest.fixture
def colleagues(office: Office) -> Audience:
    """The audience of one person in each zone."""
    for zone, person in PEOPLE.items():
        office.slack.add_user(User(person, person.lower(), tz=zone))
    return Audience(people=tuple(PEOPLE.values()))


def sent_at(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


async def test_over_a_weekend_each_zone_is_asked_in_its_own_hours_as_soon_as_they_begin(
    office: Office, colleagues: Audience
) -> None:
    office.clock.now = FRIDAY
    await office.open_wave(audience=colleagues, reminders=0)
    await office.tick()

    await office.live_until(FRIDAY + timedelta(days=3), hours=1)

    local = {}
    for zone, person in PEOPLE.items():
        [question] = office.slack.direct_messages(person)
        local[zone] = f"{sent_at(question).astimezone(ZoneInfo(zone)):%a %H:%M}"
    # When it is four in London, it is Friday from nine to five from there to New York, and soon in Honolulu.
    still_friday = {
        "Europe/London": "Fri 16:00",
        "America/Sao_Paulo": "Fri 13:00",
        "America/New_York": "Fri 11:00",
        "Pacific/Honolulu": "Fri 09:00",
    }
    # The clock looked on the hour, which is not the hour there.
    off_the_hour = {"Australia/Adelaide": "Mon 09:30", "Asia/Kathmandu": "Mon 09:45"}
    assert local == dict.fromkeys(ZONES, "Mon 09:00") | still_friday | off_the_hour


async def test_a_reminder_comes_in_its_persons_hours_too(office: Office, colleagues: Audience) -> None:
    office.clock.now = FRIDAY
    await office.open_wave(audience=colleagues, reminders=2, wave_days=9)
    await office.tick()

    await office.live_until(FRIDAY + timedelta(days=10), hours=3)

    for zone, person in PEOPLE.items():
        times = [
            sent_at(message).astimezone(ZoneInfo(zone)) for message in office.slack.direct_messages(person)
        ]
        assert len(times) >= 2
        assert all(9 <= time.hour < 17 and time.weekday() < 5 for time in times), (zone, times)


async def test_people_with_hours_that_end_first_are_asked_first(office: Office, colleagues: Audience) -> None:
    office.clock.now = datetime(2026, 11, 30, 13, 30, tzinfo=UTC)
    await office.open_wave(audience=colleagues)
    office.clock.step = timedelta(microseconds=1)  # so that it shows who was taken first

    await office.tick()

    taken = {row.claimed_at: row.user_id for row in (await office.invitations()).values() if row.claimed_at}
    in_hours = ("Europe/Paris", "Europe/London", "America/Sao_Paulo")
    assert [taken[when] for when in sorted(taken)] == [PEOPLE[zone] for zone in in_hours]


async def test_somebody_who_moved_meanwhile_is_asked_in_the_hours_of_where_they_are_now(
    office: Office,
) -> None:
    office.clock.now = FRIDAY
    await office.open_wave(audience=Audience(people=(CHEN,)))
    chen = office.slack.users[CHEN]

    office.slack.add_user(replace(chen, tz="America/New_York"))
    await office.live_until(datetime(2026, 11, 30, 14, tzinfo=UTC) - timedelta(seconds=1), minutes=60)
    assert office.read_by(CHEN) == []
    await office.live_until(datetime(2026, 11, 30, 14, tzinfo=UTC), seconds=1)

    assert office.asked(CHEN) == 1
    assert "until Friday, December 11, in the morning." in office.question(CHEN).text


async def test_somebody_who_moved_to_where_the_day_is_over_already_is_asked_the_next_morning(
    office: Office,
) -> None:
    office.clock.now = FRIDAY
    await office.open_wave(audience=Audience(people=(ALICE,)))
    office.slack.add_user(replace(office.slack.users[ALICE], tz="Pacific/Auckland"))

    await office.live_until(datetime(2026, 12, 1, tzinfo=UTC), hours=2)

    [question] = office.slack.direct_messages(ALICE)
    assert f"{sent_at(question).astimezone(ZoneInfo('Pacific/Auckland')):%a %H:%M}" == "Tue 09:00"


@pytest.mark.parametrize("zone", ["Mars/Olympus_Mons", ""])
async def test_a_time_zone_that_nobody_knows_is_utc(office: Office, zone: str) -> None:
    office.slack.add_user(replace(office.slack.users[ALICE], tz=zone))
    office.clock.now = MONDAY - timedelta(hours=1)
    await office.open_wave(audience=Audience(people=(ALICE,)))

    await office.live_until(datetime(2026, 11, 23, 9, tzinfo=UTC) - timedelta(seconds=1), minutes=30)
    assert office.read_by(ALICE) == []
    await office.live_until(datetime(2026, 11, 23, 9, tzinfo=UTC), seconds=1)

    assert office.asked(ALICE) == 1


async def test_what_did_not_go_out_before_five_waits_for_the_next_morning(office: Office) -> None:
    office.clock.now = FRIDAY - timedelta(minutes=1)  # a minute to five in Paris
    await office.open_wave(audience=Audience(people=(MAYA,)))
    office.slack.faults.answer(POST, "service_unavailable", to=MAYA)
    await office.tick()
    assert office.asked(MAYA) == 0

    await office.live_until(datetime(2026, 11, 30, 8, tzinfo=UTC) - timedelta(seconds=1), hours=1)
    assert office.asked(MAYA) == 0
    await office.live_until(datetime(2026, 11, 30, 8, tzinfo=UTC), seconds=1)
    assert office.asked(MAYA) == 1


async def test_a_wave_shorter_than_the_weekend_ends_without_disturbing_anybody(office: Office) -> None:
    office.clock.now = datetime(2026, 11, 28, 8, tzinfo=UTC)
    await office.open_wave(wave_days=1)

    await office.live_until(office.clock.now + timedelta(days=3), hours=6)

    assert {row.state for row in (await office.invitations()).values()} == {InvitationState.EXPIRED}
    assert office.asked(ALICE) == 0
