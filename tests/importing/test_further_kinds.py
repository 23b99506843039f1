"""Kinds of files that were once read wrongly without a word."""

from pathlib import Path

import pytest

from bot.importing.files.rows import Absence
from bot.importing.options import Options
from tests.importing.files import read, table, write
from tests.importing.kinds import outcome


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


@pytest.mark.parametrize(
    ("header", "ticks"),
    [
        (("reason_price", "reason_speed"), ("1", "0")),
        (("Reason: price", "Reason: speed"), ("True", "False")),
        (("Reasons - price", "Reasons - speed"), ("Yes", "No")),
        (("Reasons [price]", "Reasons [speed]"), ("x", "")),
        (("Reasons.price", "Reasons.speed"), ("1", "")),
        (("why_price", "why_speed"), ("TRUE", "FALSE")),
        (("NPS drivers: price", "NPS drivers: speed"), ("ja", "nein")),
    ],
)
def test_ticks_below_the_names_of_reasons_are_those_reasons(
    file: Path, header: tuple[str, str], ticks: tuple[str, str]
) -> None:
    yes, no = ticks
    rows = [
        (f"2025-01-{day:02}", day % 11, f"In my own words {day}", yes, no if day % 3 else yes)
        for day in range(1, 25)
    ]
    found = read(write(file, table([("Date", "Score", "Comment", *header), *rows])))
    assert found.drivers == {"price": 24, "speed": 8}
    assert found.comments[0] == "In my own words 1"


def test_reasons_in_words_are_no_ticks(file: Path) -> None:
    header = ("Date", "Score", "reason_code", "reason_text")
    rows = [(f"2025-01-{day:02}", day % 11, f"C{day % 3}", f"It is {day} times slow") for day in range(1, 25)]
    assert read(write(file, table([header, *rows]))).comments[0] == "It is 1 times slow"


@pytest.mark.parametrize("name", ["NPS_Id", "nps id", "NPS Response UUID"])
def test_an_id_that_is_called_by_the_score_is_none(file: Path, name: str) -> None:
    rows = [(number, 9 - number, f"2025-01-{number + 1:02}") for number in range(9)]
    assert read(write(file, table([(name, "Score", "Date"), *rows]))).scores == list(range(9, 0, -1))


@pytest.mark.parametrize("original", ["Comment (original)", "Comment"])
def test_a_translation_is_not_said_twice(file: Path, original: str) -> None:
    header = ("Date", "Score", original, "Comment (English)")
    rows = [("2025-01-14", 9, "Très bien", "Very good"), ("2025-01-15", 3, "Lent", "Slow")]
    assert read(write(file, table([header, *rows]))).comments == ["Très bien", "Lent"]


@pytest.mark.parametrize("name", ["Average", "Total", "GRAND TOTAL", "Moyenne:", "Gesamtergebnis", "合計"])
def test_a_total_below_the_answers_is_none(file: Path, name: str) -> None:
    rows = [("Customer", "NPS", "Comment"), ("Acme", 9, "fine"), ("Total", 3, "our name"), (name, "6", "")]
    found = read(write(file, table(rows)))
    assert (found.scores, [row.why for row in found.left_out]) == ([9, 3], [Absence.TOTAL])


def test_a_total_where_scores_or_comments_stand_is_said_by_somebody(file: Path) -> None:
    rows = [("Comment", "NPS"), ("fine", 9), ("Average", 6)]
    assert read(write(file, table(rows))).comments == ["fine", "Average"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [("resp_dt", "14JAN2025:09:10:05"), ("RESP_DT", "14JAN25"), ("Date", "14Jan2025 9:10 AM")],
)
def test_dates_of_statistics_programs_are_read(file: Path, header: str, cell: str) -> None:
    rows = [(header, "NPS"), (cell, 9), (cell, 3)]
    assert read(write(file, table(rows))).moments[0][:10] == "2025-01-14"


@pytest.mark.parametrize("cell", ["14/01", "14-1", "14.1.", "1/14"])
def test_days_without_a_year_are_refused_and_not_lost(file: Path, cell: str) -> None:
    path = write(file, table([("Year", "Date", "NPS"), ("2025", cell, 9), ("2025", cell, 3)]))
    assert "is none that can be read" in str(outcome(path))
    assert read(path, Options(date_column="none")).moments == ["", ""]


def test_an_answer_in_the_other_language_is_no_translation(file: Path) -> None:
    header = ("Date", "Score", "Comment", "Comment_EN")
    rows = [("2025-01-14", 9, "Très bien", ""), ("2025-01-15", 3, "", "Slow"), ("2025-01-16", 8, "", "Fine")]
    assert read(write(file, table([header, *rows]))).comments == ["Très bien", "Slow", "Fine"]


def test_of_two_columns_of_one_moment_the_one_that_names_its_zone_is_read(file: Path) -> None:
    header = ("Local submit time", "Submit time (UTC)", "Score")
    rows = [("2025-01-14 23:10", "2025-01-14 04:10", 9), ("2025-01-15 23:10", "2025-01-15 04:10", 3)]
    assert read(write(file, table([header, *rows]))).moments[0] == "2025-01-14T04:10:00+00:00"


@pytest.mark.parametrize("cell", ["令和7年1月14日", "令和 7 年 01 月 14 日 9時10分", "平成37年1月14日"])
def test_years_of_an_era_are_read(file: Path, cell: str) -> None:
    path = write(file, table([("回答日", "おすすめ度"), (cell, 9), (cell, 3)]))
    assert read(path).moments[0][:10] == "2025-01-14"


def test_a_reason_chosen_from_two_is_no_comment_in_a_short_file_either(file: Path) -> None:
    header = ("Date", "Main reason", "Score", "Comment")
    rows = [(f"2025-01-{day:02}", ("Price", "Speed")[day % 2], 9, f"Own words {day}") for day in range(1, 11)]
    found = read(write(file, table([header, *rows])))
    assert (found.drivers, found.comments[0]) == ({"Price": 5, "Speed": 5}, "Own words 1")
