"""Countries and regions whose public holidays are kept, in words."""

import unicodedata

from bot.wording import Words


def country_name(country: str, words: Words) -> str:
    """Give "France" for "FR", in the reader's language."""
    return words.territory(country)


def place_name(place: str, words: Words) -> str:
    """Give "Canada" for "CA", and "Canada (QC)" for "CA-QC"."""
    country, dash, region = place.partition("-")
    name = country_name(country, words)
    return f"{name} ({region})" if dash else name


def sort_key(name: str) -> str:
    """Sort "États-Unis" among the names with E."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
