# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Dates that stand in several columns: a clock beside its day, or year, month and day apart."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.importing.explained import Role, explained
from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from tests.importing.files import lines, read, table, write
from tests.importing.kinds import outcome

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def moments(file: Path, header: str, *rows: str, options: Options | None = None) -> list[str]:
    """Give the moments of the rows, each with a score before its date."""
    written = [["NPS", *header.split("|")], *([9 - at % 2, *row.split("|")] for at, row in enumerate(rows))]
    return [moment.removesuffix(":00+00:00") for moment in read(write(file, table(written)), options).moments]


@pytest.mark.parametrize(
    ("header", "day", "clock"),
    [
        ("Date|Time", "2025-01-14", "14:05:00"),
        ("Date|Time", "1/14/2025", "2:05 PM"),
        ("Date|Time", "14-Jan-25", "2:05:00 p.m."),
        ("Datum|Uhrzeit", "14.01.2025", "14:05 Uhr"),
        ("Datum|Zeit", "14.01.2025", "14.05"),
        ("Antwortdatum|Antwortzeit", "14.01.2025", "14:05"),
        ("Date de réponse|Heure", "14/01/2025", "14h05"),
        ("Date de réponse|Heure de réponse", "14/01/2025", "14:05"),
        ("Fecha|Hora", "14/01/2025", "02:05 p. m."),
        ("Data|Hora", "14/01/2025", "14:05"),
        ("Data|Ora", "14/01/2025", "14:05"),
        ("Datum|Tijd", "14-01-2025", "14:05"),
        ("Data|Godzina", "14.01.2025", "14:05"),
        ("Дата|Время", "14.01.2025", "14:05"),
        ("Datum|Klockslag", "2025-01-14", "14:05"),
        ("Dato|Klokkeslæt", "14-01-2025", "14.05"),
        ("Tarih|Saat", "14.01.2025", "14:05"),
        ("回答日|回答時刻", "2025/01/14", "14時05分"),
        ("日期|时间", "2025年1月14日", "下午2:05"),
        ("날짜|시간", "2025. 1. 14.", "오후 2:05"),
        ("Date|Time", "2025-01-14 00:00:00", "1899-12-31 14:05:00"),
        ("Date|Time", "2025-01-14", "12/30/1899 14:05:00"),
        ("Date|Time", "2025-01-14", "0.586805555555556"),
        ("Date|Time", "45671", "0,586805555555556"),
        ("Date|Time", "20250114", "1405"),
        ("Date|Time", "2025-01-14", "0 days 14:05:00"),
        ("Date (UTC)|Time (UTC)", "2025-01-14", "14:05"),
        ("Date|Time", "2025-01-14", "15:05 CET"),
        ("Submitted Date|Submitted Time", "2025-01-14", "14:05"),
        ("Response Date|Response Time", "2025-01-14", "14:05"),
        ("Time|Date", "14:05", "2025-01-14"),
        ("Date|Start time|End time", "2025-01-14", "13:58|14:05"),
    ],
)
def test_a_clock_in_a_column_of_its_own_is_joined_to_its_day(
    file: Path, header: str, day: str, clock: str
) -> None:
    assert moments(file, header, f"{day}|{clock}", f"{day}|{clock}") == ["2025-01-14T14:05"] * 2


def test_the_joined_clock_is_of_the_assumed_zone_and_a_blank_one_leaves_the_day(file: Path) -> None:
    options = Options(time_zone=PARIS, day_zone=PARIS)
    found = moments(file, "Date|Time", "2025-01-14|14:05", "2025-01-14|", "|14:05", options=options)
    assert found == ["2025-01-14T13:05", "2025-01-13T23:00", ""]


def test_the_order_of_days_is_decided_where_their_clocks_stand_apart(file: Path) -> None:
    assert moments(file, "Date|Time", "1/2/2025|14:05", "1/14/2025|2:05 PM") == [
        "2025-01-02T14:05",
        "2025-01-14T14:05",
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Date|Time taken", "2025-01-14|00:14:05"),  # how long it took
        ("Date|Time", "2025-01-14|00:02:05"),  # the same, by its cells
        ("Date|Time", "2025-01-14|125"),
        ("Date|Call time", "2025-01-14|14:05"),
        ("Date|Completion Time", "2025-01-14|01:14:05"),
        ("Date|Time zone", "2025-01-14|UTC"),
        ("Sent date|Time|Response date", "2025-01-10|09:00|2025-01-14"),  # when it was sent
    ],
)
def test_what_is_no_clock_of_the_answer_is_not_joined(file: Path, header: str, cells: str) -> None:
    assert moments(file, header, cells, cells) == ["2025-01-14T00:00"] * 2


