# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Habits of services and spreadsheets: each is read rightly, or refused with the sentence that mends it."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.importing.batches import batches
from bot.importing.files.rows import Absence
from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from bot.importing.outcome import Wanted
from tests.importing.files import lines, read, table, write
from tests.importing.kinds import outcome

ASKED = "How likely are you to recommend us?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


@pytest.mark.parametrize(
    ("morning", "afternoon"),
    [
        ("9:10:05 A.M.", "2:05:07 P.M."), ("9:10:05a", "2:05:07p"), ("9:10:05 fm", "2:05:07 em"),
        ("fm 9:10:05", "em 2:05:07"), ("de. 9:10:05", "du. 2:05:07"), ("9.10.05 ap.", "2.05.07 ip."),
        ("9:10:05 dop.", "2:05:07 odp."), ("9:10:05 dop.", "2:05:07 pop."), ("9:10:05 PD", "2:05:07 MD"),
        ("9:10:05 f.h.", "2:05:07 e.h."), ("9:10:05 SA", "2:05:07 CH"), ("9:10:05 PG", "2:05:07 PTG"),
        ("ÖÖ 9:10:05", "ÖS 2:05:07"), ("9:10:05 пр.об.", "2:05:07 сл.об."), ("9:10:05 ق.ظ", "2:05:07 ب.ظ"),
        ("9:10:05 לפנה״צ", "2:05:07 אחה״צ"), ("9:10:05 पूर्वाह्न", "2:05:07 अपराह्न"), ("9:10:05 vm.", "2:05:07 nm."),
    ],
)  # fmt: skip
def test_halves_of_the_day_are_read_in_further_languages(file: Path, morning: str, afternoon: str) -> None:
    rows = [("Date", "Score"), (f"14.01.2025 {morning}", 9), (f"14.01.2025 {afternoon}", 3)]
    assert read(write(file, table(rows))).moments == [
        "2025-01-14T09:10:05+00:00",
        "2025-01-14T14:05:07+00:00",
    ]


@pytest.mark.parametrize("before", ["\u200e", "\u00a0", "Tue ", "em "])
def test_what_stands_before_a_date_does_not_hide_its_order(file: Path, before: str) -> None:
    rows = [("Date", "Score"), (f"{before}02/01/2025", 9), (f"{before}14/01/2025", 3)]
    assert [moment[:10] for moment in read(write(file, table(rows))).moments] == ["2025-01-02", "2025-01-14"]


def test_seconds_below_ts_are_a_date(file: Path) -> None:
    assert read(write(file, "ts,score\n1736845805.000,9\n")).moments == ["2025-01-14T09:10:05+00:00"]


def test_a_scale_from_one_is_told_where_a_comma_follows_it(file: Path) -> None:
    asked = "On a scale of 1-10, how likely are you to recommend us?"
    assert "a scale of 1 to 10" in str(outcome(write(file, table([(asked,), (9,), (10,), (1,)]))))


def test_a_day_that_a_spreadsheet_made_of_a_score_is_none(file: Path) -> None:
    (bad,) = read(write(file, "Score\n9\n8\n10-Sep\n")).bad
    assert (
        str(bad)
        == "Line 4, column “Score”: “10-Sep” is a date, which a spreadsheet makes of a score such as 9/10."
    )


@pytest.mark.parametrize("scores", [range(11), range(10, -1, -1)])
def test_counts_a_month_beside_each_score_are_a_table(file: Path, scores: range) -> None:
    rows = [("Score", "Jan", "Feb"), *((score, 3, 40) for score in scores)]
    assert "--count-column “Jan”" in str(outcome(write(file, table(rows))))
    assert len(read(file, Options(count_column="Jan")).scores) == 33


def test_points_and_feedback_on_a_question_are_not_its_answer(file: Path) -> None:
    why = "What is the reason?"
    rows = [
        (ASKED, f"Points - {ASKED}", f"Feedback - {ASKED}", why, f"Points - {why}", f"Feedback - {why}"),
        (9, 0, "", "Good", 0, "Well said, Ann"),
        (3, 0, "", "Too slow", 0, ""),
    ]
    found = read(write(file, table(rows)))
    assert (found.scores, found.comments) == ([9, 3], ["Good", "Too slow"])


def test_the_state_of_a_form_is_no_score(file: Path) -> None:
    rows = lines("record_id,nps_score,nps_why,nps_complete", "1,9,Good,2", "2,3,Too slow,2")
    assert read(write(file, table(rows))).scores == [9, 3]


def test_the_comment_on_another_measure_is_none_on_the_score(file: Path) -> None:
    rows = lines("LTR,Comment: LTR,OSAT,Comment: OSAT", "9,Good,5,Nice shop", "3,Too slow,4,Clean shop")
    assert read(write(file, table(rows))).comments == ["Good", "Too slow"]


def test_each_group_is_asked_in_a_column_of_its_own(file: Path) -> None:
    rows = [
        (
            ASKED,
            "Promoter: what do you love?",
            "Passive: what could be better?",
            "Detractor: what went wrong?",
        ),
        (9, "All of it", "", ""),
        (7, "", "Fine mostly", ""),
        (3, "", "", "Slow support"),
        (10, "The team, and the tool", "", ""),
    ]
    said = ["All of it", "Fine mostly", "Slow support", "The team, and the tool"]
    assert read(write(file, table(rows))).comments == said


