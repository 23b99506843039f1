"""What happens meanwhile to a form in steps: another window, another manager, nobody for days."""

from dataclasses import replace
from datetime import timedelta

from bot.ids import Field
from bot.privacy.purging import purge_kept_long_enough
from storage.tables import FormDraft, Survey
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish
from tests.surveys.test_steps import begins_with, fields, onwards


async def test_a_name_that_somebody_else_took_meanwhile_brings_back_its_step(office: Office) -> None:
    await office.make_survey()
    await office.a_survey("acme")

    await office.save_for_later()

    shown = office.modal(MAYA)
    assert "Another survey has this name" in str(shown.blocks)
    assert begins_with(shown, Field.NAME) == "Acme"
    assert len(await office.rows(Survey)) == 1


async def test_the_preview_saves_once_however_often_its_button_is_pressed(office_on_each: Office) -> None:
    office = office_on_each
    await office.make_survey()
    preview = office.modal(MAYA)
    await office.save_for_later()

    await office.driver.submit(MAYA, preview)
    await listeners_finish()

    assert len(await office.rows(Survey)) == 1


async def test_an_abandoned_form_is_forgotten(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_form()
    assert len(await office.rows(FormDraft)) == 1

    office.clock.now += timedelta(days=3)
    await purge_kept_long_enough(office.app.services)

    assert await office.rows(FormDraft) == []
    await onwards(office, name="Acme", subject="Acme")
    assert "sent already, or is more than two days old" in str(office.modal(MAYA).blocks)


async def test_somebody_elses_form_is_none_of_mine(office: Office) -> None:
    form = await office.open_form()
    office.slack.add_user(replace(office.slack.users["U2ALICE"], is_admin=True))
    await office.driver.command("U2ALICE", GENERAL, "new")
    await office.slack.until(lambda: office.slack.modal("U2ALICE") is not None)
    theirs = office.slack.modal("U2ALICE")
    assert theirs is not None
    forged = {**theirs.definition, "private_metadata": form.definition["private_metadata"]}

    await office.driver.submit("U2ALICE", replace(theirs, definition=forged), {"name": "x", "subject": "x"})

    assert "more than two days old" in str(office.slack.modal("U2ALICE"))
    assert [kept.written["name"] for kept in await office.rows(FormDraft) if "name" in kept.written] == []


async def test_what_another_window_made_wrong_in_an_earlier_step_brings_that_step_back(
    office: Office,
) -> None:
    first = await office.open_form()
    await onwards(office, name="Acme", subject="Acme", kind="customers")
    third = await onwards(office, channels=[GENERAL])
    await office.driver.click(MAYA, first, Field.MORE, ["question"], answers={"name": ""})
    await listeners_finish()

    await office.driver.submit(MAYA, third, {})

    told = str(office.modal(MAYA).blocks)
    assert "Give the survey a name" in told
    assert fields(office.modal(MAYA))[0] == "name"
    assert await office.rows(Survey) == []
