"""`/nps compare`: two surveys, or two waves of one, side by side."""

import pytest

from bot.sandbox.records import Message
from bot.shell.doing import reading
from storage.words import Kind
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office

pytestmark = pytest.mark.slow

SPLIT = [*[10] * 8, *[8] * 6, *[3] * 6]
HAPPY = [*[10] * 30, *[8] * 6, *[3] * 4]


async def two_surveys(office: Office, kind: Kind = Kind.CUSTOMERS) -> None:
    """Give the office a survey of two closed waves, and another of one."""
    acme = await office.a_survey("Acme", kind=kind)
    partners = await office.a_survey("Acme partners", kind=kind, subject="Acme & co")
    async with office.books.writing() as session:
        await a_closed_wave(session, acme, SPLIT)
        await a_closed_wave(session, acme, HAPPY, number=2)
        await a_closed_wave(session, partners, SPLIT)


def table(message: Message) -> list[list[str]]:
    [found] = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in found["rows"]]


async def test_two_surveys_stand_side_by_side_with_a_verdict(office: Office) -> None:
    await two_surveys(office)

    said = await office.command(ALICE, "compare Acme partners Acme")

    rows = table(office.read_by(ALICE)[-1])
    assert [row[0] for row in rows] == ["Survey", "Acme partners", "Acme"]
    assert [row[2] for row in rows] == ["NPS", "+10", "+65"]
    assert "+55 from Acme partners to Acme: higher, by more than chance explains." in said
    assert "They asked about different things: “Acme &amp; co” and “Acme”" in said


async def test_two_waves_of_one_survey_are_named_by_their_numbers(office: Office) -> None:
    await two_surveys(office)

    said = await office.command(ALICE, "compare 2 1 Acme")

    assert [row[0] for row in table(office.read_by(ALICE)[-1])] == ["Wave", "Wave 2", "Wave 1"]
    assert "−55 from Wave 2 to Wave 1: lower, by more than chance explains." in said
    assert "different things" not in said


async def test_a_slack_without_tables_tells_the_same_in_text(office: Office) -> None:
    await two_surveys(office)
    in_table = await office.command(ALICE, "compare Acme Acme partners")
    office.slack.refuse_charts = True

    assert await office.command(ALICE, "comparer Acme Acme partners") == in_table
    assert {block["type"] for block in office.read_by(ALICE)[-1].blocks} == {"header", "section"}


async def test_people_who_answered_both_count_as_such(office_on_each: Office) -> None:
    office = office_on_each
    for name in ("One", "Two"):
        await office.a_survey(name)
        await office.command(MAYA, f"open {name}")
        await office.tick()
        await office.answer(dict.fromkeys((ALICE, BRUNO, CHEN, MAYA), 9))
        await office.command(MAYA, f"close {name}")

    said = await reading.compare(office.app, first="One", second="Two", survey="")

    assert isinstance(said.data, dict)
    assert said.data["answered_both"] == 4
    assert said.data["first"]["survey"] == "One"
    assert "0 from One to Two: too few answers to compare." in said.text


async def test_what_is_hidden_is_not_compared(office: Office) -> None:
    team = await office.a_survey("Team", kind=Kind.EMPLOYEES)
    async with office.books.writing() as session:
        await a_closed_wave(session, team, [10, 9, 3])
        await a_closed_wave(session, team, SPLIT, number=2)

    for_manager, for_others = [await office.command(who, "compare 1 2 Team") for who in (MAYA, ALICE)]

    assert "−23 from Wave 1 to Wave 2: too few answers to compare." in for_manager
    assert "There is nothing to compare while a number is missing." in for_others
    assert "Wave 1: Fewer than 5 answered, so no number is shown" in for_others
    assert "+33" not in for_others


async def test_what_cannot_be_compared_says_how_to_name_it(office: Office) -> None:
    await two_surveys(office)

    assert (await office.command(ALICE, "compare Acme")).startswith("Name two surveys, as in")
    assert (
        await office.command(ALICE, "compare Acme Acme") == "That is the same twice. Name two different ones."
    )
    assert "I find no survey “7”, and no wave 7 of “Acme”." in await office.command(ALICE, "compare 7 1 Acme")
    assert "There is no survey called “Nobody”." in await office.command(ALICE, "compare Acme Nobody")


async def test_an_open_wave_waits_for_its_end(office: Office) -> None:
    await two_surveys(office)
    await office.command(MAYA, "open Acme")

    said = await office.command(ALICE, "compare 2 3 Acme")
    assert said == "Wave 3 of “Acme” is open still: only closed ones are compared."
    await office.a_survey("Newcomers")
    assert "No wave of “Newcomers” has closed yet" in await office.command(ALICE, "compare Acme Newcomers")


async def test_on_the_terminal_two_waves_of_one_survey(office: Office) -> None:
    await two_surveys(office)

    said = await reading.compare(office.app, first="1", second="2", survey="Acme")

    assert isinstance(said.data, dict)
    assert (said.data["first"]["wave"], said.data["second"]["wave"]) == (1, 2)
    assert said.data["second"]["verdict"] == "up"
