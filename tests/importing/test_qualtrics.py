"""What Qualtrics does to a file that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.files.rows import Absence
from bot.importing.options import Format
from tests.importing.files import read, table, write

QUESTION = "How likely is it that you would recommend Acme to a friend or colleague?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


CODES = "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,DistributionChannel,Q1_NPS_GROUP,Q1,Q2"


def header(zone: str = "America/Denver") -> list[list[str]]:
    codes = CODES.split(",")
    questions = [*codes[:-3], f"{QUESTION} - Group", QUESTION, "Why?"]
    dates = {"StartDate", "EndDate", "RecordedDate"}
    ids = [
        f'{{"ImportId":"{code}","timeZone":"{zone}"}}' if code in dates else f'{{"ImportId":"{code}"}}'
        for code in codes
    ]
    return [codes, questions, ids]


def answer(number: int, status: str, finished: str, *cells: str) -> list[str]:
    moment = "2024-10-14 09:10:00"
    return [moment, moment, status, "100", finished, moment, f"R_{number}", "anonymous", *cells]


def test_answers_are_given_in_words(file: Path) -> None:
    rows = [
        *header(),
        answer(1, "IP Address", "True", "Promoter", "10", "kind"),
        answer(2, "Survey Preview", "True", "Promoter", "10", ""),
        answer(3, "IP Address", "False", "Detractor", "2", ""),
        answer(4, "IP Address", "True", "", "-99", ""),
    ]
    found = read(write(file, table(rows)))
    assert found.scores == [10]
    assert found.no_score == 1
    assert [row.why for row in found.left_out] == [Absence.PREVIEW, Absence.UNFINISHED]
    assert found.moments[0] == "2024-10-14T15:10:00+00:00"


@pytest.mark.parametrize("code", ["1", "2", "9", "17"])
def test_previews_and_tests_are_given_as_codes(file: Path, code: str) -> None:
    rows = [
        *header(),
        answer(1, code, "1", "3", "10", ""),
        answer(2, "0", "1", "3", "9", ""),
    ]
    assert read(write(file, table(rows))).scores == [9]


def test_tab_separated_export_is_utf_16(file: Path) -> None:
    rows = [*header(), answer(1, "0", "1", "3", "10", "déçu\nvraiment")]
    found = read(write(file, table(rows, delimiter="\t", line_end="\r\n"), "utf-16"))
    assert found.format is Format.QUALTRICS
    assert found.comments == ["déçu\nvraiment"]


def test_header_may_lack_the_row_of_import_ids(file: Path) -> None:
    rows = [*header()[:2], answer(1, "0", "1", "3", "10", "good")]
    found = read(write(file, table(rows)))
    assert found.format is Format.QUALTRICS
    assert found.scores == [10]


def test_header_may_be_short_names_alone(file: Path) -> None:
    rows = [header()[0], answer(1, "0", "1", "3", "10", "good")]
    found = read(write(file, table(rows)))
    assert found.format is Format.QUALTRICS
    assert found.scores == [10]


def test_each_choice_may_have_its_column(file: Path) -> None:
    codes, questions, ids = header()
    choices = ["Customer experience", "Price"]
    rows = [
        [*codes, "Q3_1", "Q3_2"],
        [
            *questions,
            *(f"What influenced your score? - Selected Choice - {choice}" for choice in choices),
        ],
        [*ids, '{"ImportId":"QID3_1"}', '{"ImportId":"QID3_2"}'],
        [*answer(1, "0", "1", "3", "10", ""), "1", ""],
        [*answer(2, "0", "1", "3", "10", ""), "", "Price"],
    ]
    assert read(write(file, table(rows))).drivers == {"experience": 1, "Price": 1}


def test_choices_in_words_are_joined_by_a_bare_comma(file: Path) -> None:
    codes, questions, ids = header()
    rows = [
        [*codes, "Q3"],
        [*questions, "What influenced your score? - Selected Choice"],
        [*ids, '{"ImportId":"QID3"}'],
        [*answer(1, "0", "1", "3", "10", ""), "Price, value for money,Customer experience"],
        [*answer(2, "0", "1", "3", "10", ""), "Customer experience"],
    ]
    assert read(write(file, table(rows))).drivers == {"Price, value for money": 1, "experience": 2}
