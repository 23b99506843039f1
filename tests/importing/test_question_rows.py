# ruff: noqa: RUF001 - other alphabets are what is tried
"""Files with each question in a row of its own: the rows of one response become one answer."""

from pathlib import Path

import pytest

from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from tests.importing.files import Read, read, table, write
from tests.importing.kinds import outcome

Q = "How likely are you to recommend Acme to a friend?"
WHY = "What is the main reason for your score?"
MATTERED = "What influenced your score the most?"

RESPONSES = [
    ("R_1", "2025-01-14 09:10:05", "p1@example.com", 9, "Kind, and\nquick", ["Reputation", "Price, value for money"]),
    ("R_2", "2025-01-15 10:00:00", "p2@example.com", 3, "Slow support", ["Customer service"]),
    ("R_3", "2025-01-16 11:00:00", "p3@example.com", 10, None, []),
    ("R_4", "2025-01-17 12:00:00", "p4@example.com", None, "I cannot say", ["Reputation"]),
    ("R_5", "2025-01-18 13:00:00", "p5@example.com", 0, None, ["Customer service", "Reputation"]),
]  # fmt: skip
HEADER = ["Response ID", "Response Date", "Email", "Question", "Answer"]


def long_rows() -> list[list[object]]:
    """Write each response as a row a question, and a row a reason."""
    rows: list[list[object]] = []
    for response, at, email, score, comment, reasons in RESPONSES:
        before = [response, at, email]
        rows += [[*before, MATTERED, reason] for reason in reasons]
        rows += [[*before, Q, score]] if score is not None else []
        rows += [[*before, WHY, comment]] if comment else []
    return rows


def told(found: Read) -> list[tuple[str | None, int | None, str | None, list[str], str, str | None]]:
    return sorted(
        (
            row.row_id,
            row.score,
            row.comment,
            sorted(row.drivers),
            f"{row.answered_at:%Y-%m-%d %H:%M:%S}" if row.answered_at else "",
            row.person,
        )
        for row in found.answers
    )


EXPECTED = [
    ("R_1", 9, "Kind, and\nquick", ["Price, value for money", "reputation"], "2025-01-14 09:10:05", "p1@example.com"),
    ("R_2", 3, "Slow support", ["support"], "2025-01-15 10:00:00", "p2@example.com"),
    ("R_3", 10, None, [], "2025-01-16 11:00:00", "p3@example.com"),
    ("R_4", None, "I cannot say", ["reputation"], "2025-01-17 12:00:00", "p4@example.com"),
    ("R_5", 0, None, ["reputation", "support"], "2025-01-18 13:00:00", "p5@example.com"),
]  # fmt: skip


