"""Every sentence in the reader's language: English sentences are the keys, the catalogs stand in `locales/`.

After writing a new sentence run `python -m bot.wording`, then translate what is empty in the French catalog.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_day_names
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_decimal, format_percent

from bot.mark import mark
from scoring.nps import NOBODY, whole_percent

DEFAULT_LOCALES = {"en": "en_US", "fr": "fr_FR"}
DEFAULT_LANGUAGE = "en"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

_CODE = Path(__file__).parent
_KEYWORDS = {"words": None, "plural": (1, 2), "mark": None}


Date = date
"""The type, which a method of `Words` hides in there."""

MOMENT = mark("{day} at {time}")
LATE = mark("{day}, late in the evening")
# From which hour on, up to midnight or the next: a deadline names a part of the day that it does not cut short.
PARTS_OF_THE_DAY = {
    18: mark("{day}, in the evening"),
    12: mark("{day}, in the afternoon"),
    6: mark("{day}, in the morning"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One reader's language, and their region's way of writing dates and numbers."""

    locale: Locale
    catalog: GNUTranslations

    def __call__(self, sentence: str, /, **fields: object) -> str:
        """Translate a sentence and fill in its named fields; whole numbers are written the local way."""
        return self._filled(self.catalog.gettext(sentence), fields)

    def plural(self, one: str, many: str, n: int, /, **fields: object) -> str:
        """Translate the form that fits `n`, which fills {n}."""
        return self._filled(self.catalog.ngettext(one, many, n), {"n": n, **fields})

    def number(self, number: int) -> str:
        return format_decimal(number, locale=self.locale)

    def decimal(self, number: float) -> str:
        """Write a number with one decimal, half away from zero."""
        return format_decimal(Decimal(str(number)), "0.0", self.locale)

    def percent(self, count: int, whole: int) -> str:
        """Write the share as a whole percentage, half up from the counts; a dash when the whole is 0."""
        percentage = whole_percent(count, whole)
        return NOBODY if percentage is None else self.percentage(percentage)

    def percentage(self, percentage: int) -> str:
        return format_percent(percentage / 100, locale=self.locale)

    def date(self, day: date) -> str:
        return self._first(day, format_date(day, "long", locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Write weekday, day and clock time as they are in the moment's own zone."""
        return self(MOMENT, day=self._day(moment), time=self.clock_time(moment.time()))

    def deadline(self, moment: datetime) -> str:
        """Write until when people may do something as they say it: a day and a part of it, in the moment's own zone.

        A deadline at night is the evening before: nobody waits for half past one.
        """
        for hour, part in PARTS_OF_THE_DAY.items():
            if moment.hour >= hour:
                return self(part, day=self._day(moment))
        return self(LATE, day=self._day(moment - timedelta(days=1)))

    def hour(self, hour: int) -> str:
        return self.clock_time(time(hour))

    def weekday(self, weekday: int) -> str:
        """Name a day of the week; 0 is Monday."""
        return str(get_day_names("wide", locale=self.locale)[weekday])

    def _day(self, day: Date) -> str:
        in_full = self.locale.date_formats["full"].pattern
        return self._first(day, format_date(day, re.sub(r"[,\s]*y$", "", in_full), locale=self.locale))

    def _first(self, day: Date, written: str) -> str:
        """Write the first of a month as French has it: 1er janvier."""
        if self.locale.language != "fr" or day.day != 1:
            return written
        return re.sub(r"\b1(?= [^\W\d])", "1er", written, count=1)

    def territory(self, code: str) -> str:
        """Name a country, by its two letters."""
        return str(self.locale.territories.get(code, code))

    def clock_time(self, clock_time: time) -> str:
        """Write a time of the day."""
        return format_time(clock_time, "short", locale=self.locale)

    def _filled(self, sentence: str, fields: dict[str, object]) -> str:
        return sentence.format_map(
            {name: self.number(value) if type(value) is int else value for name, value in fields.items()}
        )


@lru_cache(maxsize=64)
def words_for(slack_locale: str | None) -> Words:
    """Give the words for a locale as Slack names it, such as "fr-CA"; English where we have no catalog."""
    language = (slack_locale or "").partition("-")[0].lower()
    if slack_locale is None or language not in DEFAULT_LOCALES:
        return Words(Locale.parse(DEFAULT_LOCALES[DEFAULT_LANGUAGE]), _translations(DEFAULT_LANGUAGE))
    try:
        locale = Locale.parse(slack_locale, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(DEFAULT_LOCALES[language])
    return Words(locale, _translations(language))


def read_catalogs() -> None:
    """Read all catalogs now, so that nobody's first message waits for theirs."""
    for language in DEFAULT_LOCALES:
        _translations(language)


@lru_cache
def _translations(language: str) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, read_catalog(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalog_path(language: str) -> Path:
    return _CODE / "locales" / language / "LC_MESSAGES" / "bot.po"


def read_catalog(language: str) -> Catalog:
    with catalog_path(language).open("rb") as file:
        return read_po(file, locale=language)


def sentences_in_code() -> Iterator[str | tuple[str, ...]]:
    """Find every sentence in the code; those with a plural come as (one, many)."""
    method_map = [("**.py", "python")]
    for _, _, sentence, _, _ in extract_from_dir(_CODE, method_map, keywords=_KEYWORDS):
        yield sentence


def update_catalogs() -> None:
    """Add new sentences to each catalog and drop those the code no longer has; English fills itself."""
    for language in DEFAULT_LOCALES:
        path = catalog_path(language)
        known = read_catalog(language) if path.exists() else Catalog()
        written = catalog_in_full(updated_catalog(language, known, sentences_in_code()))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)


def updated_catalog(language: str, known: Catalog, sentences: Iterable[str | tuple[str, ...]]) -> Catalog:
    """Make the catalog of these sentences, with what is translated already.

    A sentence that has become plural, or is no longer, has other forms: it is to be translated again.
    """
    catalog = Catalog(
        locale=language, project="nps-bot", fuzzy=False, header_comment="", creation_date=known.creation_date
    )
    for sentence in sentences:
        before = known.get(sentence)
        is_same = before is not None and bool(before.pluralizable) == isinstance(sentence, tuple)
        filled = _typographic(sentence) if language == DEFAULT_LANGUAGE else None
        catalog.add(sentence, before.string if before and is_same and is_translated(before) else filled)
    return catalog


def catalog_in_full(catalog: Catalog) -> bytes:
    """Write a catalog as its file holds it."""
    written = BytesIO()
    write_po(written, catalog, width=110, no_location=True, sort_output=True, omit_header=False)
    return written.getvalue()


def is_translated(entry: Message) -> bool:
    forms = entry.string if isinstance(entry.string, list | tuple) else (entry.string,)
    return all(forms) and not entry.fuzzy


def _typographic(sentence: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(sentence, tuple):
        return tuple(form.replace("'", APOSTROPHE) for form in sentence)
    return sentence.replace("'", APOSTROPHE)


if __name__ == "__main__":
    update_catalogs()
