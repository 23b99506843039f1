import ast
import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog

import bot
from bot.mark import mark
from bot.wording import (
    DEFAULT_LOCALES,
    catalog_in_full,
    is_translated,
    read_catalog,
    sentences_in_code,
    updated_catalog,
    words_for,
)

CODE = Path(bot.__file__).parent


@cache
def sentences() -> list[str | tuple[str, ...]]:
    return sorted(set(sentences_in_code()), key=str)


languages = pytest.mark.parametrize("language", list(DEFAULT_LOCALES))


def forms(sentence: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(sentence) if isinstance(sentence, list | tuple) else (sentence or "",)


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@languages
def test_no_sentence_is_missing_empty_or_doubtful(language: str) -> None:
    catalog = read_catalog(language)
    entries = {sentence: catalog.get(sentence) for sentence in sentences()}
    assert [
        sentence for sentence, entry in entries.items() if entry is None or not is_translated(entry)
    ] == []


@languages
def test_no_catalog_keeps_a_sentence_that_the_code_has_lost(language: str) -> None:
    catalog = read_catalog(language)
    assert [entry.id for entry in catalog if entry.id and entry.id not in sentences()] == []
    assert catalog.obsolete == {}


@languages
def test_translations_have_the_fields_of_their_sentence(language: str) -> None:
    for entry in read_catalog(language):
        wanted = set[str]().union(*map(fields, forms(entry.id)))
        for form in forms(entry.string) if entry.id else ():
            assert fields(form) == wanted, entry.id


def test_no_sentence_hides_where_the_extractor_does_not_look() -> None:
    """Babel does not read inside f-strings, so a sentence there would stay English for everybody."""
    found = {forms(sentence)[0] for sentence in sentences()}
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in {"words", "plural", "mark", "self"}:
                    assert node.args[0].value in found, f"{path.name}:{node.lineno}"


def test_french_keeps_its_typography() -> None:
    """Narrow spaces before ; ? !, unbreakable ones before : and inside guillemets, curly apostrophes."""
    wrong = re.compile(r"""'| [;:?!»]|« |\u00a0[;?!]|\w[?!;»]|\w:(?!\w)|["“”]""")
    for entry in read_catalog("fr"):
        for form in forms(entry.string) if entry.id else ():
            assert not wrong.search(re.sub(r"`[^`]*`|\{\w+\}", "x\u00a0", form)), form


@pytest.mark.parametrize(
    ("before", "translated", "now"),
    [
        (("{n} comment", "{n} comments"), ("{n} avis", "{n} avis"), "{n} comment"),
        ("{n} comment", "{n} avis", ("{n} comment", "{n} comments")),
    ],
)
def test_a_sentence_that_becomes_plural_or_plain_is_to_be_translated_again(
    before: str | tuple[str, ...], translated: str | tuple[str, ...], now: str | tuple[str, ...]
) -> None:
    known = Catalog(locale="fr")
    known.add(before, translated)
    known.add("Kept", "Gardé")

    updated = updated_catalog("fr", known, [now, "Kept"])

    assert b"Gard\xc3\xa9" in catalog_in_full(updated)
    assert not is_translated(updated[now])


def test_named_fields_are_filled() -> None:
    assert words_for("en-US")("You chose {score}. Thank you!", score=9) == "You chose 9. Thank you!"


def test_a_sentence_marked_as_data_is_itself() -> None:
    assert mark("a") == "a"


@pytest.mark.parametrize(("n", "expected"), [(0, "0 people"), (1, "1 person"), (12345, "12,345 people")])
def test_english_has_one_and_many(n: int, expected: str) -> None:
    assert words_for("en-US").plural("{n} person", "{n} people", n) == expected


@pytest.mark.parametrize(("n", "expected"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")])
def test_french_counts_nought_as_one(n: int, expected: str) -> None:
    assert words_for("fr-FR").plural("{n} person", "{n} people", n) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-US", "Friday, December 5 at 5:00\u202fPM"),
        ("en-GB", "Friday, 5 December at 17:00"),
        ("fr-FR", "vendredi 5 décembre à 17:00"),
        ("fr-CA", "vendredi 5 décembre à 17 h 00"),
    ],
)
def test_a_moment_is_written_in_its_own_zone_and_the_reader_s_way(locale: str, expected: str) -> None:
    moment = datetime(2025, 12, 5, 22, 0, tzinfo=UTC).astimezone(ZoneInfo("America/Toronto"))
    assert words_for(locale).moment(moment).replace("\u00a0", " ") == expected


def test_a_date_has_its_year() -> None:
    assert words_for("fr-FR").date(date(2025, 12, 5)) == "5 décembre 2025"


def test_weekdays_count_from_monday() -> None:
    assert [words_for("en-US").weekday(day) for day in (0, 6)] == ["Monday", "Sunday"]


@pytest.mark.parametrize(
    ("count", "whole", "expected"), [(1, 8, "13%"), (31, 40, "78%"), (0, 3, "0%"), (0, 0, "—")]
)
def test_a_share_is_rounded_half_up_from_the_counts(count: int, whole: int, expected: str) -> None:
    assert words_for("en-US").percent(count, whole) == expected


@pytest.mark.parametrize("locale", [None, "", "xx-YY", "zh-CN", "not a locale", "EN"])
def test_a_language_we_do_not_speak_reads_english(locale: str | None) -> None:
    assert words_for(locale)("Results") == "Results"


@pytest.mark.parametrize("locale", ["fr-FR", "fr-CA", "fr", "FR-fr", "fr-XX", "fr-!!"])
def test_any_french_reads_french(locale: str) -> None:
    assert words_for(locale)("Results") == "Résultats"


@pytest.mark.parametrize(
    ("locale", "hour", "expected"),
    [
        ("en-US", "2025-12-05T17:30", "Friday, December 5, in the afternoon"),
        ("en-US", "2025-12-05T18:00", "Friday, December 5, in the evening"),
        ("en-US", "2025-12-05T09:00", "Friday, December 5, in the morning"),
        ("en-US", "2025-12-05T01:30", "Thursday, December 4, late in the evening"),
        ("en-GB", "2026-01-01T00:00", "Wednesday, 31 December, late in the evening"),
        ("fr-FR", "2026-01-01T18:00", "jeudi 1er janvier au soir"),
        ("fr-FR", "2026-01-02T02:00", "jeudi 1er janvier en fin de soirée"),
        ("fr-FR", "2026-01-11T12:00", "dimanche 11 janvier dans l’après-midi"),
    ],
)
def test_a_deadline_is_a_part_of_a_day_and_never_at_night(locale: str, hour: str, expected: str) -> None:
    assert words_for(locale).deadline(datetime.fromisoformat(hour).replace(tzinfo=UTC)) == expected


def test_the_first_of_a_month_is_the_1er_in_french() -> None:
    french = words_for("fr-FR")
    assert french.date(date(2026, 1, 1)) == "1er janvier 2026"
    assert french.date(date(2026, 1, 21)) == "21 janvier 2026"
    assert french.moment(datetime(2026, 1, 1, 1, tzinfo=UTC)).startswith("jeudi 1er janvier à")