def test_comments_reasons_date_and_person_come_with_their_answer(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.csv", table([HEADER, *long_rows()])))
    assert (told(found), found.bad, found.left_out) == (EXPECTED, [], [])


@pytest.mark.parametrize("column", range(5))
@pytest.mark.parametrize("backwards", [False, True])
def test_rows_come_in_any_order(tmp_path: Path, *, column: int, backwards: bool) -> None:
    rows = sorted(long_rows(), key=lambda row: str(row[column]), reverse=backwards)
    assert told(read(write(tmp_path / "a.csv", table([HEADER, *rows])))) == EXPECTED


def rows_of(header: str, *rows: str) -> str:
    return table([line.split("|") for line in (header, *rows)])


def plainly(found: Read) -> list[tuple[int | None, str | None]]:
    return [(row.score, row.comment) for row in found.answers]


def test_numbers_and_texts_stand_in_columns_of_their_own_and_questions_have_codes(tmp_path: Path) -> None:
    text = rows_of(
        "survey_id|response_id|question_id|question_text|question_type|answer_id|numeric_value|text_value|submitted_at",
        f"s1|a1|q1|{Q}|nps|1|9||2025-01-14T09:10:05Z",
        f"s1|a1|q2|{WHY}|open|2||Kind|2025-01-14T09:10:05Z",
        f"s1|a2|q1|{Q}|nps|3|3||2025-01-15T09:10:05Z",
        f"s1|a2|q2|{WHY}|open|4||Slow|2025-01-15T09:10:05Z",
    )
    found = read(write(tmp_path / "a.csv", text))
    assert [(row.row_id, row.score, row.comment) for row in found.answers] == [
        ("a1", 9, "Kind"),
        ("a2", 3, "Slow"),
    ]
    assert found.moments[0] == "2025-01-14T09:10:05+00:00"


def test_a_score_stands_beside_its_label_and_a_choice_beside_its_number(tmp_path: Path) -> None:
    text = rows_of(
        "Respondent ID|Question|Answer Value|Answer Label",
        f"1149001|{Q}|9|Very likely",
        f"1149001|{MATTERED}|2|Reputation",
        f"1149001|{MATTERED}|3|Customer service",
        f"1149002|{Q}|0|Not at all likely",
        f"1149002|{MATTERED}|2|Reputation",
    )
    found = read(write(tmp_path / "a.csv", text))
    assert (found.scores, found.drivers) == ([9, 0], {"reputation": 2, "support": 1})


def test_a_row_a_choice_says_whether_it_was_ticked(tmp_path: Path) -> None:
    text = rows_of(
        "Response ID|Question|Choice|Value",
        f"a1|{Q}||9",
        f"a1|{MATTERED}|Reputation|1",
        f"a1|{MATTERED}|Customer service|0",
        f"a2|{Q}||3",
        f"a2|{MATTERED}|Reputation|0",
        f"a2|{MATTERED}|Customer service|1",
    )
    found = read(write(tmp_path / "a.csv", text))
    assert [row.drivers for row in found.answers] == [("reputation",), ("support",)]


def test_one_question_in_two_languages_is_one(tmp_path: Path) -> None:
    text = rows_of(
        "id_réponse|Date|Question|Réponse",
        "r1|14/01/2025|Quelle est la probabilité que vous nous recommandiez ?|9",
        "r1|14/01/2025|Pourquoi cette note ?|Très bien",
        f"r2|15/01/2025|{Q}|3",
        f"r2|15/01/2025|{WHY}|Slow",
    )
    found = read(write(tmp_path / "a.csv", text), Options())
    assert plainly(found) == [(9, "Très bien"), (3, "Slow")]


def test_ids_are_known_without_a_space_and_in_japanese(tmp_path: Path) -> None:
    japanese = rows_of(
        "回答ID|回答日時|質問|回答", "a|2025/01/14|当社を薦めますか？|9", "a|2025/01/14|理由は？|とても良い"
    )
    english = rows_of(
        "ResponseID|Date|Question|Response", f"a|2025-01-14|{Q}|9", f"a|2025-01-14|{WHY}|とても良い"
    )
    for text in (japanese, english):
        found = read(write(tmp_path / "a.csv", text))
        assert (plainly(found), found.moments[0][:10]) == ([(9, "とても良い")], "2025-01-14")


def test_an_id_in_merged_cells_is_that_of_the_rows_below(tmp_path: Path) -> None:
    text = rows_of(
        "Response ID|Date|Question|Answer",
        f"r1|2025-01-14|{Q}|9", f"||{WHY}|Kind", f"r2|2025-01-15|{Q}|3", f"||{WHY}|Slow",
    )  # fmt: skip
    found = read(write(tmp_path / "a.csv", text))
    assert [(row.row_id, row.score, row.comment) for row in found.answers] == [
        ("r1", 9, "Kind"),
        ("r2", 3, "Slow"),
    ]


def test_a_comment_among_metrics_is_joined(tmp_path: Path) -> None:
    rows = [
        f"a{n}|{metric}|{value}"
        for n in (9, 3)
        for metric, value in (("NPS", n), ("Comment", f"It was {n}, so"))
    ]
    found = read(write(tmp_path / "a.csv", rows_of("Assessment ID|Metric|Value", *rows)))
    assert plainly(found) == [(9, "It was 9, so"), (3, "It was 3, so")]


def test_a_rare_comment_is_joined_and_addresses_are_alike_in_any_case(tmp_path: Path) -> None:
    rows = [f"P{n}@x.example|{Q}|{n % 11}" for n in range(300)]
    text = rows_of("E-mail|Question|Answer", *rows, f"p7@x.example|{WHY}|Because it was so")
    found = read(write(tmp_path / "a.csv", text))
    assert (len(found.scores), found.answers[7].comment) == (300, "Because it was so")


def test_what_is_said_beside_other_is_kept_and_a_rows_number_is_no_answer(tmp_path: Path) -> None:
    text = rows_of(
        "Number|Response ID|Question|Choice|Other text",
        f"N1|r1|{Q}|9|",
        f"N2|r1|{MATTERED}|Other|The parking place",
        f"N3|r2|{Q}|3|",
        f"N4|r2|{MATTERED}|Reputation|",
    )
    found = read(write(tmp_path / "a.csv", text))
    assert [(row.score, row.drivers) for row in found.answers] == [
        (9, ("Other", "The parking place")),
        (3, ("reputation",)),
    ]


def test_a_group_in_a_row_of_its_own_says_nothing(tmp_path: Path) -> None:
    rows = [f"r{n}|{Q}|{answer}" for n in range(3) for answer in ("Detractor", n)]
    found = read(write(tmp_path / "a.csv", rows_of("Response ID|Question|Answer", *rows, f"r0|{WHY}|Slow")))
    assert plainly(found) == [(0, "Slow"), (1, None), (2, None)]


def test_two_questions_for_a_score_are_asked_about(tmp_path: Path) -> None:
    other = "How likely are you to recommend our support?"
    rows = [f"r{n}|{question}|{n % 11}" for n in range(20) for question in (Q, other)]
    path = write(tmp_path / "a.csv", rows_of("Response ID|Question|Answer", *rows))
    assert "Say which with --score-column" in str(outcome(path))
    assert len(read(path, Options(score_column=other)).scores) == 20


def test_a_remark_beside_a_score_is_its_comment(tmp_path: Path) -> None:
    text = rows_of(
        "Response ID|Date|Question|Rating|Comment",
        f"r1|2025-01-14|{Q}|9|Kind",
        "r1|2025-01-14|How easy was it?|7|",
        f"r2|2025-01-15|{Q}|2|Slow",
        "r2|2025-01-15|How easy was it?|4|",
    )
    assert plainly(read(write(tmp_path / "a.csv", text))) == [(9, "Kind"), (2, "Slow")]


def test_rows_that_no_id_joins_are_refused_with_what_mends_it(tmp_path: Path) -> None:
    rows = [
        f"{n}|{question}|{answer}"
        for n in range(9)
        for question, answer in ((Q, n), (WHY, f"because {n} is enough"))
    ]
    rows = [f"{number}{row[1:]}" for number, row in enumerate(rows)]
    path = write(tmp_path / "a.csv", rows_of("Row ID|Question|Answer", *rows))
    assert "no column joins the rows" in str(outcome(path))
    assert len(read(path, Options(score_column="Answer")).scores) == 9


def test_a_person_joins_the_rows_of_one_day(tmp_path: Path) -> None:
    text = rows_of(
        "Email|Survey date|Question|Answer",
        f"a@example.com|2025-01-14 09:00|{Q}|9",
        f"a@example.com|2025-01-14 09:01|{WHY}|Kind",
        f"a@example.com|2025-04-14 09:00|{Q}|2",
        f"a@example.com|2025-04-14 09:02|{WHY}|Slow",
        f"b@example.com|2025-01-14 09:00|{Q}|7",
    )
    found = read(write(tmp_path / "a.csv", text))
    assert [(row.person, row.score, row.comment) for row in found.answers] == [
        ("a@example.com", 9, "Kind"), ("a@example.com", 2, "Slow"), ("b@example.com", 7, None)
    ]  # fmt: skip


def test_a_question_far_below_its_score_is_joined_and_a_bad_row_tells_its_own_line(tmp_path: Path) -> None:
    rows = [f"r{n}|{Q}|{n % 11}" for n in range(2_000)] + [f"r{n}|{WHY}|because {n}" for n in range(2_000)]
    rows[1_500] = f"r1500|{Q}|eleven"
    found = read(write(tmp_path / "a.csv", rows_of("Response ID|Question|Answer", *rows)))
    assert (len(found.scores), found.answers[7].comment) == (1_999, "because 7")
    assert str(found.bad[0]).startswith("Line 1502, ")


def test_a_score_on_each_row_beside_other_questions_is_taken_once(tmp_path: Path) -> None:
    text = rows_of(
        "Response ID|Completed|NPS Score|Question|Answer",
        f"r1|2025-01-14|9|{WHY}|Kind",
        "r1|2025-01-14|9|How did you hear about us?|Radio",
        f"r2|2025-01-15|3|{WHY}|Slow",
        "r2|2025-01-15|3|How did you hear about us?|A friend",
    )
    assert plainly(read(write(tmp_path / "a.csv", text))) == [(9, "Kind"), (3, "Slow")]


def test_products_rated_in_an_order_are_no_questions(tmp_path: Path) -> None:
    rows = [f"o{n // 2}|{item}|{n % 11}" for n in range(40) for item in ("Shirt", "Shoe")]
    found = read(write(tmp_path / "a.csv", rows_of("Order ID|Item|Rating", *rows)))
    assert len(found.scores) == 80


def test_a_row_without_an_id_stands_alone_and_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([HEADER, *long_rows(), ["", "2025-01-20", "", Q, 8]]))
    with opened_export(path, Options()) as export:
        assert export.joined is not None
        assert (export.joined.by, export.joined.rows, export.joined.responses) == ("Response ID", 14, 6)
        assert export.joined.alone == 1
    assert sorted(read(path).scores) == [0, 3, 8, 9, 10]


def test_a_row_of_too_many_cells_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([HEADER, *long_rows()]) + "R_6,2025-01-20,,Why?,I think, so\n")
    assert "Line 16: there are 6 cells below 5 columns" in str(outcome(path))


def test_a_stray_quotation_mark_is_a_bad_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", table([HEADER, *long_rows()]) + 'R_6,2025-01-20,,Why?,"I "think" so"\n')
    found = read(path)
    assert (len(found.scores), [row.line for row in found.bad]) == (4, [16])
