import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.command import RESERVED, Command, Verb, nearest, parse

VERBS = [verb for verb in Verb if verb.value]


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_known_alone_and_before_a_name_in_any_case(verb: Verb) -> None:
    assert parse(verb.value) == Command(verb)
    assert parse(f"  {verb.value.upper()}   Team  pulse ") == Command(verb, "Team  pulse")


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("nouvelle", Verb.NEW),
        ("Ouvrir", Verb.OPEN),
        ("fermer", Verb.CLOSE),
        ("liste", Verb.LIST),
        ("aide", Verb.HELP),
    ],
)
def test_people_may_type_french(word: str, verb: Verb) -> None:
    assert parse(f"{word} Acme") == Command(verb, "Acme")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_typed_asks_for_the_newest_report(text: str) -> None:
    assert parse(text) == Command(Verb.REPORT)


@given(st.text())
def test_whatever_is_no_verb_is_a_name_as_it_was_typed(text: str) -> None:
    command = parse(text)

    if not text.strip() or text.split(maxsplit=1)[0].casefold() not in RESERVED:
        assert command == Command(Verb.REPORT, text.strip())


@given(st.text())
def test_a_survey_with_a_name_that_is_not_reserved_can_always_be_named(name: str) -> None:
    words = name.split()
    if words and words[0].casefold() not in RESERVED:
        assert parse(f"close {name}") == Command(Verb.CLOSE, name.strip())
        assert parse(name) == Command(Verb.REPORT, name.strip())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("opne", "open"),
        ("lst", "list"),
        ("HLEP", "help"),
        ("team puls", "Team pulse"),
        ("xyzzy", None),
        ("", None),
    ],
)
def test_the_nearest_word_or_name_is_suggested_when_one_is_near(typed: str, meant: str | None) -> None:
    assert nearest(typed, ["Team pulse", "Acme"], manages=True) == meant
