"""Text from outside without what a terminal obeys: control characters, and those that turn the direction of writing."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_NEEDED = {"\u200c", "\u200d", "\ufe0f"}  # joiners, which Persian and emoji are written with
_MARK = "\ufffd"


def visible(text: str, *, keep: str = "") -> str:
    r"""Put a mark in place of each character that is obeyed rather than seen; leave those in `keep` as they are.

    >>> visible("Acme\x1b[2J"), visible("two\nlines", keep="\n")
    ('Acme\ufffd[2J', 'two\nlines')
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _MARK if unicodedata.category(c) in _UNSEEN and c not in _NEEDED and c not in keep else c
        for c in text
    )
