"""An interaction's form is decoded by a quicker way than urllib's, to the same text."""

from urllib.parse import quote_plus, unquote_to_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.server.endpoints import plain


@given(st.text())
def test_a_payload_is_decoded_to_what_was_encoded(text: str) -> None:
    payload = "{" + text
    assert plain(urlencode({"payload": payload}).encode()).decode() == payload


@given(st.text(), st.sampled_from([" ", "=", "/:,"]))
def test_characters_that_need_no_encoding_may_stand_as_they_are(text: str, safe: str) -> None:
    form = b"%7B" + quote_plus(text, safe=safe).encode()
    assert plain(b"payload=" + form) == unquote_to_bytes(form.replace(b"+", b" "))


def test_small_hexadecimal_digits_are_digits_too() -> None:
    assert plain(b"payload=%7B%7d%3d%0a") == b"{}=\n"


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"command=%2Fnps&text=", b"payload=%7B%7D&more=1", b"payload=null", b"ssl_check=1"]
)
def test_any_other_body_is_left_to_bolt(body: bytes) -> None:
    assert plain(body) is body
