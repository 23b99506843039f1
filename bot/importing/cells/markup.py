"""What a person wrote, without what a service or a spreadsheet made of it: HTML, and errors of formulas."""

import html
import re
from collections import Counter

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_BLOCK = "p|div|li|ul|ol|h[1-6]|blockquote"
_TAG = re.compile(rf"<(/?)({_BLOCK}|span|b|strong|i|em|u|font|small)(?:\s[^<>]{{0,500}})?>", re.IGNORECASE)
_END_OF_BLOCK = re.compile(rf"</(?:{_BLOCK})>", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]{0,9}[•‣▪◦·*\u2013-][ \t]+", re.MULTILINE)
_NO_WORDS = frozenset(
    {"#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#NULL!", "#NUM!", "-66", "-77", "-88", "-99", "-999"}
    | {"None", "none", "NONE"}
)
"""What a spreadsheet shows in place of a comment that begins with = or -, and what programs write for none."""


def as_written(comment: str | None) -> str | None:
    r"""Give the words without HTML; None where nothing is left of them.

    Tags are taken away where each that begins also ends, and entities are read that end with a semicolon: nobody else's
    < or & is touched.

    >>> as_written("<p>Tom &amp; Ann</p><p>Quick<br/>&lt;3</p>"), as_written("I <3 R&D, a <b> tag")
    ('Tom & Ann\nQuick\n<3', 'I <3 R&D, a <b> tag')
    """
    if comment is None or comment in _NO_WORDS:
        return None
    text = _without_tags(comment) if "<" in comment else comment
    if "&" in text:
        text = _ENTITY.sub(_letter, text)
    return text if text is comment else text.strip() or None


def written(text: str) -> str:
    """Give the words of choices without HTML and without what lists them; blank where nothing is left."""
    return _BULLET.sub("", as_written(text) or "")


def _without_tags(text: str) -> str:
    text = _BREAK.sub("\n", text)
    open_ones = Counter[str]()
    for ends, name in _TAG.findall(text):
        open_ones[name.lower()] += -1 if ends else 1
    if any(open_ones.values()):
        return text
    return _TAG.sub("", _END_OF_BLOCK.sub("\n", text))


def _letter(entity: re.Match[str]) -> str:
    letter = html.unescape(entity[0])
    if letter in {"", "\ufffd"} or (letter < " " and letter != "\n"):
        return entity[0]
    return " " if letter == "\xa0" else letter
