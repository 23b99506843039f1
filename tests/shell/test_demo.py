"""`nps-bot demo`: it begins on a working morning, whatever the day, and its journey holds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.working_hours import is_working_day
from bot.shell.demo.stage import latest_morning
from tests.shell.conftest import Shell

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_it_is_half_past_nine_in_paris_on_the_latest_working_day(now: datetime) -> None:
    morning = latest_morning(now)

    in_paris = morning.astimezone(ZoneInfo("Europe/Paris"))
    assert (in_paris.hour, in_paris.minute) == (9, 30)
    assert is_working_day(in_paris.date())
    # From Friday's half past nine to Monday's: three days, and an hour more where the clocks change.
    assert timedelta(0) <= now - morning < timedelta(days=3, hours=1)


async def test_the_journey_holds_and_ends_well(shell: Shell) -> None:
    ran = await shell.nps_bot("demo", "--once", SLACK_BOT_TOKEN="", DATABASE_URL="")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("Everything happened as it should.\n")
