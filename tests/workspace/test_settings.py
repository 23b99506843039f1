"""The settings of a workspace: shown, changed, refused where they cannot be, and taken back; they count for what is to come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import app_for
from bot.kit.workplace import working_time
from storage.kit import people
from storage.tables import Invitation, Reminder, WorkspaceSettings
from storage.words import InvitationState
from tests.journeys.hands import RESEND, actions, click, home_of
from tests.journeys.office import ALICE, BRUNO, MAYA, Office
from tests.workspace.changing import SUNDAY_TO_THURSDAY, send, set_to, settings_form, settings_from_home

pytestmark = pytest.mark.slow

THURSDAY = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
"""Half past four in Paris, where Alice's neighbour Bruno is."""


async def quarantine(office: Office) -> int:
    async with office.books.reading() as session:
        return await people.quarantine_days(session, office.slack.team_id)


async def test_sending_the_form_as_it_is_changes_nothing(office_on_each: Office) -> None:
    office = office_on_each

    assert await send(office, await settings_from_home(office)) == "Nothing was changed."

    assert await office.rows(WorkspaceSettings) == []


async def test_another_quarantine_counts_from_now_on_and_after_a_restart(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()

    said = await set_to(office, quarantine="30")

    assert said == (
        "The settings are changed.\nNobody is asked again within 30 days, whichever survey asks. "
        "Who is left out of an open wave stays left out."
    )
    async with office.another_app():
        assert await quarantine(office) == 30
    await office.a_survey("Other")
    await office.typed(MAYA, "open Other")
    assert "30 days" in office.read_by(MAYA)[-1].text
    assert "in 30 days" in str((await home_of(office, ALICE)).blocks)


async def test_what_was_set_goes_back_to_what_the_environment_says(office_on_each: Office) -> None:
    office = office_on_each
    await set_to(office, quarantine="30", **SUNDAY_TO_THURSDAY)

    said = await set_to(office, back=["quarantine", "hours"])

    assert "There is no quarantine" in said
    assert "Monday to Friday" in said
    changed = office.settings.model_copy(update={"nps_quarantine_days": 7})
    async with app_for(changed, office.clock):
        assert await quarantine(office) == 7
    assert "back" not in str((await settings_form(office)).blocks)


async def test_a_week_from_sunday_to_thursday_moves_what_was_planned_before(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    office.clock.now = THURSDAY
    said = await set_to(office, **SUNDAY_TO_THURSDAY)
    assert "Sunday to Thursday, 08:00 to 16:00" in said

    for _ in range(2):  # four o'clock is over, and on Friday nobody works
        await office.tick()
        assert office.asked(BRUNO) == 0
        office.clock.forward(days=1)
    office.clock.now = datetime(2026, 11, 29, 6, 59, tzinfo=UTC)
    await office.tick()
    assert office.asked(BRUNO) == 0
    office.clock.forward(minutes=1)  # eight on Sunday
    await office.tick()

    assert office.asked(BRUNO) == 1


async def test_the_reminder_and_later_keep_to_the_new_hours(office_on_each: Office) -> None:
    office = office_on_each
    await set_to(office, **SUNDAY_TO_THURSDAY)
    await office.ask_everyone(wave_days=14)

    offered = str(office.question(BRUNO).blocks)

    # Tomorrow is Tuesday, and next week begins on Sunday; for Bruno in French.
    assert "Demain, 08:00" in offered
    assert "dimanche, 08:00" in offered
    [bruno] = [row.id for row in await office.rows(Invitation) if row.user_id == BRUNO]
    [due] = [row.send_after for row in await office.rows(Reminder) if row.invitation_id == bruno]
    working = await working_time(office.app.services)
    assert working.is_inside(due, "Europe/Paris")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens": "17:00", "closes": "09:00"}, "The day must end later than it begins."),
        ({"opens": "09:00", "closes": "09:00"}, "The day must end later than it begins."),
        ({"opens": "06:00", "closes": "18:30"}, "Leave people a night: choose at most 12 hours."),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    office: Office, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in await set_to(office, **changes)

    assert await office.rows(WorkspaceSettings) == []


async def test_people_who_do_not_manage_are_refused_and_see_no_button(office: Office) -> None:
    assert "Only managers" in await office.typed(ALICE, "settings")
    assert "workspace.settings" not in actions(await home_of(office, ALICE))


async def test_who_loses_the_role_while_the_form_is_open_changes_nothing(office: Office) -> None:
    form = await settings_form(office)
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(minutes=6)

    assert "Only managers" in await send(office, form, quarantine="30")

    assert await office.rows(WorkspaceSettings) == []


async def test_the_french_word_opens_the_form_too(office: Office) -> None:
    assert (await settings_form(office, word="réglages")).definition["title"]["text"] == "Settings"


async def test_two_managers_at_once_each_keep_what_they_changed(office_on_each: Office) -> None:
    office = office_on_each
    first, second = await settings_form(office), None
    await send(office, first, quarantine="30")
    second = await settings_form(office)
    await send(office, second, **SUNDAY_TO_THURSDAY)

    [row] = await office.rows(WorkspaceSettings)
    assert (row.quarantine_days, row.opens_minute, row.changed_by) == (30, 480, MAYA)


async def test_an_invitation_that_waits_is_judged_by_the_new_quarantine(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=BRUNO)
    await office.ask_everyone("First")
    await office.tick()
    await office.ask_everyone("Second")
    assert (await office.invitations())[BRUNO].state is InvitationState.DELIVERED
    await set_to(office, quarantine="5")

    await office.typed(MAYA, "waves")
    await click(office, MAYA, office.read_by(MAYA)[-1], RESEND)
    await office.tick()

    assert office.asked(BRUNO) == 1
    office.clock.now += timedelta(days=7)  # five, and a weekend
    await office.tick()
    assert office.asked(BRUNO) == 2
