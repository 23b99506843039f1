# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The same twelve answers in the layouts of some forty services: each score, comment and moment comes out as it went in."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.importing.files import Read, read, table, write
from tests.importing.kinds import outcome
from tests.importing.layouts import COMMENTS, LAYOUTS, MOMENTS, SCORES, written

pytestmark = pytest.mark.slow

CHINESE = ("服務很好", "產品不錯", "價格太貴，不划算", "客服回覆太慢", "不會再用了", None, "非常滿意", "體驗很差", "操作簡單", "不知道", None, "最好用的工具")  # fmt: skip
SIMPLIFIED = ("服务很好", "产品不错", "价格太贵，不划算", "客服回复太慢", "不会再用了", None, "非常满意", "体验很差", "操作简单", "不知道", None, "最好用的工具")  # fmt: skip
JAPANESE = ("とても良い", "普通です", "サポートが遅い", "高すぎます", "二度と使いません", None, "大満足です", "使いにくい", "便利です", "わかりません", None, "最高のツール")  # fmt: skip
KOREAN = ("정말 좋아요", "보통입니다", "지원이 느려요", "너무 비싸요", "다시는 안 써요", None, "아주 만족합니다", "사용하기 어려워요", "편리합니다", "모르겠어요", None, "최고의 도구")  # fmt: skip
THAI = ("บริการดีมาก", "พอใช้", "ช้ามาก", "แพงเกินไป", "ไม่ใช้อีกแล้ว", None, "พอใจมาก", "ประสบการณ์แย่", "ใช้ง่าย", "ไม่รู้", None, "เครื่องมือที่ดีที่สุด")  # fmt: skip


