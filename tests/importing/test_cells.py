# ruff: noqa: RUF001 - people write these signs
"""One cell's score, moment, time zone."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.cells.scores import NotAScore, score_of
from bot.importing.cells.totals import may_be_total, may_hold_total
from bot.importing.dates.moment import NotADate, Undecided, reader
from bot.importing.dates.order import order_of
from bot.importing.dates.zones import zone_of
from bot.importing.errors import DatesUndecided
from bot.importing.options import DateOrder

MOMENT = datetime(2024, 10, 14, 19, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("0", 0), ("10", 10), (" 7 ", 7), ("07", 7), ("'9", 9), ("9.0", 9), ("9,00", 9), ("９", 9), ("\u00a08\u00a0", 8),
        ("10 - Extremely likely", 10), ("10 \u2013 Très probable", 10), ("0=Not at all likely", 0), ("9 (likely)", 9),
        ("Not at all likely - 0", 0), ("Extremely likely (10)", 10), ("Score: 3", 3), ("10 Extremely likely", 10),
        ("8/10", 8), ("8 out of 10", 8), ("8 sur 10", 8), ("8 (of 10)", 8), ("8 (/10)", 8), ("", None), ("  ", None), ("'", None),
    ],
)  # fmt: skip
def test_score_is_read_from_what_stands_around_it(cell: str, score: int | None) -> None:
    assert score_of(cell) == score


@pytest.mark.parametrize("cell", ["n/a", "N/A", "#N/A", "-", "\u2014", "NaN", "null", "NULL", "\\N"])
def test_what_programs_write_for_nothing_is_no_answer(cell: str) -> None:
    assert score_of(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "11",
        "-1",
        "8.5",
        "eleven",
        "1-2",
        "9 or 10",
        "100",
        "2024-10-14",
        "1e1",
        "9/5",
        "99999999999",
    ],
)
def test_anything_else_is_no_score(cell: str) -> None:
    with pytest.raises(NotAScore, match=r"is not a score; a score is a whole number from 0 to 10\.$"):
        score_of(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-10-14T19:10:05Z", "2024-10-14T21:10:05+02:00", "2024-10-14T21:10:05+0200", "2024-10-14T19:10:05",
        "2024-10-14 19:10:05", "2024-10-14 19:10:05 UTC", "2024-10-14 21:10:05+02:00", "2024-10-14 19:10:05.000",
        "2024/10/14 7:10:05 PM", "2024/10/14 9:10:05 pm GMT+2", "2024/10/14 9:10:05 p. m. CEST", "2024/10/15 12:40:05 AM GMT+5:30",
        "14/10/2024 19:10:05", "14/10/24 19:10:05", "14-10-2024 19:10:05", "14.10.2024 19.10.05", "14.10.2024, 19:10:05 Uhr",
        "14/10/2024 7:10:05\u202fPM", "'14/10/2024 19:10:05", " 14/10/2024  19:10:05 ",
        "14 Oct 2024 19:10:05", "14-Oct-2024 19:10:05", "Oct 14, 2024 7:10:05 PM", "October 14th, 2024 at 19:10:05",
        "14 octobre 2024 à 19:10:05", "14. Oktober 2024 um 19:10:05", "14 de octubre de 2024, 19:10:05", "14 okt. 2024 19:10:05",
        "14 de outubro de 2024 19:10:05", "14 ottobre 2024 19:10:05", "Mon, 14 Oct 2024 21:10:05 +0200",
        "2024. 10. 14 오후 7:10:05", "2024/10/15 午前 4:10:05 GMT+9", "2024年10月14日 19:10:05",
        "14 ตุลาคม 2567 19:10:05", "14 ต.ค. 2567 เวลา 19:10:05 น.", "14 ต.ค. 67 19:10:05", "14 ต.ค. 2024, 19:10:05",
        "วันจันทร์ที่ 14 ตุลาคม พ.ศ. 2567 19:10:05", "14/10/2567 19:10:05", "2567-10-14 19:10:05", "2567-10-14T19:10:05Z",
        "45579.798669", "45579,798669", "1728933005", "1728933005000",
    ],
)  # fmt: skip
def test_moment_is_read_however_it_is_written(cell: str) -> None:
    assert reader(DateOrder.DAY_FIRST, UTC)(cell) == MOMENT


@pytest.mark.parametrize(
    "cell",
    [
        "soon",
        "31/02/2024",
        "2024-13-01",
        "14/10",
        "10:30",
        "14/10/2024 25:00",
        "14/10/2024 9",
        "7",
        "0001-01-01T00:00+23:00",
    ],
)
def test_anything_else_is_no_date(cell: str) -> None:
    with pytest.raises(NotADate, match=r"is not a date that can be read\.$"):
        reader(DateOrder.DAY_FIRST, UTC)(cell)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("12:00 AM", 0),
        ("12:59 PM", 12),
        ("1:00 PM", 13),
        ("11:59 p.m.", 23),
        ("13:00", 13),
        ("9 AM", 9),
        ("9h05", 9),
    ],
)
def test_hour_is_read_on_either_clock(cell: str, hour: int) -> None:
    moment = reader(None, UTC)(f"2024/10/14 {cell}")
    assert moment is not None
    assert moment.hour == hour


def test_blank_is_no_moment() -> None:
    assert [reader(None, UTC)(cell) for cell in ("", "  ", "'")] == [None, None, None]


def test_time_without_a_zone_is_in_the_assumed_one_through_the_year() -> None:
    read = reader(DateOrder.DAY_FIRST, ZoneInfo("Europe/Paris"))
    assert read("14/07/2024 12:00") == datetime(2024, 7, 14, 10, tzinfo=UTC)
    assert read("14/01/2024 12:00") == datetime(2024, 1, 14, 11, tzinfo=UTC)
    assert read("2024-01-14T12:00:00Z") == datetime(2024, 1, 14, 12, tzinfo=UTC)


def test_date_that_fits_both_ways_is_refused_unless_day_and_month_are_equal() -> None:
    read = reader(None, UTC)
    with pytest.raises(
        Undecided, match=r"“03/04/2024” could begin with the day or with the month: say which with --dates\."
    ):
        read("03/04/2024")
    assert read("05/05/2024") == datetime(2024, 5, 5, tzinfo=UTC)
    assert read("14/10/2024") == read("10/14/2024") == datetime(2024, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2024", "13/04/2024"], DateOrder.DAY_FIRST),
        (["03/04/2024", "04/13/2024 9:00 AM"], DateOrder.MONTH_FIRST),
        (["3/4/24", "12/31/24"], DateOrder.MONTH_FIRST),
        (["03.04.2024", "05.06.2024"], DateOrder.DAY_FIRST),
        (["03.04.2024", "04.13.2024"], DateOrder.MONTH_FIRST),
        (["05/05/2024", ""], None),
        (["25-01-14", "25-01-15", "25-02-24"], DateOrder.YEAR_FIRST),
        (["24-12-30", "24-12-31", "25-01-02", "25-01-03"], DateOrder.YEAR_FIRST),
        (["25/01/14", "25/01/15"], DateOrder.YEAR_FIRST),
        (["14-01-25", "15-01-25", "24-02-25"], DateOrder.DAY_FIRST),
        (["14/01/25"], DateOrder.DAY_FIRST),
        (["01-13-25", "01-14-25"], DateOrder.MONTH_FIRST),
        (["14-01-25", "14-01-2025"], DateOrder.DAY_FIRST),
        (["2024-03-04", "2024/03/04", "4 March 2024", "soon"], None),
    ],
)
def test_order_is_decided_by_the_whole_column(cells: list[str], order: DateOrder | None) -> None:
    assert order_of(("Date", cell) for cell in cells) is order


def test_undecidable_order_names_the_column_and_the_option() -> None:
    with pytest.raises(
        DatesUndecided, match=r"^Column “Date”: 03-04-2024 and every other date .* --dates day-first"
    ):
        order_of(("Date", cell) for cell in ["05-05-2024", "03-04-2024"])


def test_a_year_of_two_digits_may_come_first() -> None:
    with pytest.raises(
        DatesUndecided,
        match=r"with the day or with the year\. Say which with --dates day-first or --dates year-",
    ):
        order_of([("Date", "25-01-14")])
    assert reader(DateOrder.YEAR_FIRST, UTC)("25-01-14 09:30") == datetime(2025, 1, 14, 9, 30, tzinfo=UTC)


@given(st.datetimes(datetime(1999, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - hypothesis wants bare bounds
def test_every_moment_comes_back_from_every_way_of_writing(moment: datetime) -> None:
    expected = moment.replace(microsecond=0, tzinfo=UTC)
    writings = {
        DateOrder.DAY_FIRST: (
            "%d/%m/%Y %H:%M:%S",
            "%d.%m.%Y %H.%M.%S",
            "%d-%m-%Y %I:%M:%S %p",
            "%d %B %Y %H:%M:%S",
        ),
        DateOrder.MONTH_FIRST: ("%m/%d/%Y %I:%M:%S %p", "%m-%d-%Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p"),
        None: ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %I:%M:%S %p GMT+0"),
    }
    for order, patterns in writings.items():
        for pattern in patterns:
            assert reader(order, UTC)(expected.strftime(pattern)) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("UTC", 0),
        ("GMT+2", 2),
        ("UTC-05:00", -5),
        ("+0530", 5.5),
        ("CEST", 2),
        ("(UTC+01:00) Paris, Madrid", 1),
        ("pst", -8),
    ],
)
def test_zone_is_read_as_a_distance(text: str, hours: float) -> None:
    zone = zone_of(text)
    assert zone is not None
    assert zone.utcoffset(MOMENT) == timezone(timedelta(hours=hours)).utcoffset(None)


@pytest.mark.parametrize(
    "text",
    ["", "IST", "soon", "Europe", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "+99:00", "select all"],
)
def test_anything_else_is_no_zone(text: str) -> None:
    assert zone_of(text) is None


@pytest.mark.parametrize(
    "cell", ["Total", " acme TOTAL: ", "Total Acme", "Итого:", "totally", "r1", "", "a\nTotal"]
)
def test_totals_are_seen_among_thousands_of_cells_as_in_one(cell: str) -> None:
    assert may_hold_total(["r1", cell, "r2"]) == may_be_total(cell.rpartition("\n")[2])
