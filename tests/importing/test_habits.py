# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Habits of services and spreadsheets: each is read rightly, or refused with the sentence that mends it."""

from pathlib import Path

import pytest

from tests.importing.files import read, table, write


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
