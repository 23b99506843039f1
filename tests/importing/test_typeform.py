"""What Typeform does to a file that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.files.rows import Absence
from bot.importing.options import Format
from tests.importing.files import lines, read, table, write

QUESTION = "How likely is it that you would recommend Acme to a friend or colleague?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def test_unfinished_answer_with_a_score_is_left_out(file: Path) -> None:
    rows = lines(
        f"#,{QUESTION},Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending",
        "aaaaaaaaaaaaaaaaaaaaaaa1,9,completed,2024-10-14 09:10:01,,2024-10-14 09:11:44,938f,,",
        "aaaaaaaaaaaaaaaaaaaaaaa2,3,partial,2024-10-14 09:10:01,2024-10-14 09:12:44,,938f,,",
        "aaaaaaaaaaaaaaaaaaaaaaa3,,started,2024-10-14 09:10:01,,,938f,,",
    )
    found = read(write(file, table(rows)))
    assert found.scores == [9]
    assert found.no_score == 1
    assert [row.why for row in found.left_out] == [Absence.UNFINISHED]


def test_older_exports_have_fewer_columns(file: Path) -> None:
    rows = lines(
        f"#,{QUESTION},What is the main reason for your score?,Start Date (UTC),Submit Date (UTC),Network ID",
        "aaaaaaaaaaaaaaaaaaaaaaa1,9,'=1+1,2024-10-14 09:10:01,2024-10-14 09:11:44,938f",
    )
    found = read(write(file, table(rows)))
    assert found.format is Format.TYPEFORM
    assert found.comments == ["=1+1"]
    assert found.answers[0].row_id == "aaaaaaaaaaaaaaaaaaaaaaa1"


def test_own_choices_right_after_the_score_are_drivers(file: Path) -> None:
    rows = lines(
        f"#,{QUESTION},Price,Speed,Other,Anything else?,Start Date (UTC),Submit Date (UTC),Network ID",
        "aaaaaaaaaaaaaaaaaaaaaaa1,9,Price,Speed,,fine,2024-10-14 09:10:01,2024-10-14 09:11:44,938f",
        "aaaaaaaaaaaaaaaaaaaaaaa2,9,,Speed,Your parties,no,2024-10-14 09:10:01,2024-10-14 09:11:44,938f",
    )
    found = read(write(file, table(rows)))
    assert found.drivers == {"Price": 1, "Speed": 2, "Other": 1}
    assert found.comments == ["fine", "no\nYour parties"]
