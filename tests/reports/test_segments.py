"""`/nps segments`: a closed wave by the channels and user groups of its people, or by a column of an imported file."""

from collections.abc import Mapping

import pytest
from sqlmodel import select

from bot.message import Json
from bot.reports.rules.segmenting import segmented
from bot.sandbox.records import Channel, Message
from bot.shell.doing import reading
from scoring.nps import Tally
from storage.audience import Audience
from storage.reports import results
from storage.tables import Answer, Cell, Membership, Property, Survey, Wave
from storage.words import Kind
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, OUTSIDER, Office

LAB, SALES, CARE = "C3LAB", "C4SALES", "S1CARE"
CELLS: list[Cell] = [[[LAB], 6, 12, 18], [[CARE, SALES], 1, 0, 1], [[SALES], 27, 9, 6]]
SCORES = [*[10] * 34, *[8] * 21, *[3] * 25]


async def frozen(office: Office, kind: Kind = Kind.CUSTOMERS) -> Survey:
    """Give the office a closed wave of people in two channels and a user group."""
    survey = await office.a_survey(kind=kind)
    async with office.books.writing() as session:
        await a_closed_wave(session, survey, SCORES, cells=CELLS)
    return survey


async def imported(office: Office, kind: Kind, told: Mapping[str, Mapping[str, str]]) -> None:
    """Give the office an imported wave: by person what the file tells beside their score of 9."""
    survey = await office.a_survey(kind=kind)
    async with office.books.writing() as session:
        wave = await a_closed_wave(session, survey, [9] * len(told), number=-1, label="2025-Q4")
        for person, properties in told.items():
            answer = Answer(
                workspace_id=survey.workspace_id,
                wave_id=wave.id,
                import_key=person.encode(),
                person=person,
                score=9,
                answered_at=office.clock.now,
                changed_at=office.clock.now,
            )
            session.add(answer)
            await session.flush()
            for name, value in properties.items():
                row = Property(answer_id=answer.id, name=name, value=value, workspace_id=survey.workspace_id)
                session.add(row)


def table(message: Message) -> list[list[object]]:
    """Read the table of a message; of a channel or user group its id."""
    [found] = [block for block in message.blocks if block["type"] == "table"]
    return [[_cell(cell) for cell in row] for row in found["rows"]]


def _cell(cell: Json) -> object:
    if cell["type"] == "raw_text":
        return cell["text"]
    [section] = cell["elements"]
    [named] = section["elements"]
    return named.get("channel_id") or named["usergroup_id"]


async def test_channels_and_groups_stand_in_the_order_of_their_likely_nps(office: Office) -> None:
    await frozen(office)

    said = await office.command(ALICE, "segments Acme")

    assert said.startswith("Acme: NPS +11\nWave 1, closed on")
    assert table(office.read_by(ALICE)[-1]) == [
        ["Group", "Answers", "NPS", "Likely NPS"],
        [SALES, "44", "+48", "+35"],
        [CARE, "2", "0", "+10"],
        [LAB, "36", "−33", "−16"],
    ]
    assert "the nearer its likely NPS lies to that of all" in said
    assert "somebody in two counts in both" in said


async def test_a_slack_without_tables_tells_the_same_in_text(office: Office) -> None:
    await frozen(office)
    in_table = await office.command(ALICE, "segments Acme")
    office.slack.refuse_charts = True

    assert await office.command(ALICE, "segments Acme") == in_table
    assert {block["type"] for block in office.read_by(ALICE)[-1].blocks} == {"header", "context", "section"}


async def test_colleagues_see_no_group_that_could_give_somebody_away_and_managers_see_all(
    office: Office,
) -> None:
    await frozen(office, Kind.EMPLOYEES)

    for_manager, for_others = await office.command(MAYA, "segments"), await office.command(BRUNO, "groupes")

    assert f"<!subteam^{CARE}>: NPS 0 of 2 answers" in for_manager
    assert f"quelqu’un pourrait s’y reconnaître\N{NO-BREAK SPACE}: <!subteam^{CARE}>" in for_others
    assert f"<#{SALES}>\N{NO-BREAK SPACE}: NPS +48" in for_others


