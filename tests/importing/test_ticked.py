"""Which reasons a cell ticks, and which of them are ours."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.rules.drivers import DRIVER_NAMES
from bot.importing.cells.drivers import LONGEST_LABEL, driver_of, known_driver
from bot.importing.cells.ticked import joined, separate
from bot.wording import words_for
from storage.words import Driver


@pytest.mark.parametrize("driver", Driver)
@pytest.mark.parametrize("locale", ["en_US", "fr_FR"])
def test_our_own_names_are_known_in_each_catalog(driver: Driver, locale: str) -> None:
    assert known_driver(words_for(locale)(DRIVER_NAMES[driver])) is driver


@pytest.mark.parametrize(
    ("label", "driver"),
    [
        ("Product / service quality", Driver.QUALITY), ("Qualité du produit / service", Driver.QUALITY),
        ("QUALITY", Driver.QUALITY), ("Service & support", Driver.SUPPORT), ("Service client", Driver.SUPPORT),
        ("Communication & engagement", Driver.COMMUNICATION), ("L'expérience client", Driver.EXPERIENCE),
        ("Réputation", Driver.REPUTATION), ("Price", None), ("", None), ("Quality of the parking", None),
    ],
)  # fmt: skip
def test_labels_of_others_are_ours_only_when_they_say_the_same(label: str, driver: Driver | None) -> None:
    assert known_driver(label) is driver


def test_unknown_label_is_kept_and_cut() -> None:
    assert driver_of("  Prix,  délais ") == "Prix, délais"
    assert len(driver_of("word " * 40)) <= LONGEST_LABEL


def test_separate_columns_are_ticked_by_anything_but_blank_and_no() -> None:
    tick = separate(["Price", "Reputation", "Speed"])
    assert tick(("Price", "1", "x")) == ("Price", "reputation", "Speed")
    assert tick(("0", "", " ")) == ()
    assert tick(("FALSE", "Non", "TRUE")) == ("Speed",)


def test_label_going_on_in_lower_case_or_in_brackets_is_one() -> None:
    cells = {"Price, value for money, Speed": 1, "Help (phone, E-mail), Speed": 1}
    tick = joined(cells)
    assert [tick(cell) for cell in cells] == [
        ("Price, value for money", "Speed"),
        ("Help (phone, E-mail)", "Speed"),
    ]


def test_pieces_never_seen_apart_are_one_label_when_seen_often() -> None:
    often = {"Speed, Price, Value": 2, "Price, Value": 2, "Speed": 1}
    assert joined(often)("Speed, Price, Value") == ("Speed", "Price, Value")
    assert joined({"Speed, Price, Value": 1})("Speed, Price, Value") == ("Speed", "Price", "Value")


def test_named_choices_decide() -> None:
    names = ("Speed, Price", "Value")
    assert joined({"Speed, Price, Value": 1}, names)("Speed, Price, Value") == names
    assert joined({"1,2": 1}, names)("2,1") == ("Value", "Speed, Price")
    assert joined({"1,2": 1}, names)("3") == ("3",)


@given(
    st.lists(
        st.lists(st.sampled_from(["Prix", "Délais, respect", "Accueil", "Offre; choix"]), unique=True),
        min_size=1,
    ),
    st.sampled_from([", ", ",", ";", "; ", "|", "\n"]),
)
def test_named_choices_come_back_from_every_separator(answers: list[list[str]], separator: str) -> None:
    names = ("Prix", "Délais, respect", "Accueil", "Offre; choix")
    cells = [separator.join(answer) for answer in answers]
    tick = joined(Counter(cells), names)
    assert [tick(cell) for cell in cells] == [tuple(answer) for answer in answers]