def said(found: Read) -> list[tuple[int | None, str | None, str]]:
    return [
        (row.score, row.comment, f"{row.answered_at:%Y-%m-%d %H:%M}" if row.answered_at else "")
        for row in found.answers
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_score_comment_and_moment_comes_out_as_it_went_in(tmp_path: Path, name: str) -> None:
    layout = LAYOUTS[name]
    found = read(write(tmp_path / "a.csv", written(layout)))

    moments = [
        at.replace(hour=0, minute=0) if layout.days else at + timedelta(hours=layout.shift) for at in MOMENTS
    ]
    expected = [
        (score, comment, f"{at:%Y-%m-%d %H:%M}")
        for score, comment, at in zip(SCORES, COMMENTS, moments, strict=True)
    ]
    assert (said(found), found.bad) == (expected, [])


@pytest.mark.parametrize(
    ("encoding", "header", "comments"),
    [
        ("big5", "時間戳記|您推薦我們的可能性有多大？|意見", CHINESE),
        ("cp950", "Date|Score|Comment", CHINESE),
        ("gb18030", "提交时间|您有多大可能推荐我们？|原因", SIMPLIFIED),
        ("gbk", "Date|Score|Comment", SIMPLIFIED),
        ("cp932", "日時|薦める可能性はどのくらいですか？|理由", JAPANESE),
        ("euc_jp", "Date|Score|Comment", JAPANESE),
        ("cp949", "날짜|추천할 가능성은 얼마나 됩니까?|이유", KOREAN),
        ("cp874", "ประทับเวลา|คุณจะแนะนำเราให้เพื่อนไหม|เหตุผล", THAI),
    ],
)
def test_letters_of_east_asia_are_recognised(
    tmp_path: Path, encoding: str, header: str, comments: tuple[str | None, ...]
) -> None:
    layout = LAYOUTS["a score's reason"]._replace(header=header, row="{at:%Y-%m-%d %H:%M:%S}|{s}|{c}")
    found = read(write(tmp_path / "a.csv", written(layout, comments), encoding))
    assert (found.comments, found.scores) == (
        list(comments),
        [score for score in SCORES if score is not None],
    )


@pytest.mark.parametrize("header", ["Date|Score|Comment", "回答日|おすすめ度|理由"])
def test_japanese_is_no_row_of_syllables_that_koreans_never_write(tmp_path: Path, header: str) -> None:
    rows = [f"2025-01-{day}|9|対応がとても良かったです {day}" for day in range(10, 20)]
    text = "\n".join([header, *rows]).replace("|", ",")
    assert read(write(tmp_path / "a.csv", text, "cp932")).comments[0] == "対応がとても良かったです 10"


@pytest.mark.parametrize("cell", ["Skipped", "Don't know", "weiß nicht", "ne sais pas", "No answer", "-"])
def test_what_stands_for_no_score_is_none(tmp_path: Path, cell: str) -> None:
    found = read(write(tmp_path / "a.csv", f"Date,Score\n2025-10-14,9\n2025-10-15,{cell}\n"))
    assert (found.scores, found.no_score, found.bad) == ([9], 1, [])


@pytest.mark.parametrize(
    ("header", "cell"), [("Date", "Q1 2025"), ("Datum", "14 Brumaire 233"), ("Timestamp", "Stardate 41153.7")]
)
def test_dates_that_cannot_be_read_are_not_lost_unsaid(tmp_path: Path, header: str, cell: str) -> None:
    told = outcome(write(tmp_path / "a.csv", table([[header, "Score"], [cell, 9], [cell, 3]])))
    assert "--date-column none" in str(told)


@pytest.mark.parametrize(
    ("header", "cell"),
    [("Completion time", "00:01:12"), ("Received", "Yes"), ("IP", "10.1.12.15"), ("App", "2.10.25")],
)
def test_what_is_no_date_is_neither_taken_for_one_nor_refused(tmp_path: Path, header: str, cell: str) -> None:
    found = read(write(tmp_path / "a.csv", table([[header, "Score"], [cell, 9], [cell, 3]])))
    assert (found.moments, found.scores) == (["", ""], [9, 3])


def test_a_job_told_in_two_words_is_no_comment(tmp_path: Path) -> None:
    rows = [["Score", "What is your role?", "Why?"], [9, "Sales Manager", "Kind"], [3, "Head of", "Slow"]]
    assert read(write(tmp_path / "a.csv", table(rows))).comments == ["Kind", "Slow"]


def test_each_open_question_that_was_answered_in_sentences_is_told(tmp_path: Path) -> None:
    rows = [
        [
            "Would you recommend us?",
            "Promoters: What do you love about us?",
            "Detractors: What went wrong for you?",
        ],
        [9, "All the kind people there", ""],
        [3, "", "Nobody ever called me back"],
        [10, "", ""],
    ]
    found = read(write(tmp_path / "a.csv", table(rows)))
    assert found.comments == ["All the kind people there", "Nobody ever called me back", None]


@pytest.mark.parametrize("header", ["Customer", "Ticket subject", "Address", "Produktname", "Société"])
def test_a_name_of_several_words_is_no_comment(tmp_path: Path, header: str) -> None:
    rows = [["Score", header], [9, "Acme of Old York"], [3, "Beta of New York"], [8, "Gamma of Cold York"]]
    assert read(write(tmp_path / "a.csv", table(rows))).comments == [None, None, None]


def test_answers_that_an_api_wraps_twice_are_found(tmp_path: Path) -> None:
    answers = '[{"id": "5f1", "score": 9, "feedback": "Kind", "createdDate": "2025-01-14T09:10:05.000Z"}]'
    path = write(tmp_path / "a.json", f'{{"code": 200, "data": {{"page": 1, "responses": {answers}}}}}')
    assert said(read(path)) == [(9, "Kind", "2025-01-14 09:10")]


@pytest.mark.parametrize(
    "header",
    [
        "Startdatum|Slutdatum", "Startdato|Slutdato", "Starttid|Slutförandetid", "Starttidspunkt|Fuldførelsestidspunkt",
        "Data rozpoczęcia|Data zakończenia", "Godzina rozpoczęcia|Godzina ukończenia", "Дата начала|Дата окончания",
        "Время начала|Время выполнения", "Başlangıç Tarihi|Bitiş Tarihi", "Başlangıç zamanı|Tamamlanma saati", "開始日|終了日",
        "開始時刻|完了時刻", "시작 날짜|종료 날짜", "시작 시간|완료 시간", "开始时间|结束时间", "Kezdés dátuma|Befejezés dátuma",
    ],
)  # fmt: skip
def test_an_answer_came_when_it_was_finished_and_not_begun(tmp_path: Path, header: str) -> None:
    for before in ("", "Respondent ID|"):
        rows = [[*f"{before}{header}".split("|"), "NPS"]]
        rows += [
            [*[f"114900000{n}"][: len(before)], "2025-01-13 09:00:00", "2025-01-14 09:10:00", "9"]
            for n in (1, 2)
        ]
        found = read(write(tmp_path / "a.csv", table(rows)))
        assert found.moments == ["2025-01-14T09:10:00+00:00"] * 2


def test_a_comment_of_one_word_makes_no_group_of_its_column(tmp_path: Path) -> None:
    found = read(
        write(tmp_path / "a.csv", table([["NPS", "What is the main reason?"], [0, "Passive"], [7, ""]]))
    )
    assert (found.scores, found.comments) == ([0, 7], ["Passive", None])
