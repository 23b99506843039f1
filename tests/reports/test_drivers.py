"""`/nps drivers`: the reasons that people ticked, with their part in the NPS."""

import pytest

from bot.sandbox.records import Message
from bot.shell.doing import reading
from storage.tables import ReasonCount
from storage.words import Kind
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office

EMPTY = ["\N{EN DASH}"] * 3
REASONS: list[ReasonCount] = [
    [10, ["quality", "support"], 4],
    [9, ["quality"], 4],
    [8, [], 6],
    [3, ["support"], 4],
    [0, ["Price & <value>"], 2],
]


async def ticked(office: Office, kind: Kind = Kind.CUSTOMERS) -> None:
    """Give the office a closed wave of twenty answers with these reasons."""
    survey = await office.a_survey(kind=kind)
    scores = [score for score, _, many in REASONS for _ in range(many)]
    async with office.books.writing() as session:
        await a_closed_wave(session, survey, scores, reasons=REASONS)


def table(message: Message) -> list[list[str]]:
    [found] = [block for block in message.blocks if block["type"] == "table"]
    return [[cell["text"] for cell in row] for row in found["rows"]]


async def test_each_row_has_its_part_and_all_of_them_sum_to_the_nps(office: Office) -> None:
    await ticked(office)

    said = await office.command(ALICE, "drivers")

    assert said.startswith("Acme: NPS +10\n")
    assert table(office.read_by(ALICE)[-1]) == [
        ["Driver", "Mentions", "Of detractors", "Of promoters", "Points"],
        ["Product or service quality", "8", "0%", "100%", "+30"],
        ["Service and support", "8", "67%", "50%", "−10"],
        ["2 others, not shown", *EMPTY, "−10"],
        ["All answers", "20", *EMPTY[1:], "+10"],
    ]
    assert "Promoters tick more often, by more than chance explains: Product or service quality." in said
    assert "and not what makes the NPS" in said


async def test_a_slack_without_tables_tells_the_same_in_text(office: Office) -> None:
    await ticked(office)
    in_table = await office.command(ALICE, "drivers Acme")
    office.slack.refuse_charts = True

    assert await office.command(ALICE, "drivers Acme") == in_table
    assert {block["type"] for block in office.read_by(ALICE)[-1].blocks} == {"header", "context", "section"}


async def test_colleagues_read_nothing_that_tells_what_all_who_ticked_a_driver_chose(office: Office) -> None:
    await ticked(office, Kind.EMPLOYEES)

    for_manager, for_others = await office.command(MAYA, "drivers"), await office.command(ALICE, "drivers")

    assert "Product or service quality: +30 points" in for_manager
    assert "Product or service quality" not in for_others


async def test_reasons_that_would_point_at_somebody_are_said_to_be_hidden(office: Office) -> None:
    survey = await office.a_survey(kind=Kind.EMPLOYEES)
    async with office.books.writing() as session:
        reasons = [[9, ["quality"], 6], [9, [], 2], [3, ["quality"], 3]]
        await a_closed_wave(session, survey, [*[9] * 8, *[3] * 3], reasons=reasons)

    for reader in (MAYA, ALICE):  # two who ticked nothing are few
        assert "No reason can be shown without pointing at somebody" in await office.command(
            reader, "drivers"
        )


async def test_an_open_wave_tells_its_drivers_so_far_and_in_french(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10, CHEN: 2})

    said = await office.command(BRUNO, "raisons")

    assert "Aucune raison n’a encore été cochée par 5 personnes." in said


async def test_while_a_teams_wave_is_open_the_drivers_are_those_of_the_one_before(office: Office) -> None:
    await ticked(office, Kind.EMPLOYEES)
    office.clock.forward(days=14)
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({ALICE: 10})

    assert "Wave 1, closed on" in await office.command(CHEN, "drivers")
    assert "Wave 2, open until" in await office.command(MAYA, "drivers")


async def test_the_button_below_the_card_shows_the_drivers(office: Office) -> None:
    await ticked(office)
    await office.command(ALICE, "")
    card = office.slack.ephemerals(ALICE)[-1]

    said = await office.hear(ALICE, office.driver.press(ALICE, card, "Drivers"))

    assert "Service and support: −10 points, 8 mentions" in said


async def test_a_survey_that_has_asked_nobody_has_no_drivers(office: Office) -> None:
    await office.a_survey()

    assert (
        await office.command(ALICE, "drivers")
        == "Nobody has been asked “Acme” yet. A manager opens its first wave."
    )


async def test_on_the_terminal_each_driver_has_its_contribution(office: Office) -> None:
    await ticked(office, Kind.EMPLOYEES)

    said = await reading.drivers(office.app, name="")

    assert isinstance(said.data, dict)
    assert [(one["driver"], one["mentions"], one["contribution"]) for one in said.data["drivers"]] == [
        ("quality", 8, 30),
        ("support", 8, -10),
    ]
    assert said.data["drivers"][1]["percent_of_promoters"] == pytest.approx(50)
    assert (said.data["hidden_drivers"], said.data["hidden_contribution"]) == (2, pytest.approx(-10))
