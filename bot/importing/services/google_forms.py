"""Google Forms: when the answer came, perhaps the e-mail address, then one column a question."""

from bot.importing.dates.words import ANY_DATE, TIMESTAMP
from bot.importing.files.header import Header, is_date
from bot.importing.options import Format
from bot.importing.services.service import Evidence, Service


def _evidence(header: Header) -> Evidence | None:
    first, *others = header.columns
    if first.keys & TIMESTAMP:
        return Evidence(f"its first column is “{first.name}”", 2)
    asks = any(column.asks for column in others)
    own_word = not first.begins(ANY_DATE)
    if header.rows == 1 and asks and own_word and first.values and all(map(_is_moment, first.values)):
        return Evidence("its first column holds moments and the others are questions", 1)
    return None


def _is_moment(cell: str) -> bool:
    return " " in cell.strip() and is_date(cell)


SERVICE = Service(format=Format.GOOGLE_FORMS, evidence=_evidence, moments=(TIMESTAMP,))
