"""Letters that a program before us has spoilt: UTF-8 read as an old encoding, and saved so."""

import re

_SIGNS = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)


def meant(text: str) -> str | None:
    """Give what such a text said before it was spoilt, None for one that is as it was.

    >>> meant("Tr\u00c3\u00a8s bien"), meant("Tr\u00e8s bien")
    ('Très bien', None)
    """
    if not _SIGNS.search(text[:2000]):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
