"""Text that a spreadsheet would take for a formula, and the apostrophe that keeps it text.

Which beginnings are formulas: owasp.org/www-community/attacks/CSV_Injection.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def neutral(text: str) -> str:
    """Put an apostrophe before what would be a formula; leave all else as it is.

    >>> neutral("=1+1"), neutral("fine")
    ("'=1+1", 'fine')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original(text: str) -> str:
    """Take away what `neutral` put there: `original(neutral(text)) == text` for every text.

    >>> original("'=1+1"), original("'tis fine")
    ('=1+1', "'tis fine")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
