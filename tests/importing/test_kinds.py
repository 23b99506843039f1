"""Files as some forty services and spreadsheets hand them out: each right, or refused with what mends it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.importing.explained import Role, explained, masked
from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from tests.importing.files import read, table, write
from tests.importing.kinds import EXPECTED, FOLDER, differences, outcome

REPORTS = Path(__file__).with_name("reports")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_kind_is_right_or_refused_with_what_mends_it(name: str) -> None:
    if "panel" in name:  # its ids show only in the whole file: see tests/shell/test_import_again.py
        return
    assert differences(EXPECTED[name], outcome(FOLDER / name)) == []


def test_two_questions_are_told_apart_by_the_option() -> None:
    found = outcome(FOLDER / "qualtrics_two_nps.csv", Options(score_column="Q1"))
    assert differences(EXPECTED["qualtrics_two_nps.csv"] | {"refuse": None}, found) == []


def test_zone_letters_that_mean_several_are_read_as_the_operator_says() -> None:
    found = read(FOLDER / "google_forms_zone_CST.csv", Options(time_zone=ZoneInfo("America/Chicago")))
    assert found.moments[0] == "2025-01-14T15:10:05+00:00"


def test_a_dash_is_no_comment_and_hides_none() -> None:
    assert read(REPORTS / "comments_dashes.csv").comments == [None, None, "Too slow and expensive"]


def test_cyrillic_of_an_old_encoding_is_recognised() -> None:
    assert read(REPORTS / "cyrillic.csv").comments == ["Отлично", "Плохо"]


def test_five_points_are_no_scale_of_eleven() -> None:
    assert "no answer above 5" in str(outcome(REPORTS / "five_point.csv"))
    assert len(read(REPORTS / "five_point.csv", Options(any_scale=True)).scores) == 20


def test_a_customers_status_leaves_nobody_out() -> None:
    assert read(REPORTS / "status_lifecycle.csv").scores == [9, 10, 2, 3]


def test_what_lies_in_the_future_is_a_bad_row_with_its_line() -> None:
    found = read(REPORTS / "year_2062.csv", Options(now=NOW))
    assert [str(row) for row in found.bad] == [
        "Line 3, column “date”: “2062-01-05” lies in the future; no answer can have come then."
    ]


@pytest.mark.parametrize("cell", ["1900-01-01", "1970-01-01 00:00:00", "01/01/1980"])
def test_a_programs_date_for_nothing_is_a_bad_row(tmp_path: Path, cell: str) -> None:
    path = write(tmp_path / "a.csv", f"Date,Score\n2024-10-14,9\n2024-10-15,9\n{cell},8\n")
    assert "too long ago" in str(read(path).bad[0])


def test_a_day_without_a_clock_begins_where_the_survey_lives() -> None:
    paris = ZoneInfo("Europe/Paris")
    found = read(REPORTS / "zone_quarter.csv", Options(time_zone=paris, day_zone=paris))
    assert found.moments[0] == "2024-09-30T22:00:00+00:00"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["Score", "Count"], *([score, score * 3] for score in range(11))],
            "table of how many gave each score",
        ),
        ([["Week", "NPS"], [1, "42"], [2, "-10"], [3, "33.3"]], "figures from"),
        ([["Recommend us?"], ["Promoter"], ["Detractor"], ["Passive"]], "no column their scores"),
        ([["Recommend us?", "Why"], ["100", "a"], ["-100", "b"], ["0", "c"]], "weights 100, 0 and"),
        (
            [["Survey date", "Response date", "Score"], ["2024-10-14", "2024-11-14", 9]],
            "Say which with --date-column",
        ),
    ],
)
def test_what_is_no_list_of_answers_is_told(tmp_path: Path, rows: list[list[object]], sentence: str) -> None:
    assert sentence in str(outcome(write(tmp_path / "a.csv", table(rows))))


def test_a_table_of_counts_is_taken_when_the_operator_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Score,Count\n10,3\n9,0\n2,1\n0,2\n")
    assert read(path, Options(count_column="Count")).scores == [10, 10, 10, 2, 0, 0]


def test_columns_are_named_by_letter_and_a_wrong_choice_is_an_error(tmp_path: Path) -> None:
    rows = "Visited,Shipped,Liked,Paid\n2024-10-14,2024-10-20,9,1\n2024-10-15,2024-10-21,8,2\n"
    path = write(tmp_path / "a.csv", rows)
    found = read(path, Options(score_column="c", date_column="B"))
    assert (found.scores, found.moments[0][:10]) == ([9, 8], "2024-10-20")
    assert "holds no dates" in str(outcome(path, Options(score_column="3", date_column="D")))
    assert "holds no scores" in str(outcome(path, Options(score_column="Shipped", date_column="A")))


def test_each_column_says_what_it_was_taken_for_and_addresses_are_masked() -> None:
    with opened_export(FOLDER / "hubspot_feedback_UNVERIFIED.csv", Options()) as export:
        facts = {column.name: column for column in explained(export)}
    assert {name: column.role for name, column in facts.items() if column.role is not Role.LEFT_ALONE} == {
        "Record ID": Role.ID,
        "Survey type": Role.STATE,
        "Survey submission date": Role.DATE,
        "Rating": Role.SCORE,
        "Response": Role.COMMENT,
        "Source": Role.PROPERTY,
        "Email": Role.PERSON,
    }
    assert facts["Email"].samples[0] == "p…@example.com"
    assert masked("a\x1b[2Jb") == "a\ufffd[2Jb"


def test_people_and_properties_stay_with_the_answers() -> None:
    first = read(FOLDER / "retently_UNVERIFIED.csv").answers[0]
    assert first.person == "p0@example.com"
    assert (first.properties or {})["Company"] == "Acme"
