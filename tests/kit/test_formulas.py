"""What a spreadsheet would calculate stays text, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.formulas import neutral, original

BEGINNINGS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001 - a Japanese keyboard's, which spreadsheets know as well

texts = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\na "))


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_begins_like_a_formula_begins_with_an_apostrophe(beginning: str) -> None:
    assert neutral(f"{beginning}cmd|' /C calc'!A0") == f"'{beginning}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "fine", "9 = promoter", "'tis fine", " =1", "a@b.example"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@given(texts)
def test_no_text_is_left_a_formula(text: str) -> None:
    assert not neutral(text).startswith(tuple(BEGINNINGS))


@given(texts)
def test_every_text_comes_back(text: str) -> None:
    assert original(neutral(text)) == text
