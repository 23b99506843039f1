"""A survey is deleted with all its answers: its name typed, the export offered, its managers told, and nothing left."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from bot.sandbox.records import View
from storage.tables import Survey
from tests.journeys.hands import actions, click, go_to, open_in, posted
from tests.journeys.office import (
    ALICE,
    BRUNO,
    GENERAL,
    MAYA,
    MONDAY,
    Office,
    listeners_finish,
    office_with,
)

pytestmark = pytest.mark.slow

WRONG = "This is not its name, so nothing was deleted."
OF_NO_SURVEY = {
    "workspaces",
    "people",
    "preferences",
    "alembic_version",
    "seen_requests",
    "heartbeats",
    "paces",
}


async def asked(office: Office, words: str = "delete Acme") -> View:
    await office.driver.command(MAYA, GENERAL, words)
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    return office.modal(MAYA)


async def rows_left(office: Office) -> dict[str, int]:
    async with office.books.reading() as session:
        connection = await session.connection()
        return {
            table.name: count
            for table in SQLModel.metadata.sorted_tables
            if table.name not in OF_NO_SURVEY
            and (count := (await connection.execute(select(func.count()).select_from(table))).scalar_one())
        }


async def test_everything_of_it_goes_and_nothing_of_another(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone("Beta", reminders=2)
    await office.answer({BRUNO: 7})
    beta = await rows_left(office)
    await office.ask_everyone("Acme", reminders=2)
    await office.answer({ALICE: 9})
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "good", "drivers": ["support"]})
    await office.command(MAYA, "close Acme")
    await office.tick()
    await office.command(MAYA, "open Acme")

    shown = await asked(office)
    assert "“Acme” goes for good, with 2 waves and 1 answer." in str(shown.blocks)
    await office.driver.submit(MAYA, shown, {"typed_name": " acme "})
    await listeners_finish()

    assert await rows_left(office) == beta | {"emptied": 1}
    assert [one.name for one in await office.rows(Survey)] == ["Beta"]
    assert office.slack.modal(MAYA) is None
    assert office.read_by(MAYA)[-1].text == f"<@{MAYA}> deleted “Acme”, with 2 waves and 1 answer."


@pytest.mark.parametrize("typed", ["Acm", "Beta", "Acme!"])
async def test_another_name_deletes_nothing(office: Office, typed: str) -> None:
    await office.a_survey()

    await office.driver.submit(MAYA, await asked(office), {"typed_name": typed})

    assert office.modal(MAYA).errors == {"typed_name": WRONG}
    assert len(await office.rows(Survey)) == 1


async def test_the_export_is_offered_where_there_is_something_to_export(office: Office) -> None:
    await office.ask_everyone()
    assert "survey.export" not in actions(await asked(office))
    await office.driver.close(MAYA, office.modal(MAYA))
    await office.answer({ALICE: 9})

    await click(office, MAYA, await asked(office), "survey.export")

    assert [one.method for one in office.calls("files.completeUploadExternal")] != []
    assert len(await office.rows(Survey)) == 1


async def test_whoever_had_to_do_with_it_is_told(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[BRUNO], is_admin=True))
    await office.a_survey()
    await office.command(BRUNO, "open Acme")

    await office.driver.submit(MAYA, await asked(office), {"typed_name": "Acme"})
    await listeners_finish()

    assert f"<@{MAYA}> a supprimé" in office.read_by(BRUNO)[-1].text


async def test_a_late_tap_and_a_late_click_are_told_so(office: Office) -> None:
    await office.ask_everyone()
    question = office.question(ALICE)
    await office.driver.submit(MAYA, await asked(office), {"typed_name": "Acme"})
    await listeners_finish()

    said = await office.hear(ALICE, office.driver.click(ALICE, question, "answer.score.9"))

    assert said.startswith("I no longer know this question.")
    await go_to(office, MONDAY)  # the clock finds nothing to trip over


async def test_an_open_question_loses_its_buttons(office: Office) -> None:
    await open_in(office)

    await office.driver.submit(MAYA, await asked(office), {"typed_name": "Acme"})
    await listeners_finish()

    assert "open.score.9" not in actions(posted(office))


async def test_taps_while_it_is_deleted_are_stored_or_refused_and_leave_nothing_behind(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    shown, question = await asked(office), office.question(ALICE)

    await asyncio.gather(
        office.driver.submit(MAYA, shown, {"typed_name": "Acme"}),
        *(office.driver.click(ALICE, question, f"answer.score.{score}") for score in range(11)),
    )
    await listeners_finish()

    if not await office.rows(Survey):
        assert await rows_left(office) == {"emptied": 1}


async def test_the_modal_closes_however_long_the_deletion_takes(postgres_url: str) -> None:
    async with office_with(postgres_url) as office:
        await office.a_survey()
        shown = await asked(office)
        async with office.books.writing() as session:
            await (await session.connection()).execute(
                select(col(Survey.id)).with_for_update()
            )  # so long nothing of it goes

            await office.driver.submit(MAYA, shown, {"typed_name": "Acme"})

            assert office.slack.modal(MAYA) is None
            assert len(await office.rows(Survey)) == 1
        await listeners_finish()
        assert not await office.rows(Survey)
        assert office.read_by(MAYA)[-1].text == f"<@{MAYA}> deleted “Acme”, with 0 waves and 0 answers."


async def test_only_managers_delete(office: Office) -> None:
    await office.a_survey()
    assert (
        await office.typed(ALICE, "delete Acme")
        == "Only managers can do this. Ask a workspace admin or owner."
    )
    shown = await asked(office)
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(days=2)

    await office.driver.submit(MAYA, shown, {"typed_name": "Acme"})

    assert len(await office.rows(Survey)) == 1