def test_a_question_in_slanted_letters_asks_too(file: Path) -> None:
    rows = [
        (ASKED, "*What do you love?*", "_What can we fix?_"),
        (9, "All of it", ""),
        (3, "", "The slow support"),
    ]
    assert read(write(file, table(rows))).comments == ["All of it", "The slow support"]


@pytest.mark.parametrize(
    "names", ["Reasons (Price)|Reasons (Support)", "Reasons (choice=Price)|Reasons (choice=Support)"]
)
def test_choices_in_brackets_are_checked(file: Path, names: str) -> None:
    rows = [("Score", *names.split("|")), (9, "Checked", "Unchecked"), (3, "Checked", "Checked")]
    assert read(write(file, table(rows))).drivers == {"Price": 2, "support": 1}


def test_what_mattered_is_asked_for_reasons(file: Path) -> None:
    rows = [(ASKED, "What mattered most?"), (9, "Price,Support"), (3, "Support")]
    assert read(write(file, table(rows))).drivers == {"Price": 1, "support": 2}


def test_answers_that_the_service_deleted_are_left_out(file: Path) -> None:
    rows = lines("Score,Response Status", "9,Complete", "3,Complete", "1,Deleted")
    found = read(write(file, table(rows)))
    assert (found.scores, [row.why for row in found.left_out]) == ([9, 3], [Absence.EXCLUDED])


def test_codes_for_no_answer_are_no_comments(file: Path) -> None:
    write(
        file, table([("Score", "Comment"), (9, "-99"), (3, "-77"), (8, "Too slow"), (7, "Good"), (6, "Fair")])
    )
    with opened_export(file, Options()) as export:
        (found,) = batches(export, Wanted("Acme"), 1)
    assert found.comments == 3


@pytest.mark.parametrize("cell", ["Prefer not to answer", "Keine Antwort", "не знаю", "わからない"])
def test_who_would_rather_not_say_gives_no_score(file: Path, cell: str) -> None:
    found = read(write(file, table([(ASKED,), (9,), (cell,), (3,)])))
    assert (found.scores, found.no_score, found.bad) == ([9, 3], 1, [])


def test_topics_are_reasons_and_their_bullets_are_not(file: Path) -> None:
    rows = [("Score", "Topics"), (9, "• Price\n• Support"), (3, "• Support"), (8, "- Price")]
    assert read(write(file, table(rows))).drivers == {"Price": 2, "support": 2}


def test_names_of_groups_of_columns_are_skipped(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("NPS 2025", None, None, None),
        ("Respondent", None, "Answer", None),
        ("Name", "Date", "Score", "Comment"),
        ("Ann", "2025-01-14", 9, "Good"),
        ("Bob", "2025-01-15", 3, "Too slow"),
    ):
        sheet.append(row)
    for cells in ("A1:D1", "A2:B2", "C2:D2"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "answers.xlsx")
    found = read(tmp_path / "answers.xlsx")
    assert (found.scores, found.comments, found.bad) == ([9, 3], ["Good", "Too slow"], [])


@pytest.mark.parametrize("name", ["Total Acme", "Average of Acme", "Count"])
def test_a_total_is_named_before_its_group_too(file: Path, name: str) -> None:
    rows = [("Account", "Date", "Score", "Comment"), ("Acme", "1/14/2025", 9, "Good"), (name, "", 9, "")]
    found = read(write(file, table([*rows, ("Beta", "1/15/2025", 3, ""), (name, "", 12, "")])))
    assert (found.scores, [row.why for row in found.left_out]) == ([9, 3], [Absence.TOTAL] * 2)


def test_a_firm_that_is_called_total_answers_on_a_day(file: Path) -> None:
    rows = [("Account", "Date", "Score"), ("Total Energies", "1/14/2025", 9), ("Beta", "1/15/2025", 3)]
    assert read(write(file, table(rows))).scores == [9, 3]
    assert read(write(file, table([row[::2] for row in rows]))).scores == [9, 3]


def test_an_average_below_an_empty_first_column_is_told(file: Path) -> None:
    rows = [("", "Date", "Score"), ("", "1/14/2025", 9), ("", "1/15/2025", 3), ("", "Average", 6)]
    assert read(write(file, table(rows))).scores == [9, 3]


@pytest.mark.parametrize("words", ["Completed|Pending|Deleted", "Closed|In progress|Rejected"])
def test_an_orders_status_leaves_nobody_out(file: Path, words: str) -> None:
    done, waits, gone = words.split("|")
    rows = lines("Date,Status,NPS", f"2025-01-14,{done},9", f"2025-01-15,{waits},3", f"2025-01-16,{gone},8")
    found = read(write(file, table(rows)))
    assert (found.scores, found.left_out) == ([9, 3, 8], [])


@pytest.mark.parametrize(
    ("header", "waits"), [("Response ID,Status,NPS", "In progress"), ("Plan,Status,NPS", "Partial")]
)
def test_a_response_status_leaves_out_what_was_not_finished(file: Path, header: str, waits: str) -> None:
    rows = lines(header, "101,Completed,9", f"102,{waits},3", "103,Deleted,8")
    found = read(write(file, table(rows)))
    assert (found.scores, [row.why for row in found.left_out]) == (
        [9],
        [Absence.UNFINISHED, Absence.EXCLUDED],
    )
