"""The names of the months in the languages that exports are written in."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from bot.importing.cells.keys import key

LANGUAGES = (
    "en", "fr", "de", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "tr", "ru", "uk",
    "el", "id", "ca", "hr", "vi", "bg", "sl", "lt", "lv", "et", "sr", "he", "ar", "th",
)  # fmt: skip


_THAI = range(0x0E01, 0x0E45)


def is_thai(name: str) -> bool:
    return name[:1] != "" and ord(name[0]) in _THAI


def month_key(name: str) -> str:
    """Give a month's name as it is looked for: a Thai one with the marks above its letters, which tell January from March."""
    return name.replace(".", "").strip() if is_thai(name) else key(name)


@cache
def months() -> Mapping[str, int]:
    """Return the number of the month by each form of its name, as `month_key` writes it, in all LANGUAGES.

    A name of two months in two languages means the earlier language's.
    """
    from babel.dates import get_month_names  # noqa: PLC0415 - a tenth of a second that dates in numbers need not wait for

    named: dict[str, int] = {}
    shortened: dict[str, int] = {}
    for language in LANGUAGES:
        short = defaultdict[str, set[int]](set)
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    if len(known := month_key(name)) > 1 and not known.isdigit():
                        named.setdefault(known, number)
                        if language == "he":  # “in January” is one word
                            named.setdefault(f"ב{known}", number)
                        if language != "th":
                            short[known[:3]].add(number)
                            short[known[:4]].add(number)
        # Spreadsheets cut names after three or four letters, whatever the language's own abbreviation is.
        for begin, numbers in short.items():
            if len(numbers) == 1:
                shortened.setdefault(begin, min(numbers))
    return shortened | named
