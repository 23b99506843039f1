from datetime import date, datetime, time

import pytest

from bot.kit.rules.public_holidays import country_of, is_public_holiday, known_place
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.views.time_zones import COMMON

FIRST_OF_MAY, SAINT_JOHN, FIRST_OF_JULY = date(2026, 5, 1), date(2026, 6, 24), date(2026, 7, 1)
THANKSGIVING = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "zone", "places", "is_off"),
    [
        (FIRST_OF_MAY, "Europe/Paris", ("FR",), True),
        (FIRST_OF_MAY, "Europe/Paris", ("FR", "US"), True),
        (FIRST_OF_MAY, "America/New_York", ("FR", "US"), False),
        (FIRST_OF_MAY, "Europe/Berlin", ("FR",), False),  # Germany's holiday too, which nobody chose
        (FIRST_OF_JULY, "America/Toronto", ("CA",), True),
        (FIRST_OF_JULY, "America/Montreal", ("CA-QC",), True),
        (SAINT_JOHN, "America/Toronto", ("CA-QC",), True),
        (SAINT_JOHN, "America/Toronto", ("CA",), False),
        (SAINT_JOHN, "America/Toronto", ("CA", "CA-QC"), True),
        (THANKSGIVING, "America/Los_Angeles", ("US",), True),
        (THANKSGIVING, "US/Eastern", ("US",), True),
        (THANKSGIVING, "America/Toronto", ("US", "CA"), False),
        (THANKSGIVING, "UTC", ("FR", "US"), True),  # no country's zone: all count
        (THANKSGIVING, "Mars/Olympus_Mons", ("US",), True),
        (THANKSGIVING, "America/New_York", (), False),
        (THANKSGIVING, "America/New_York", ("US-NOWHERE", "XX"), False),  # what a later release knew
    ],
)
def test_a_holiday_is_that_of_the_country_of_the_zone(
    day: date, zone: str, places: tuple[str, ...], *, is_off: bool
) -> None:
    assert is_public_holiday(day, zone, places) is is_off


def test_every_zone_that_a_form_offers_is_in_a_country_but_utc() -> None:
    assert [zone for zone in COMMON if country_of(zone) is None] == ["UTC"]


def test_hours_and_deadlines_pass_over_holidays_and_the_weekend_behind_them() -> None:
    working = WorkingTime(opens=time(9), closes=time(17), holidays=("FR",))
    on_the_day = datetime.fromisoformat("2026-05-01T10:00+02:00")  # a Friday

    assert working.next_window(on_the_day, "Europe/Paris") == datetime.fromisoformat("2026-05-04T09:00+02:00")
    assert working.off_holidays(on_the_day, "Europe/Paris") == datetime.fromisoformat(
        "2026-05-04T10:00+02:00"
    )
    saturday = datetime.fromisoformat("2026-05-02T10:00+02:00")
    assert working.off_holidays(saturday, "Europe/Paris") == saturday


@pytest.mark.parametrize("written", ["", "-", "FRANCE", "FR-", "XX", "CA-ZZ", "CA-QC-1"])
def test_what_is_no_place_is_none(written: str) -> None:
    assert known_place(written) is None