def test_a_clock_that_cannot_be_read_is_a_bad_row(file: Path) -> None:
    rows = lines("Date,Time,Score", *(["2025-01-14,14:05,9"] * 12), "2025-01-14,27:61,8")
    assert [str(row) for row in read(write(file, table(rows))).bad] == [
        "Line 14, column “Date”: “2025-01-14 27:61” is not a date that can be read."
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Year|Month|Day", "2025|1|14"),
        ("Day|Month|Year", "14|January|2025"),
        ("response_year|response_month|response_day", "2025.0|1.0|14.0"),
        ("Année|Mois|Jour", "2025|janvier|14"),
        ("Jahr|Monat|Tag", "2025|Januar|14"),
        ("Año|Mes|Día", "2025|enero|14"),
        ("Ano|Mês|Dia", "2025|janeiro|14"),
        ("Anno|Mese|Giorno", "2025|gennaio|14"),
        ("Jaar|Maand|Dag", "2025|januari|14"),
        ("Rok|Miesiąc|Dzień", "2025|stycznia|14"),
        ("År|Månad|Dag", "2025|jan|14"),
        ("År|Måned|Dag", "2025|januar|14"),
        ("Vuosi|Kuukausi|Päivä", "2025|tammikuu|14"),
        ("Год|Месяц|День", "2025|январь|14"),
        ("Yıl|Ay|Gün", "2025|Ocak|14"),
        ("年|月|日", "2025|1|14"),
        ("연도|월|일", "2025|1|14"),
        ("ปี|เดือน|วัน", "2568|1|14"),
        ("Year|Month|Day|Customer since", "2025|1|14|2019-01-01"),
        ("Year|Month|Day|Created at", "2025|01|14|2026-02-03"),
    ],
)
def test_year_month_and_day_make_a_date(file: Path, header: str, cells: str) -> None:
    assert moments(file, header, cells, cells) == ["2025-01-14T00:00"] * 2


def test_a_clock_joins_year_month_and_day_too(file: Path) -> None:
    assert moments(file, "Year|Month|Day|Time", "2025|1|14|2:05 PM") == ["2025-01-14T14:05"]
    assert moments(file, "Year|Month|Day|Hour|Minute", "2025|1|14|14|5") == ["2025-01-14T14:05"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Year|Month", "2025|1"),
        ("Year|Month", "2025|January"),
        ("Year|Quarter", "2025|Q1"),
        ("Year|Week", "2025|3"),
        ("Year|Month|Weekday", "2025|1|2"),
        ("Year|Month|Day", "2025|1|Tuesday"),
        ("Birth year|Birth month|Birth day", "1980|1|14"),
        ("Year|Month|Day of week", "2025|1|2"),
    ],
)
def test_months_and_weeks_make_no_day(file: Path, header: str, cells: str) -> None:
    assert moments(file, header, cells, cells) == ["", ""]


def test_days_of_the_week_in_numbers_make_no_date(file: Path) -> None:
    rows = [f"2025|{at % 12 + 1}|{at % 7 + 1}" for at in range(40)]
    assert set(moments(file, "Year|Month|Day", *rows)) == {""}


def test_a_date_of_its_own_goes_before_year_month_and_day(file: Path) -> None:
    assert moments(file, "Date|Year|Month|Day", "2025-01-14|2024|12|31") == ["2025-01-14T00:00"]


def test_a_day_that_no_month_has_is_a_bad_row_and_a_blank_one_no_date(file: Path) -> None:
    rows = lines("Year,Month,Day,Score", *(["2025,2,14,9"] * 12), "2025,2,30,8", "2025,2,,7")
    found = read(write(file, table(rows)))
    assert [str(row) for row in found.bad] == [
        "Line 14, column “Year, Month, Day”: “2025-2-30” is not a date that can be read."
    ]
    assert found.moments[-1] == ""


def test_the_operator_may_name_a_part(file: Path) -> None:
    rows = lines("Shipped,Time,Year,Month,Day,Score", "2025-01-02,14:05,2025,1,14,9")
    path = write(file, table(rows))
    assert read(path, Options(date_column="Month")).moments == ["2025-01-14T00:00:00+00:00"]
    assert read(path, Options(date_column="Shipped")).moments == ["2025-01-02T14:05:00+00:00"]
    assert "holds no dates" in str(outcome(path, Options(date_column="Time")))


@pytest.mark.parametrize(
    ("header", "cells", "why"),
    [
        ("Date,Time,Score", "2025-01-14,14:05,9", {"Date": "its header is that of a date", "Time": "the clock of “Date”"}),
        (
            "Year,Month,Day,Score",
            "2025,1,14,9",
            dict.fromkeys(("Year", "Month", "Day"), "“Year”, “Month”, “Day” make the date"),
        ),
    ],
)  # fmt: skip
def test_what_was_joined_is_told(file: Path, header: str, cells: str, why: dict[str, str]) -> None:
    with opened_export(write(file, f"{header}\n{cells}\n"), Options()) as export:
        facts = {column.name: column.why for column in explained(export) if column.role is Role.DATE}
    assert facts == why


def test_a_month_alone_says_that_it_names_no_day(file: Path) -> None:
    with opened_export(write(file, "Year,Month,Score\n2025,1,9\n2025,2,8\n"), Options()) as export:
        facts = {column.name: (column.role, column.why) for column in explained(export)}
    assert facts["Month"] == (Role.LEFT_ALONE, "it names no day")


def test_a_clock_in_the_future_is_told(file: Path) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC)
    path = write(file, "Date,Time,Score\n2025-01-14,14:05,9\n")
    assert "lies in the future" in str(read(path, Options(now=now)).bad[0])
