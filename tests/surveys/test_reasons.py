"""The reasons that people may tick are the survey's own; an answer keeps its own, whatever they are called since."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.exporting.answer_file import FileFormat
from bot.exporting.writing import write_answers
from bot.ids import Field
from bot.importing.foreign_file import open_export
from bot.importing.outcome import Wanted
from bot.importing.run import import_answers
from bot.sandbox.records import View
from bot.shell.doing.surveys import life
from bot.shell.kit.sentences import WrongInput
from bot.surveys.rules.reasons import WrongReasons, reasons, written
from storage.question import ONCE_OFFERED, Offered, usual
from storage.surveys import drivers
from storage.tables import Mention, Survey, SurveyDriver, Wave
from storage.words import Kind
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office, listeners_finish
from tests.reports.test_drivers import ticked as ticked_by_many

pytestmark = pytest.mark.slow

TOOLS = Offered("Tools", (("en", "Tools"), ("fr", "Outils")))
PAY = Offered("Pay", (("en", "Pay"),))


def boxes(modal: View) -> list[str]:
    """Return what may be ticked in the modal that asks why."""
    [ticked] = [block["element"] for block in modal.blocks if block.get("block_id") == "drivers"]
    return [option["text"]["text"] for option in ticked["options"]]


async def change(office: Office, *lines: str) -> str:
    said = await life.edit(office.app, user_id=MAYA, name="Acme", changes={Field.REASONS: lines})
    return said.text


async def ask(office: Office, *lines: str) -> None:
    """Open the first wave of a survey with these reasons."""
    await office.a_survey()
    await change(office, *lines)
    await office.command(MAYA, "open Acme")
    await office.tick()


async def tick(office: Office, user: str, score: int, ticked: Sequence[str]) -> None:
    await office.answer({user: score})
    await office.driver.submit(user, office.modal(user), {"drivers": list(ticked)})


async def exported(office: Office) -> list[dict[str, str]]:
    [survey] = await office.rows(Survey)
    file = io.BytesIO()
    await write_answers(office.books, survey, FileFormat.CSV, file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))


async def test_each_person_ticks_the_survey_s_reasons_in_their_language(office_on_each: Office) -> None:
    office = office_on_each
    await ask(office, "Tools | Outils", "Pay", "Service and support")

    await office.answer({ALICE: 9, BRUNO: 9})

    assert boxes(office.modal(ALICE)) == ["Tools", "Pay", "Service and support"]
    assert boxes(office.modal(BRUNO)) == ["Outils", "Pay", "Service et assistance"]
    await office.driver.submit(BRUNO, office.modal(BRUNO), {"drivers": ["Tools", "support"]})
    await listeners_finish()
    assert "Outils · Service et assistance" in office.question(BRUNO).text
    assert (await office.answers())[BRUNO].drivers == ("Tools", "support")


async def test_people_who_work_here_have_reasons_of_their_own_kind(office: Office) -> None:
    await office.ask_everyone(kind=Kind.EMPLOYEES)
    await office.answer({ALICE: 9, BRUNO: 9})

    assert boxes(office.modal(ALICE)) == [
        "Management and leadership",
        "Work and tools",
        "Growth and recognition",
        "Team and communication",
        "Balance and pay",
    ]
    assert boxes(office.modal(BRUNO))[0] == "Encadrement et direction"


async def test_a_wave_of_the_release_before_offers_what_it_offered(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(kind=Kind.EMPLOYEES)
    async with office.books.writing() as session:
        wave = await session.get_one(Wave, 1)
        wave.drivers = None
        session.add(wave)

    await tick(office, ALICE, 3, ["reputation"])

    [offered] = [
        (await office.newest_wave()).question(survey).drivers for survey in await office.rows(Survey)
    ]
    assert offered == ONCE_OFFERED
    assert (await office.answers())[ALICE].drivers == ("reputation",)


async def test_what_the_wave_does_not_offer_is_not_stored(office: Office) -> None:
    await ask(office, "Tools")
    await office.answer({ALICE: 9})
    await change(office, "Pay")  # in the meantime; her modal stays as it is

    await office.driver.submit(ALICE, office.modal(ALICE), {"drivers": ["Tools"]})

    assert (await office.answers())[ALICE].drivers == ("Tools",)


async def test_answers_keep_their_reason_when_it_is_renamed_and_when_it_is_removed(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await ask(office, "Tools | Outils", "Pay")
    for user, score, ticked in ((ALICE, 9, ["Tools"]), (BRUNO, 2, ["Pay", "Tools"]), (CHEN, 8, ["Pay"])):
        await tick(office, user, score, ticked)

    said = await change(office, "Tools = Gear | Matériel", "Food")
    assert "In wave 1 people tick the reasons that they were shown; the next wave shows the new ones." in said
    await office.command(MAYA, "close")

    rows = await exported(office)
    assert sorted(row["drivers"] for row in rows) == ["Gear", "Pay", "Pay\nGear"]
    known = [(one.key, one.names, one.removed_at is None) for one in await office.rows(SurveyDriver)]
    assert known == [
        ("Tools", (("en", "Gear"), ("fr", "Matériel")), True),
        ("Pay", (("en", "Pay"),), False),
        ("Food", (("en", "Food"),), True),
    ]
    await office.command(MAYA, "open")
    assert [one.key for one in (await office.newest_wave()).drivers or ()] == ["Tools", "Food"]


async def test_the_table_of_reasons_speaks_the_survey_s_names(office: Office) -> None:
    await ticked_by_many(office)

    await change(office, "Service and support = Our people | Nos équipes")

    assert "Our people: −10 points, 8 mentions" in await office.typed(ALICE, "drivers")
    assert "Nos équipes" in await office.typed(BRUNO, "drivers")


async def test_an_import_knows_them_by_any_name_and_our_own_export_adds_nothing(
    office_on_each: Office, tmp_path: Path
) -> None:
    office = office_on_each
    await ask(office, "Tools | Outils")
    await tick(office, ALICE, 9, ["Tools"])
    await change(office, "Tools = Gear | Matériel")
    await office.command(MAYA, "close")
    file = tmp_path / "ours.csv"
    with file.open("wb") as written_to:
        await write_answers(office.books, (await office.rows(Survey))[0], FileFormat.CSV, written_to)

    wanted = Wanted("Acme", own_waves=True)
    found = await import_answers(office.books, open_export(file), wanted, office.clock(), lambda _: None)
    assert (found.rows, found.added) == (1, 0)

    file.write_text("Score,Reasons\n8,matériel\n", "utf-8")
    wanted = Wanted("Acme", label="Of before")
    await import_answers(office.books, open_export(file), wanted, office.clock(), lambda _: None)
    assert [one.driver for one in await office.rows(Mention)] == ["Tools", "Tools"]


async def test_comments_are_found_by_the_name_that_a_reason_has_now(office: Office) -> None:
    await ask(office, "Tools")
    await office.answer({ALICE: 9, CHEN: 9})
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Fine desks", "drivers": ["Tools"]})
    await office.driver.submit(CHEN, office.modal(CHEN), {"comment": "Good food"})
    await change(office, "Tools = Gear")

    await office.driver.command(MAYA, GENERAL, "comments Acme gear")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    shown = str(office.modal(MAYA).blocks)
    assert "Fine desks" in shown
    assert "Good food" not in shown
    assert " · Gear" in shown


async def test_without_any_the_usual_ones_are_offered_again(office_on_each: Office) -> None:
    office = office_on_each
    survey = await office.a_survey()
    await change(office, "Tools")
    await change(office, "")

    async with office.books.reading() as session:
        assert await drivers.offered(session, survey) == usual(Kind.CUSTOMERS)
    await change(office, "tools")
    [row] = await office.rows(SurveyDriver)
    assert (row.key, row.removed_at) == ("Tools", None)


async def test_the_form_shows_them_a_line_each(office: Office) -> None:
    await office.a_survey()
    await change(office, "Tools | Outils", "Service and support")

    await office.driver.command(MAYA, GENERAL, "edit Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    shown = str(office.modal(MAYA).blocks)
    assert "Tools | Outils\\nService and support | Service et assistance" in shown


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([f"Reason {number}" for number in range(9)], "write at most 8 reasons"),
        (["x" * 61], "write at most 60 characters a name"),
        (["Tools", " tools "], "Two reasons have the same name."),
        (["Tools | Outils", "Gear | OUTILS"], "Two reasons have the same name."),
    ],
)
async def test_wrong_reasons_are_told_and_change_nothing(
    office: Office, lines: list[str], sentence: str
) -> None:
    await office.a_survey()

    with pytest.raises(WrongInput, match=sentence):
        await change(office, *lines)

    assert await office.rows(SurveyDriver) == []


def test_a_name_that_was_given_away_may_be_given_to_another() -> None:
    renamed = reasons(["Tools = Gear"], "en", [TOOLS])
    assert reasons(["Gear", "Tools"], "en", renamed) == (
        Offered("Tools", (("en", "Gear"),)),
        Offered("Tools 2", (("en", "Tools"),)),
    )


def test_what_is_written_is_read_back() -> None:
    known = (TOOLS, PAY, Offered("a=b", (("en", "a=b"),)))
    assert reasons(written(known), "en", known) == known
    assert reasons(written(known), "fr", known) == known


def test_one_called_like_ours_is_ours() -> None:
    assert [one.key for one in reasons(["réputation", "Balance and pay"], "fr", ())] == [
        "reputation",
        "balance",
    ]


def test_too_many_is_said_by_its_word() -> None:
    with pytest.raises(WrongReasons, match="too_many"):
        reasons([str(number) for number in range(9)], "en", ())
