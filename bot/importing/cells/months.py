"""The names of the months in the languages that exports are written in."""

from babel.dates import get_month_names

from bot.importing.cells.keys import key

LANGUAGES = ("en", "fr", "de", "es", "pt", "it", "nl")

MONTHS: dict[str, int] = {
    key(name): number
    for language in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}