async def test_who_is_in_two_channels_counts_in_both_as_they_were_when_asked(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_channel(Channel(LAB, "lab", members=(ALICE, CHEN, OUTSIDER)))
    await office.ask_everyone(audience=Audience(channels=(GENERAL, LAB)))
    await office.answer({ALICE: 10, BRUNO: 0, OUTSIDER: 9})
    office.slack.add_channel(Channel(LAB, "lab", members=(BRUNO,)))
    await office.command(MAYA, "close Acme")

    await office.command(ALICE, "segments Acme")

    rows = {row[0]: row[1:3] for row in table(office.read_by(ALICE)[-1])}
    assert rows == {"Group": ["Answers", "NPS"], LAB: ["2", "+100"], GENERAL: ["2", "0"]}


async def test_nobody_is_kept_whom_the_wave_did_not_ask(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_channel(Channel(LAB, "lab", members=(ALICE, "U5GONE", "U6ROBOT")))
    await office.ask_everyone(audience=Audience(channels=(GENERAL, LAB)))

    kept = {(row.user_id, row.part) for row in await office.rows(Membership)}

    assert kept == {(who, GENERAL) for who in (MAYA, ALICE, BRUNO, CHEN)} | {(ALICE, LAB)}


async def test_an_audience_of_one_channel_has_no_groups(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})
    await office.command(MAYA, "close Acme")

    assert "This wave knows no groups." in await office.command(ALICE, "segments Acme")
    assert await office.rows(Membership) == []


async def test_an_open_wave_is_not_read_by_groups(office: Office) -> None:
    await office.ask_everyone()

    assert await office.command(ALICE, "segments Acme") == (
        "No wave of “Acme” has closed yet. Groups can be read when one has."
    )


async def test_a_column_of_an_imported_file_is_found_in_any_case(office: Office) -> None:
    told = {f"p{n}": {"Country": "France" if n < 4 else "Belgium", "Plan": "free"} for n in range(6)}
    await imported(office, Kind.CUSTOMERS, told | {"p6": {"Plan": "paid"}})

    await office.command(ALICE, "segments Acme country")

    assert [row[:2] for row in table(office.read_by(ALICE)[-1])] == [
        ["Country", "Answers"],
        ["Belgium", "2"],
        ["France", "4"],
        ["Not told", "1"],
    ]


async def test_without_a_column_the_columns_are_named(office: Office) -> None:
    await imported(office, Kind.CUSTOMERS, {"p1": {"Country": "France", "Plan": "free"}})

    said = await office.command(ALICE, "segments Acme")
    assert said == "Columns to read by: “Country”, “Plan”. Type `/nps segments Acme Country`."
    assert "no column “Region”" in await office.command(ALICE, "segments Acme Region")


async def test_the_only_column_need_not_be_named(office: Office) -> None:
    await imported(office, Kind.CUSTOMERS, {"p1": {"Country": "France"}})

    assert "France: NPS +100 of 1 answer" in await office.command(ALICE, "segments")


async def test_a_column_of_a_teams_import_is_for_managers(office: Office) -> None:
    await imported(office, Kind.EMPLOYEES, {f"p{n}": {"Team": "Lab"} for n in range(12)})

    assert await office.command(ALICE, "segments Acme team") == (
        "Only managers can read a team’s result by a column of an imported file."
    )
    assert "Lab: NPS +100" in await office.command(MAYA, "segments Acme team")


async def test_a_column_that_is_nearly_a_name_is_refused(office: Office) -> None:
    await imported(office, Kind.CUSTOMERS, {f"p{n}": {"Ticket": str(n)} for n in range(51)})

    said = await office.command(ALICE, "segments Acme ticket")
    assert said == "“Ticket” has more than 50 different values: too many to stand side by side."


async def test_on_the_terminal_each_segment_has_its_figures(office: Office) -> None:
    await frozen(office, Kind.EMPLOYEES)

    said = await reading.segments(office.app, name="", by="")

    assert isinstance(said.data, dict)
    first = said.data["segments"][0]
    assert (first["segment"], first["promoters"], first["nps"]) == (SALES, 28, pytest.approx(100 * 21 / 44))
    assert said.data["differ_measurably"]
    assert f"{CARE}: NPS 0 of 2 answers" in said.text


def test_one_answer_more_in_a_group_is_not_told() -> None:
    lab, sales = frozenset({LAB}), frozenset({SALES})
    before = {lab: Tally(4, 4, 4), sales: Tally(5, 5, 5)}
    one_more, five_more = {**before, lab: Tally(5, 4, 4)}, {**before, lab: Tally(7, 5, 5)}
    other_scores = {**before, lab: Tally(3, 5, 4)}

    assert segmented([before, one_more], fewest=5) == segmented([before], fewest=5)
    assert segmented([before, other_scores], fewest=5) == segmented([before], fewest=5)
    assert segmented([before, five_more], fewest=5) == segmented([five_more], fewest=5)


async def test_a_wave_that_was_frozen_again_keeps_both_versions_of_its_groups(office: Office) -> None:
    survey = await frozen(office, Kind.EMPLOYEES)
    async with office.books.writing() as session:
        wave = (await session.exec(select(Wave).where(Wave.survey_id == survey.id))).one()
        [version] = await results.publications(session, wave.id)
        assert version.cells == CELLS
