"""Which of several figures is the score, where nobody need be asked."""

from pathlib import Path

import pytest

from bot.importing.errors import ImportProblem
from tests.importing.files import lines, read, table, write
from tests.importing.kinds import outcome

SCORES = [9, 10, 3, 8, 7, 0, 9, 6]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def beside(name: str, *others: str, cells: tuple[object, ...] = ()) -> str:
    rows = [(f"r{n}", f"2025-01-1{n}", score, *cells) for n, score in enumerate(SCORES)]
    return table([("Response ID", "Date", name, *others), *rows])


@pytest.mark.parametrize(
    "name",
    ["Sum of Score", "Avg. Score", "Average of Score", "AVG(Score)", "Average of NPS Score", "Sum of Rating",
     "event_properties.score", "properties.score", "event_properties.nps_score"],
)  # fmt: skip
def test_a_program_names_the_score_of_single_answers(file: Path, name: str) -> None:
    assert read(write(file, beside(name))).scores == SCORES


@pytest.mark.parametrize("name", ["Sum of Score", "Average of Score", "Average of NPS Score", "Avg NPS"])
@pytest.mark.parametrize("first", ["Department", "Email", "ID", "Month"])
def test_what_is_summed_up_is_never_taken_for_answers(file: Path, name: str, first: str) -> None:
    rows = [(f"group{n}", score) for n, score in enumerate(SCORES)]
    with pytest.raises(ImportProblem, match="--score-column"):
        read(write(file, table([(first, name), *rows])))


def test_a_sum_of_more_than_one_answer_is_none(file: Path) -> None:
    rows = lines("Response ID,Sum of Score", "r1,9", "r2,3", "r3,17")
    with pytest.raises(ImportProblem):
        read(write(file, table(rows)))


def test_a_count_of_one_in_each_row_is_no_score(file: Path) -> None:
    assert read(write(file, beside("Nps Survey Score", "Nps Survey Count", cells=(1,)))).scores == SCORES


def test_the_date_beside_the_last_score_is_its_own(file: Path) -> None:
    header = "Email,Last NPS Score,Last NPS Date,Previous NPS Score,Previous NPS Date,Created At"
    rows = lines(
        header, "a@x.io,9,2025-01-14,3,2024-06-01,2023-01-01", "b@x.io,3,2025-02-03,8,2024-06-02,2023-01-02"
    )
    found = read(write(file, table(rows)))
    assert [moment[:10] for moment in found.moments] == ["2025-01-14", "2025-02-03"]
    assert [str(row.before.answered_at)[:10] for row in found.answers if row.before] == [
        "2023-01-01",
        "2023-01-02",
    ]


@pytest.mark.parametrize("other", ["Previous NPS Score", "Prior NPS score", "Vorheriger NPS Score"])
def test_the_score_of_an_earlier_time_is_not_this_one(file: Path, other: str) -> None:
    assert read(write(file, beside("Last NPS Score", other, cells=(5,)))).scores == SCORES


def test_the_question_that_names_its_scale_goes_before_one_from_1_to_5(file: Path) -> None:
    scaled = "On a scale from 0 to 10, how likely are you to recommend Acme?"
    other = "I would recommend Acme as a great place to work"
    assert read(write(file, beside(scaled, other, cells=(4,)))).scores == SCORES
    assert "More than one column" in str(outcome(write(file, beside(scaled, other, cells=(8,)))))


def test_signs_and_words_for_numbers_are_scores(file: Path) -> None:
    cells = "#9|# 10|nueve|Diez|seven|ZERO|trois|quattro|três"
    found = read(write(file, table([("Score",), *((cell,) for cell in cells.split("|"))])))
    assert found.scores == [9, 10, 9, 10, 7, 0, 3, 4, 3]


def test_lines_between_the_numbers_of_a_date_are_read(file: Path) -> None:
    rows = lines("Date,Score", "2025_01_14,9", "2025_02_03,3")
    assert [moment[:10] for moment in read(write(file, table(rows))).moments] == ["2025-01-14", "2025-02-03"]
