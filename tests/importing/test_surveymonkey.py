"""What SurveyMonkey does to a file that the samples do not show."""

from pathlib import Path

import pytest

from bot.importing.errors import NoRows
from bot.importing.options import Format
from tests.importing.files import read, table, write

QUESTION = "How likely is it that you would recommend Acme to a friend or colleague?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


META = ("Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address")


def answer(number: int, *cells: object) -> list[object]:
    return [
        118290000000 + number,
        430912345,
        "10/14/2024 09:10:00 AM",
        "10/14/2024 09:11:00 AM",
        "192.0.2.1",
        *cells,
    ]


def test_labels_stand_around_the_score(file: Path) -> None:
    rows = [
        [*META, QUESTION],
        ["", "", "", "", "", "Response"],
        answer(1, "Extremely likely - 10"),
        answer(2, "Not at all likely - 0"),
        answer(3, "7"),
    ]
    found = read(write(file, table(rows)))
    assert found.format is Format.SURVEYMONKEY
    assert found.scores == [10, 0, 7]


def test_each_score_has_a_column_of_its_own(file: Path) -> None:
    labels = ["Not at all likely - 0", *map(str, range(1, 10)), "Extremely likely - 10"]

    def ticked(score: int) -> list[str]:
        return [label if number == score else "" for number, label in enumerate(labels)]

    rows = [
        [*META, QUESTION, *[""] * 10, "Why?"],
        [*[""] * 5, *labels, "Open-Ended Response"],
        *(answer(score, *ticked(score), f"reason {score}") for score in range(11)),
        answer(12, *[""] * 11, "no score"),
    ]
    found = read(write(file, table(rows)))
    assert found.scores == list(range(11))
    assert found.no_score == 1
    assert found.comments[3] == "reason 3"


def test_two_ticked_scores_are_a_bad_row(file: Path) -> None:
    labels = [str(score) for score in range(11)]
    rows = [
        [*META, QUESTION, *[""] * 10],
        [*[""] * 5, *labels],
        answer(1, *labels),
        answer(2, "0", *[""] * 10),
    ]
    found = read(write(file, table(rows)))
    assert found.scores == [0]
    assert str(found.bad[0]) == (
        "Line 3, column “How likely is it that you would recommend Acme to a friend …”: "
        "11 scores are ticked; one answer has one score."
    )


def test_group_stands_beside_the_score(file: Path) -> None:
    rows = [
        [*META, QUESTION, ""],
        ["", "", "", "", "", "Score", "Group"],
        answer(1, 10, "Promoter"),
        answer(2, 3, "Detractor"),
    ]
    assert read(write(file, table(rows))).scores == [10, 3]


def test_choices_are_given_as_numbers(file: Path) -> None:
    rows = [
        [*META, QUESTION, "What influenced your score? (select all)", "", "Why?"],
        [
            "",
            "",
            "",
            "",
            "",
            "Response",
            "Customer experience",
            "Price, value for money",
            "Open-Ended Response",
        ],
        answer(1, 10, 1, "", ""),
        answer(2, 3, "", 2, "Too dear"),
        answer(3, 3, 0, 0, ""),
    ]
    found = read(write(file, table(rows)))
    assert [row.drivers for row in found.answers] == [("experience",), ("Price, value for money",), ()]


@pytest.mark.parametrize(
    "meta",
    [
        "ID du répondant,ID du collecteur,Date de début,Date de fin,Adresse IP",
        "Befragten-ID,Collector-ID,Startdatum,Enddatum,IP-Adresse",
        "ID de encuestado,ID de recopilador,Fecha de inicio,Fecha de finalización,Dirección IP",
        "ID do entrevistado,ID do coletor,Data de início,Data de término,Endereço IP",
        "ID rispondente,ID collettore,Data di inizio,Data di fine,Indirizzo IP",
        "Respondent-ID,Collector-ID,Begindatum,Einddatum,IP-adres",
        "RespondentID,CollectorID,StartDate,EndDate,IP Address",
        "回答者番号,収集番号,はじめ,おわり,アドレス",
    ],
)
def test_header_is_in_another_language(file: Path, meta: str) -> None:
    rows = [
        [*meta.split(","), QUESTION],
        ["", "", "", "", "", "Response"],
        answer(1, 9),
        answer(2, 4),
    ]
    found = read(write(file, table(rows)))
    assert found.format is Format.SURVEYMONKEY
    assert found.scores == [9, 4]


def test_ids_rounded_by_a_spreadsheet_are_no_ids(file: Path) -> None:
    rows = [[*META, QUESTION], [*[""] * 5, "Response"], ["1.1829E+11", *answer(1, 9)[1:]]]
    assert read(write(file, table(rows))).answers[0].row_id is None


def test_export_without_answers_has_nothing_to_import(file: Path) -> None:
    rows = [[*META, QUESTION, "What influenced your score?", ""], [*[""] * 5, "Response", "Price", "Speed"]]
    with pytest.raises(NoRows):
        read(write(file, table(rows)))


def test_dates_decide_together(file: Path) -> None:
    rows = [
        [*META, QUESTION],
        [*[""] * 5, "Response"],
        [118290000001, 430912345, "03/04/2024 09:10:00 PM", "03/04/2024 09:11:00 PM", "", 9],
        [118290000002, 430912345, "31/03/2024 11:59:00 PM", "01/04/2024 12:01:00 AM", "", 9],
    ]
    assert read(write(file, table(rows))).moments == [
        "2024-04-03T21:11:00+00:00",
        "2024-04-01T00:01:00+00:00",
    ]
