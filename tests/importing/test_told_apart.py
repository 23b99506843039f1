"""Columns and rows that look like what is wanted, and are something else: told apart as a careful reader would."""

from pathlib import Path

import pytest

from bot.importing.files.rows import Absence
from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from tests.importing.files import Read, read, table, write
from tests.importing.kinds import outcome


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def of(file: Path, *rows: str) -> Read:
    return read(write(file, table([row.split("|") for row in rows])))


def refused(file: Path, *rows: str) -> str:
    return str(outcome(write(file, table([row.split("|") for row in rows]))))


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("May we contact you about your feedback?", "Yes"),
        ("Can we use your comment?", "no"),
        ("Comment_EN", "Something else in English"),
        ("English comment", "Something else in English"),
        ("Comment (Deutsch)", "Etwas anderes auf Deutsch"),
        ("Follow-up note", "Called them back today"),
    ],
)
def test_what_stands_beside_a_comment_is_none(file: Path, header: str, cell: str) -> None:
    found = of(file, f"Date|Score|Comment|{header}", f"2025-01-14|9|All kind|{cell}", f"2025-01-15|3||{cell}")
    assert found.comments == ["All kind", None]


@pytest.mark.parametrize("cell", ["NA", "n/a", ".", "NULL", "#N/A"])
def test_what_programs_write_for_nothing_is_no_comment_no_score_and_no_date(file: Path, cell: str) -> None:
    found = of(
        file, "Date|Score|Comment", f"{cell}|9|{cell}", f"2025-01-15|{cell if cell != '.' else ''}|Kind"
    )
    assert (found.comments, found.scores, found.no_score, found.bad) == ([None, "Kind"], [9], 1, [])
    assert found.moments == ["", "2025-01-15T00:00:00+00:00"]


@pytest.mark.parametrize("staff", ["CSM", "Agent", "Account manager", "Sent by", "Owner email"])
def test_the_person_is_no_colleague_of_ours(file: Path, staff: str) -> None:
    found = of(file, f"{staff}|Contact|Score", "maya@x.example|a@y.example|9", "maya@x.example|b@y.example|3")
    assert [row.person for row in found.answers] == ["a@y.example", "b@y.example"]


@pytest.mark.parametrize("name", ["Driver", "Metric", "KPI"])
def test_of_several_measures_only_the_nps_counts(file: Path, name: str) -> None:
    rows = [f"r{n}|2025-01-14|{measure}|{n}" for n in range(11) for measure in ("eNPS", "Growth", "Reward")]
    found = of(file, f"Respondent|Date|{name}|Score", *rows)
    assert found.scores == list(range(11))
    assert {row.why for row in found.left_out} == {Absence.OTHER_SURVEY}


def test_reasons_by_their_weight_stand_in_columns_of_their_own(file: Path) -> None:
    found = of(
        file,
        "Date|Score|Reason 1|Reason 2|Reason 3|Comment",
        "2025-01-14|9|Price|Customer service|NA|All is well here",
        "2025-01-15|3|Customer service|||Nobody answered me",
    )
    assert [row.drivers for row in found.answers] == [("Price", "support"), ("support",)]
    assert found.comments == ["All is well here", "Nobody answered me"]


def test_a_main_reason_chosen_from_few_is_a_reason_and_no_comment(file: Path) -> None:
    rows = [f"{n % 11}|{('Price', 'Speed', 'Value, all in all')[n % 3]}|It was so {n}" for n in range(30)]
    found = of(file, "Score|Main reason|Please explain", *rows)
    assert found.drivers == {"Price": 10, "Speed": 10, "Value, all in all": 10}
    assert found.comments[0] == "It was so 0"


@pytest.mark.parametrize("scale", ["(1-7)", "on a scale of 1 to 10", "(1 \u2013 5)", "(1 bis 10)"])
def test_a_question_that_begins_its_scale_at_one_is_told(file: Path, scale: str) -> None:
    rows = [f"2025-01-14|{1 + n % 5}" for n in range(9)]
    assert "this looks like a scale of 1 to" in refused(file, f"Date|Would you recommend us {scale}", *rows)


def test_seven_points_are_no_scale_of_eleven(file: Path) -> None:
    rows = [f"2025-01-14|{1 + n % 7}" for n in range(42)]
    assert "a scale of 1 to 7" in refused(file, "Date|Would you recommend us?", *rows)


def test_small_figures_beside_counts_of_promoters_are_results(file: Path) -> None:
    rows = [f"2025-01-{14 + n}|10|5|3|2|{n + 3}" for n in range(6)]
    assert "cannot be taken apart" in refused(file, "Date|Responses|Promoters|Passives|Detractors|NPS", *rows)


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Month", "2025-01"), ("Monat", "Jan-25"), ("Week", "2025-W03"), ("Quarter", "Q1 2025")],
)
def test_a_month_is_no_day_and_not_lost_unsaid(file: Path, header: str, cell: str) -> None:
    assert "--date-column none" in refused(file, f"{header}|Score", f"{cell}|9", f"{cell}|3")


