# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Headers, choices, scores and days in languages that few services write."""

from pathlib import Path

import pytest

from tests.importing.files import read, table, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


REASONS = [
    "ما العوامل التي أثرت على تقييمك؟", "Τι επηρέασε τη βαθμολογία σας;", "Mi befolyásolta az értékelését?", "מה השפיע על הציון שלך?",
    "ปัจจัยใดมีผลต่อคะแนนของคุณ", "Що вплинуло на вашу оцінку?", "Yếu tố nào ảnh hưởng đến điểm của bạn?",
    "評価の理由（複数選択可）",
]  # fmt: skip


@pytest.mark.parametrize("question", REASONS)
def test_what_was_ticked_is_no_comment(file: Path, question: str) -> None:
    rows = [("NPS", question, "Comment"), (9, "A; B", "we like it"), (3, "B", ""), (7, "C; A", "fair price")]
    found = read(write(file, table(rows)))
    assert [(row.comment, row.drivers) for row in found.answers] == [
        ("we like it", ("A", "B")),
        (None, ("B",)),
        ("fair price", ("C", "A")),
    ]


@pytest.mark.parametrize(
    ("reason", "yes", "no"),
    [
        ("理由", "はい", "いいえ"), ("Neden", "Evet", "Hayır"), ("Причина", "Так", "Ні"), ("Λόγος", "Ναι", "Όχι"),
        ("السبب", "نعم", "لا"), ("סיבה", "כן", "לא"), ("Lý do", "Có", "Không"), ("เหตุผล", "ใช่", "ไม่ใช่"), ("Ok", "Igen", "Nem"),
    ],
)  # fmt: skip
def test_yes_below_a_reason_ticks_it(file: Path, reason: str, yes: str, no: str) -> None:
    rows = [("NPS", f"{reason} [Price]", f"{reason} [Speed]"), (9, yes, no), (3, no, yes), (7, yes, yes)]
    found = read(write(file, table(rows)))
    assert [(row.comment, row.drivers) for row in found.answers] == [
        (None, ("Price",)),
        (None, ("Speed",)),
        (None, ("Price", "Speed")),
    ]


@pytest.mark.parametrize(
    ("why", "better"),
    [
        ("その点数をつけた理由を教えてください。", "改善してほしい点があれば教えてください。"),
        ("เหตุผลหลักที่คุณให้คะแนนนี้คืออะไร", "เราควรปรับปรุงอะไร"),
    ],
)
def test_what_should_be_better_is_a_comment_without_a_question_mark(
    file: Path, why: str, better: str
) -> None:
    rows = [("NPS", why, better), (9, "kind people", ""), (3, "", "faster answers")]
    assert [row.comment for row in read(write(file, table(rows))).answers] == [
        "kind people",
        "faster answers",
    ]


@pytest.mark.parametrize(
    "why",
    [
        "Uzasadnij swoją ocenę",
        "Justifiez votre note",
        "Indokolja a pontszámot",
        "Обоснуйте оценку",
    ],
)
def test_who_is_to_justify_a_score_comments(file: Path, why: str) -> None:
    cells = ["kind people", "slow"] * 15  # as seldom different as what is chosen
    rows = [("NPS", "Plan", why), *((n % 11, "Pro", cell) for n, cell in enumerate(cells))]
    assert read(write(file, table(rows))).comments == cells


@pytest.mark.parametrize(
    "name",
    ["Synpunkter", "Bemærkninger", "Palaute", "Uwagi", "Poznámka", "Megjegyzés", "Observații", "Примечание", "Зауваження",
     "Παρατηρήσεις", "ملاحظات", "ご感想", "备注", "其他建議", "Tilbakemelding"],
)  # fmt: skip
def test_remarks_are_comments_also_where_many_say_the_same(file: Path, name: str) -> None:
    cells = [f"they say {'so ' * (n % 12)}".strip() for n in range(30)]
    rows = [("Date", "NPS", name), *(("2025-01-14", n % 11, cell) for n, cell in enumerate(cells))]
    assert read(write(file, table(rows))).comments == cells


@pytest.mark.parametrize("score", ["الدرجة", "Βαθμός", "点数", "Poengsum"])
def test_a_score_is_known_by_its_word(file: Path, score: str) -> None:
    found = read(write(file, table([(score, "Date"), ("9分", "2025-01-14"), ("10점", "2025-01-15")])))
    assert [row.score for row in found.answers] == [9, 10]


@pytest.mark.parametrize(
    "written", ["2025/01/14(火) 15:12", "2025-01-14 (화) 15:12", "Jan 14 2025 03:12:33:000PM"]
)
def test_a_day_of_the_week_in_brackets_and_thousandths_are_read(file: Path, written: str) -> None:
    (answer,) = read(write(file, table([("Score", "Date"), (9, written)]))).answers
    assert answer.answered_at
    assert answer.answered_at.isoformat()[:16] == "2025-01-14T15:12"
