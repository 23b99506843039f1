"""What any other file may hold that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.options import DateOrder, Format, Options
from tests.importing.files import lines, read, table, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def test_plain_columns_are_enough(file: Path) -> None:
    found = read(
        write(file, "date,score,comment,drivers\n2024-10-14,9,fine,Reputation; Speed\n2024-10-15,2,,Speed\n")
    )
    assert found.format is Format.CSV
    assert found.scores == [9, 2]
    assert found.comments == ["fine", None]
    assert found.drivers == {"reputation": 1, "Speed": 2}


def test_one_column_of_scores_is_enough(file: Path) -> None:
    assert read(write(file, "NPS\n10\n9\n\n3\n")).scores == [10, 9, 3]


def test_numbers_of_rows_are_no_ids(file: Path) -> None:
    assert read(write(file, "id,score\n1,10\n2,9\n")).answers[0].row_id is None


def test_text_group_of_the_same_name_is_not_the_score(file: Path) -> None:
    rows = lines("NPS,NPS category,Segment", "9,Promoter,1", "3,Detractor,2")
    assert read(write(file, table(rows))).scores == [9, 3]


def test_column_of_time_zones_is_heeded(file: Path) -> None:
    rows = lines("Date,Time zone,Score", "2024-10-14 09:10,Europe/Paris,9", "2024-10-14 09:10,,9")
    assert read(write(file, table(rows))).moments == [
        "2024-10-14T07:10:00+00:00",
        "2024-10-14T09:10:00+00:00",
    ]


def test_header_names_the_time_zone(file: Path) -> None:
    rows = lines("Date (America/New_York),Score", "2024-10-14 09:10,9")
    assert read(write(file, table(rows))).moments == ["2024-10-14T13:10:00+00:00"]


def test_score_column_may_be_named_by_number_part_or_name(file: Path) -> None:
    path = write(file, "Would recommend us,Would recommend product\n9,1\n8,2\n")
    for name, scores in (("2", [1, 2]), ("product", [1, 2]), ("would recommend US", [9, 8])):
        assert read(path, Options(score_column=name)).scores == scores


def test_rows_of_a_spreadsheet_may_lack_their_blank_ends(file: Path) -> None:
    assert read(write(file, "Score,Comment,City\n9,,\n8\n,,\n7,ok,,,\n")).scores == [9, 8, 7]


def test_three_comment_questions_become_one_comment(file: Path) -> None:
    rows = lines("Score,Why so low? Comment,Why so high? Comment", "2,slow,", "9,,quick", "7,a,b")
    assert read(write(file, table(rows))).comments == ["slow", "quick", "a\nb"]


def test_day_and_month_follow_the_option(file: Path) -> None:
    path = write(file, "Date,Score\n03/04/2024,9\n")
    assert read(path, Options(dates=DateOrder.DAY_FIRST)).moments == ["2024-04-03T00:00:00+00:00"]
    assert read(path, Options(dates=DateOrder.MONTH_FIRST)).moments == ["2024-03-04T00:00:00+00:00"]


def test_excel_may_name_its_separator(file: Path) -> None:
    found = read(write(file, "sep=;\r\nScore;Comment\r\n9;a, b, c\r\n8;d, e, f\r\n"))
    assert found.scores == [9, 8]
    assert [row.line for row in found.answers] == [3, 4]


def test_first_answer_without_a_score_is_no_second_header(file: Path) -> None:
    for header in ("Name,Email,Score,Comment", "Name,Email,Score,Comment,"):
        found = read(write(file, f"{header}\n,,,fine\nAnn,,9,good\n"))
        assert (found.scores, found.no_score) == ([9], 1)


def test_separators_may_be_followed_by_a_space(file: Path) -> None:
    assert read(write(file, 'Score, Comment\n9, "a, b"\n8, fine\n')).comments == ["a, b", "fine"]
