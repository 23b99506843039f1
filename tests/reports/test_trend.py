"""`/nps trend`: the closed waves side by side, drawn where Slack draws."""

from collections.abc import Sequence

import pytest

from bot.sandbox.records import Message
from bot.shell.doing import reading
from storage.words import Kind, Rhythm
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office

GOOD, FAIR, BAD = (
    (10,) * 8 + (7,) * 2 + (3,) * 2,
    (9,) * 5 + (8,) * 4 + (5,) * 3,
    (10,) * 2 + (7,) * 3 + (0,) * 7,
)


async def a_past(
    office: Office, *waves: Sequence[int], name: str = "Acme", label: str | None = None, **changes: object
) -> None:
    """Give the office a survey with these closed waves, the first to close first."""
    survey = await office.a_survey(name, **changes)
    async with office.books.writing() as session:
        for number, scores in enumerate(waves, start=1):
            await a_closed_wave(session, survey, scores, number=number, invited=20, label=label)


def block(message: Message, kind: str) -> dict[str, object]:
    return next(one for one in message.blocks if one["type"] == kind)


async def test_the_closed_waves_stand_side_by_side(office: Office) -> None:
    await a_past(office, FAIR, GOOD)

    said = await office.command(ALICE, "trend")

    assert said.splitlines() == [
        "Acme: 2 closed waves",
        "+33 since wave 1 (+17): no clear change, chance alone could do this.",
        "Wave 1, closed on November 30, 2026: NPS +17 [−26, +53] · 12 of 20 answered (60%)",
        "Wave 2, closed on December 7, 2026: NPS +50 [+1, +79] · 12 of 20 answered (60%)",
    ]
    shown = office.read_by(ALICE)[-1]
    chart, table = block(shown, "data_visualization")["chart"], block(shown, "table")
    assert chart["type"] == "line"  # type: ignore[index]  # JSON
    assert "+50" in str(table)
    assert "[+1, +79]" in str(table)


async def test_a_slack_without_charts_and_tables_tells_the_same_in_text(office: Office) -> None:
    await a_past(office, FAIR, GOOD)
    drawn = await office.command(ALICE, "trend Acme")
    office.slack.refuse_charts = True

    assert await office.command(ALICE, "trend Acme") == drawn
    assert {one["type"] for one in office.read_by(ALICE)[-1].blocks} == {"header", "section"}


async def test_a_weekly_survey_is_judged_by_its_last_weeks_and_not_by_one(office: Office) -> None:
    await a_past(office, *[FAIR] * 12, *[BAD] * 4, rhythm=Rhythm.WEEKS)

    said = await office.command(ALICE, "trend")

    assert "The last 4 waves against the 12 before: −58, down by more than chance explains." in said
    assert "since wave" not in said


async def test_the_trend_speaks_french(office: Office) -> None:
    await a_past(office, *[FAIR] * 3, rhythm=Rhythm.CONTINUOUS)

    said = await office.command(BRUNO, "tendance Acme")

    assert said.startswith("Acme\xa0: 3 vagues fermées")
    assert "La dernière vague face aux 3 précédentes\xa0: la comparaison viendra" in said


async def test_before_a_wave_has_closed_there_is_no_trend(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})

    assert await office.command(ALICE, "trend") == (
        "No wave of “Acme” has closed yet. The trend begins with the first."
    )


@pytest.mark.parametrize(("reader", "is_told"), [(MAYA, True), (ALICE, False)])
async def test_a_wave_of_few_colleagues_is_drawn_for_managers_alone(
    office: Office, reader: str, *, is_told: bool
) -> None:
    await a_past(office, GOOD, FAIR, (10, 10, 0), kind=Kind.EMPLOYEES)

    said = await office.command(reader, "trend")

    assert ("NPS +33" in said) is is_told
    assert ("could give somebody away" in said) is not is_told
    chart = block(office.read_by(reader)[-1], "data_visualization")["chart"]
    assert len(chart["axis_config"]["categories"]) == (3 if is_told else 2)  # type: ignore[index]  # JSON


async def test_the_button_below_the_card_shows_the_trend(office: Office) -> None:
    await a_past(office, FAIR, GOOD)
    await office.command(ALICE, "")
    card = office.slack.ephemerals(ALICE)[-1]

    said = await office.hear(ALICE, office.driver.press(ALICE, card, "Trend"))

    assert said.startswith("Acme: 2 closed waves")
    assert office.slack.messages(GENERAL) == []


async def test_on_the_terminal_the_operator_reads_all_of_it(office: Office) -> None:
    await a_past(office, GOOD, (10, 10, 0), kind=Kind.EMPLOYEES, rhythm=Rhythm.WEEKS)

    said = await reading.trend(office.app, name="acme")

    assert isinstance(said.data, dict)
    assert [wave["nps"] for wave in said.data["waves"]] == [50, pytest.approx(100 / 3)]
    assert said.data["trend"] is None
    assert said.text.startswith("Acme: 2 closed waves")