@pytest.mark.parametrize("cell", ["14012025", "7012025"])
def test_digits_that_are_no_day_are_not_lost_unsaid(file: Path, cell: str) -> None:
    assert "--date-column none" in refused(file, "Date|Score", f"{cell}|9", f"{cell}|3")


@pytest.mark.parametrize(
    "question", ["How did you hear about us?", "What is your role?", "Comment nous avez-vous connus ?"]
)
def test_what_somebody_tells_of_themselves_is_no_comment(file: Path, question: str) -> None:
    found = of(
        file,
        f"Would you recommend us?|{question}|What should we do better?",
        "9|From a good friend of mine|More colours please",
        "3|I heard it on the radio|More speed please",
    )
    assert found.comments == ["More colours please", "More speed please"]


def test_the_comment_on_another_measure_is_none(file: Path) -> None:
    found = of(file, "NPS|NPS comment|CSAT|CSAT comment", "9|All kind|5|Quick", "3||2|Long wait")
    assert found.comments == ["All kind", None]


@pytest.mark.parametrize("header", ["Next survey date", "Previous survey date", "Last NPS date"])
def test_another_surveys_date_is_not_that_of_the_answer(file: Path, header: str) -> None:
    found = of(file, f"{header}|Date|Score", "2024-12-01|2025-01-14|9", "2024-12-01|2025-01-15|3")
    assert [moment[:10] for moment in found.moments] == ["2025-01-14", "2025-01-15"]


def test_answers_to_try_a_survey_out_are_left_out_by_its_mode(file: Path) -> None:
    found = of(file, "Mode|Score", "test|9", "live|3", "staging|8")
    assert (found.scores, {row.why for row in found.left_out}) == ([3], {Absence.PREVIEW})
    assert of(file, "Mode|Score", "test|9", "train|3").scores == [9, 3]


@pytest.mark.parametrize("name", ["Category", "Survey name", "Channel"])
def test_rows_of_other_kinds_are_left_out_whatever_names_the_kind(file: Path, name: str) -> None:
    found = of(file, f"{name}|Score|Comment", "NPS|9|Kind", "CSAT|4|", "CES|7|", "NPS|3|")
    assert (found.scores, len(found.left_out)) == ([9, 3], 2)


def test_letters_that_were_spoilt_before_are_told(file: Path) -> None:
    write(file, "Score,Comment\n9,Tr\u00c3\u00a8s bien\n3,Trop lent\n")
    with opened_export(file, Options()) as export:
        assert export.spoilt == ("Tr\u00c3\u00a8s bien", "Tr\u00e8s bien")
    write(file, "Score,Comment\n9,Tr\u00e8s bien\u2026 \u00c2 peine \u00c3\n3,Trop lent\n")
    with opened_export(file, Options()) as export:
        assert export.spoilt is None


def test_a_row_that_was_exported_twice_says_nothing_against_its_id(file: Path) -> None:
    found = of(
        file, "Response ID|Date|Score", "abc123|2025-01-14|9", "abc123|2025-01-14|9", "abc124|2025-01-14|3"
    )
    assert [row.row_id for row in found.answers] == ["abc123", "abc123", "abc124"]


def test_a_title_of_two_cells_is_no_header(file: Path) -> None:
    found = of(file, "Survey:|Acme NPS", "Period:|Q1 2025", "", "Date|Score|Comment", "2025-01-14|9|Kind")
    assert (found.scores, found.comments) == ([9], ["Kind"])


@pytest.mark.parametrize("cell", ["10+", "9-", "٩", "+9", "²"])
def test_a_strange_figure_is_read_or_a_bad_row(file: Path, cell: str) -> None:
    found = of(file, "Date|Score", f"2025-01-14|{cell}", "2025-01-14|3")
    assert len(found.scores) + len(found.bad) == 2


def test_a_zone_behind_its_distance_is_read(file: Path) -> None:
    found = of(file, "Date|Score", "2025-01-14T09:10:05+01:00[Europe/Paris]|9")
    assert found.moments == ["2025-01-14T08:10:05+00:00"]


@pytest.mark.parametrize("code", ["-1", "-9", "-99", "98", "99"])
def test_what_a_program_writes_where_nobody_answered_is_told_and_no_nps(file: Path, code: str) -> None:
    found = of(file, "Date|Score", "2025-01-14|9", f"2025-01-15|{code}", "2025-01-16|3", f"2025-01-17|{code}")
    assert (found.scores, [row.line for row in found.bad]) == ([9, 3], [3, 5])


def test_figures_that_go_below_zero_are_an_nps(file: Path) -> None:
    assert "figures from" in refused(file, "Week|NPS", "1|9", "2|-4", "3|-1")
