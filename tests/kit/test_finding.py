"""Which survey a person means: a suggestion keeps the verb and offers nothing that they may not do."""

import re

import pytest

from bot.kit.rules.command import YOUNG
from storage.tables import Wave
from tests.journeys.office import ALICE, MAYA, Office

LISTED = "`/nps help` lists what I understand."


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("close Tem pulse", "/nps close Team pulse"),
        ("open tam puls", "/nps open Team pulse"),
        ("pause Tem pulse", "/nps pause Team pulse"),
        ("export Tem pulse", "/nps export Team pulse"),
        ("fermer Tem pulse", "/nps close Team pulse"),
        ("clsoe Tem pulse", "/nps close Team pulse"),
        ("clsoe", "/nps close"),
        ("Tem pulse", "/nps Team pulse"),
    ],
)
async def test_a_suggestion_keeps_the_verb(office: Office, typed: str, suggested: str) -> None:
    await office.a_survey("Team pulse")
    await office.a_survey("Acme")

    assert f"Did you mean `{suggested}`?" in await office.typed(MAYA, typed)
    assert await office.rows(Wave) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("clsoe", "close"),
        ("opne", "open"),
        ("clsoe Acne", "close"),
        ("wavess", "waves"),
        ("exprot", "export"),
    ],
)
async def test_what_a_person_may_not_do_is_not_suggested(office: Office, typed: str, meant: str) -> None:
    await office.a_survey()

    assert f"/nps {meant}" in await office.typed(MAYA, typed)
    said = await office.typed(ALICE, typed)

    assert re.search(rf"/nps {meant}\b", said) is None
    assert said.endswith(LISTED)


async def test_what_anybody_may_do_is_suggested_to_anybody(office: Office) -> None:
    await office.a_survey()

    assert "Did you mean `/nps list`?" in await office.typed(ALICE, "lits")
    assert "Did you mean `/nps Acme`?" in await office.typed(ALICE, "Acne")


async def test_a_part_of_a_name_suffices_where_one_survey_has_it(office: Office) -> None:
    await office.a_survey("Team pulse")
    await office.a_survey("Team lunch")

    assert "Open wave 1 of “Team pulse”?" in await office.typed(MAYA, "open PULSE")
    assert await office.typed(MAYA, "open team") == (
        "Which survey? Type one of these: `/nps open Team lunch`, `/nps open Team pulse`."
    )
    assert await office.typed(ALICE, "team") == (
        "Which survey? Type one of these: `/nps Team lunch`, `/nps Team pulse`."
    )


async def test_a_whole_name_goes_before_a_longer_one_that_holds_it(office: Office) -> None:
    await office.a_survey("Team")
    await office.a_survey("Team pulse")

    assert "Open wave 1 of “Team”?" in await office.typed(MAYA, "open team")


async def test_a_survey_called_like_a_word_that_came_later_is_found_first(office: Office) -> None:
    """A survey of release 0.1 may have any of these words for its name: none of them was a command then."""
    names = [name for verb in sorted(YOUNG) for name in (verb.capitalize(), f"{verb} 2025")]
    for name in [*names, "Tendance", "Qui"]:
        await office.a_survey(name)

    for name in names:
        assert f"“{name}”" in await office.typed(ALICE, name)
    assert "“Tendance”" in await office.typed(ALICE, "TENDANCE")
    assert "“Qui”" in await office.typed(ALICE, "qui")


async def test_where_nothing_is_near_the_list_is_named(office: Office) -> None:
    await office.a_survey()

    assert await office.typed(MAYA, "close Zebra") == (
        "There is no survey called “Zebra”. `/nps list` shows every survey."
    )
