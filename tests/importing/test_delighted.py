"""What Delighted does to a file that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.files.rows import Absence
from bot.importing.options import Format
from tests.importing.files import lines, read, table, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def test_other_kinds_of_survey_are_left_out(file: Path) -> None:
    rows = lines(
        "Response ID,Survey Type,Score,Comment,Created At",
        "1,nps,9,,2024-10-14T09:10:00Z",
        "2,csat,5,,2024-10-14T09:10:00Z",
    )
    found = read(write(file, table(rows)))
    assert found.format is Format.DELIGHTED
    assert found.scores == [9]
    assert [row.why for row in found.left_out] == [Absence.OTHER_SURVEY]


def test_properties_of_people_are_not_answers(file: Path) -> None:
    rows = lines(
        "Response ID,Score,Comment,Created at,Responded at,Name,Email,Rating,Recommended by,Delighted Source",
        "1,9,ok,2024-10-14 09:10:00 UTC,,Ann,a@example.com,3,7,Email",
    )
    found = read(write(file, table(rows)))
    assert found.scores == [9]
    assert found.comments == ["ok"]
    assert found.moments == ["2024-10-14T09:10:00+00:00"]
