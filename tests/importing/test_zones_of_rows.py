"""A column names the zone of each row's moment."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.importing.options import Options
from tests.importing.files import read, table, write
from tests.importing.kinds import outcome


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def with_zones(
    file: Path, name: str, *zones: str, date: str = "Response date", at: str = "2025-01-14 09:10"
) -> Path:
    rows = [(at, zone, score) for score, zone in enumerate(zones)]
    return write(file, table([(date, name, "Score"), *rows]))


@pytest.mark.parametrize(
    "name", ["UTC Offset", "GMT offset", "utc_offset", "Timezone Offset", "Zeitverschiebung", "Time zone"]
)
@pytest.mark.parametrize(
    "cell", ["-05:00", "-5", "-5.0", "GMT-0500", "UTC-5", "(UTC-05:00) Eastern Time (US & Canada)"]
)
def test_a_distance_from_utc_is_taken_off_the_clock(file: Path, name: str, cell: str) -> None:
    assert read(with_zones(file, name, cell, cell)).moments == ["2025-01-14T14:10:00+00:00"] * 2


def test_each_row_has_its_own_distance(file: Path) -> None:
    found = read(with_zones(file, "UTC offset", "0", "+1", "5.5", "-3,5"))
    assert [moment[11:16] for moment in found.moments] == ["09:10", "08:10", "03:40", "12:40"]


@pytest.mark.parametrize("cell", ["-300", "CST", "Pacific Time (US & Canada)", "15"])
def test_a_zone_that_cannot_be_told_is_asked_for(file: Path, cell: str) -> None:
    path = with_zones(file, "Time zone", "UTC", cell)
    assert f"says “{cell}”, from which no time zone can be told" in str(outcome(path))
    assert read(path, Options(time_zone=ZoneInfo("Europe/Paris"))).moments == [
        "2025-01-14T09:10:00+00:00",
        "2025-01-14T08:10:00+00:00",
    ]


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Response date", "2025-01-14 09:10:00 UTC"),
        ("Response date", "2025-01-14T09:10:00Z"),
        ("Response date (UTC)", "2025-01-14 09:10"),
    ],
)
@pytest.mark.parametrize("zone", ["CST", "America/New_York"])
def test_a_moment_that_names_its_own_zone_needs_none(file: Path, date: str, at: str, zone: str) -> None:
    found = read(with_zones(file, "Time zone", zone, zone, date=date, at=at))
    assert found.moments == ["2025-01-14T09:10:00+00:00"] * 2


def test_a_day_without_a_clock_needs_no_zone(file: Path) -> None:
    assert read(with_zones(file, "Time zone", "CST", "IST", at="2025-01-14")).scores == [0, 1]


def test_the_date_of_the_last_answer_goes_before_that_of_the_contact(file: Path) -> None:
    rows = [("Last NPS survey rating", "Last NPS survey date", "Create date")]
    rows += [("9", "2025-01-14", "2023-01-01"), ("3", "2025-01-15", "2023-02-01")]
    assert [moment[:10] for moment in read(write(file, table(rows))).moments] == ["2025-01-14", "2025-01-15"]


def test_dates_that_a_narrow_column_hid_are_not_lost_unsaid(file: Path) -> None:
    path = write(file, table([("Date", "Score"), ("########", 9), ("########", 3)]))
    assert "is none that can be read" in str(outcome(path))
