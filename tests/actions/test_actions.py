"""`/nps actions`: a manager says what people said and what is done about it, and people read it above their next question."""

from datetime import timedelta

import pytest

from bot.sandbox.records import View
from bot.shell.doing import actions as shell
from storage.audience import Audience
from storage.tables import Action
from storage.words import ANONYMOUS_DAYS, ActionState
from tests.journeys.hands import AGAIN, NOW, STOP, click, go_to, home_of, posted, put_off
from tests.journeys.office import (
    ALICE,
    BRUNO,
    CHEN,
    GENERAL,
    MAYA,
    MONDAY,
    OUTSIDER,
    Office,
    listeners_finish,
)

pytestmark = pytest.mark.slow

NEW, CHANGE, LIST = "action.new", "action.change", "action.list"
PHONE: dict[str, object] = {
    "action_said": "Nobody answers the phone.",
    "action_did": "Two more people answer it.",
    "action_state": "done",
    "action_day": "2026-11-20",
    "action_drivers": ["support"],
}
LINE = "*You said:* Nobody answers the phone. → *We did:* Two more people answer it. (November 20, 2026)"
LINE_THERE = LINE.replace("November 20, 2026", "20 November 2026")
LIGNE = "*Vous avez dit\N{NO-BREAK SPACE}:* Nobody answers the phone. → *Nous avons fait\N{NO-BREAK SPACE}:* Two more"


async def new(office: Office, **changes: object) -> View | None:
    """Fill in the modal of a new action as Maya; return the modal that stays, if one does."""
    await office.typed(MAYA, "actions")
    await click(office, MAYA, office.slack.ephemerals(MAYA)[-1], NEW)
    return await fill_in(office, PHONE | changes)


async def fill_in(office: Office, answers: dict[str, object]) -> View | None:
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.driver.submit(MAYA, office.modal(MAYA), answers)
    await listeners_finish()
    return office.slack.modal(MAYA)


async def change(office: Office, **answers: object) -> View | None:
    await office.typed(MAYA, "actions")
    await click(office, MAYA, office.slack.ephemerals(MAYA)[-1], CHANGE)
    return await fill_in(office, answers)


async def a_second_wave(office: Office, after_days: int = 1) -> None:
    """Close the first wave and ask everyone again."""
    await office.command(MAYA, "close Acme")
    office.clock.forward(days=after_days)
    await office.command(MAYA, "open Acme")
    await office.tick()


@pytest.mark.parametrize("is_anonymous", [False, True])
async def test_what_was_done_stands_above_the_next_question_in_each_language(
    office_on_each: Office, *, is_anonymous: bool
) -> None:
    office = office_on_each
    await office.ask_everyone(is_anonymous=is_anonymous)
    assert "You said" not in str(office.question(ALICE).blocks)

    saved = await new(office)
    await a_second_wave(office, ANONYMOUS_DAYS)

    assert saved is not None
    assert "From now on it stands above each question" in str(saved.blocks)
    first = office.question(ALICE).blocks[0]
    assert first["elements"][0]["text"] == LINE
    assert LIGNE in office.question(BRUNO).text
    assert LINE in office.question(ALICE).text


async def test_it_stands_above_a_question_in_a_channel(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey(audience=Audience(open_channel=GENERAL))
    await new(office)

    await office.command(MAYA, "open Acme")
    await office.tick()

    assert LINE_THERE in posted(office).text
    assert posted(office).blocks[0]["elements"][0]["text"] == LINE_THERE


async def test_it_stands_above_a_reminder_and_above_a_question_that_is_shown_again(office: Office) -> None:
    await office.ask_everyone(reminders=1)
    await put_off(office, ALICE, "hour")
    await office.answer({CHEN: 4})
    await new(office)

    await click(office, ALICE, office.question(ALICE), NOW)
    await click(office, CHEN, office.question(CHEN), "answer.change")
    for person in (ALICE, CHEN):
        assert office.question(person).blocks[0]["elements"][0]["text"] == LINE

    await go_to(office, MONDAY + timedelta(days=8))
    reminder = office.slack.direct_messages(BRUNO)[-1]
    assert reminder.thread_ts is not None
    assert LIGNE in reminder.blocks[1]["elements"][0]["text"]
    assert LIGNE in reminder.text


async def test_it_stands_above_a_question_that_is_drawn_again(office: Office) -> None:
    await office.ask_everyone()
    await click(office, ALICE, await home_of(office, ALICE), STOP)
    await new(office)

    await click(office, ALICE, await home_of(office, ALICE), AGAIN)
    assert office.question(ALICE).blocks[0]["elements"][0]["text"] == LINE

    await office.command(MAYA, "close Acme")
    await office.tick()
    assert "You said" not in str(office.question(CHEN).blocks)
    await office.command(MAYA, "reopen Acme")
    await go_to(office, MONDAY + timedelta(hours=1))
    assert office.question(CHEN).blocks[0]["elements"][0]["text"] == LINE


async def test_app_home_tells_those_who_were_asked_and_nobody_else(office: Office) -> None:
    await office.ask_everyone()
    await new(office)

    assert LINE in str((await home_of(office, CHEN)).blocks)
    assert "You said" not in str((await home_of(office, OUTSIDER)).blocks)


async def test_the_digest_tells_it_once(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await new(office)

    await go_to(office, MONDAY + timedelta(days=7))
    await office.answer({BRUNO: 4})
    await go_to(office, MONDAY + timedelta(days=14))

    told = [one.text for one in office.slack.messages("C1GENERAL") if "NPS" in one.text]
    assert ["Two more people answer it. (20 November" in text for text in told] == [True, False]


async def test_what_was_done_goes_before_what_is_planned_and_nobody_reads_what_was_dropped(
    office: Office,
) -> None:
    await office.ask_everyone()
    await new(office)
    await new(office, action_did="A third phone.", action_state="planned", action_day="2027-01-01")
    await new(office, action_did="A second phone.", action_state="dropped")
    said = await office.typed(MAYA, "actions Acme")

    assert "*We dropped:* A second phone." in said
    assert "stands above" in said.rpartition("20 November 2026")[2]
    assert said.count("stands above the next question") == 1
    home = str((await home_of(office, CHEN)).blocks)
    assert "A second phone" not in home
    assert home.index(LINE) < home.index("A third phone")


async def test_an_action_is_changed_and_deleted(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await new(office, action_state="planned")

    await change(office, action_state="done", action_did="Three more answer it.")
    [action] = await office.rows(Action)
    assert (action.state, action.did, action.drivers, action.wave) == (
        ActionState.DONE,
        "Three more answer it.",
        ["support"],
        1,
    )
    deleted = await change(office, action_delete=["yes"])

    assert deleted is not None
    assert "It is deleted" in str(deleted.blocks)
    assert await office.rows(Action) == []


async def test_who_saves_second_is_told_and_undoes_nothing(office: Office) -> None:
    await office.ask_everyone()
    await new(office)
    await office.typed(MAYA, "actions")
    await click(office, MAYA, office.slack.ephemerals(MAYA)[-1], CHANGE)
    async with office.books.writing() as session:
        row = await session.get(Action, 1)
        assert row is not None
        row.did, row.version = "By somebody else.", row.version + 1

    stays = await fill_in(office, {"action_did": "Mine."})

    assert stays is not None
    assert "Somebody has changed this meanwhile" in str(stays.errors)
    assert [one.did for one in await office.rows(Action)] == ["By somebody else."]


async def test_wrong_fields_say_what_is_wrong(office: Office) -> None:
    await office.ask_everyone()

    stays = await new(office, action_said="  ", action_day="2027-01-01")

    assert stays is not None
    assert stays.errors == {
        "action_said": "Write a few words.",
        "action_day": "This day is still to come. Choose “Planned”, or a day that has come.",
    }
    assert await office.rows(Action) == []


async def test_only_managers_see_and_change_them(office: Office) -> None:
    await office.ask_everyone()
    await new(office)
    assert "Seuls les responsables" in await office.typed(BRUNO, "mesures")

    await office.typed(MAYA, "actions")
    shown = office.slack.ephemerals(MAYA)[-1]
    await office.driver.click(CHEN, shown, CHANGE)
    await listeners_finish()

    assert office.slack.modal(CHEN) is None


async def test_many_come_page_by_page_of_several_surveys(office: Office) -> None:
    await office.ask_everyone()
    await office.a_survey("Team")
    async with office.books.writing() as session:
        for number in range(1, 12):
            session.add(
                Action(
                    workspace_id=office.slack.team_id,
                    survey_id=1 + number % 2,
                    said=f"Matter {number}.",
                    did="It is done.",
                    drivers=[],
                    state=ActionState.DONE,
                    day=MONDAY.date(),
                    state_since=MONDAY,
                )
            )

    first = await office.typed(MAYA, "actions")
    await click(office, MAYA, office.slack.ephemerals(MAYA)[-1], "action.older")
    older = office.slack.ephemerals(MAYA)[-1].text
    data = (await shell.actions(office.app, name="")).data
    assert isinstance(data, dict)

    assert "Matter 11." in first
    assert "Matter 3." not in first
    assert "Matter 3." in older
    assert "Matter 4." not in older
    assert len(data["actions"]) == 11
    assert [one["is_told"] for one in data["actions"]].count(True) == 2
    await click(office, MAYA, office.slack.ephemerals(MAYA)[-1], "action.new_for", "2")
    assert "“Team”" in str(office.modal(MAYA).blocks)


async def test_a_deleted_survey_takes_its_actions_along(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await new(office)

    await office.driver.command(MAYA, "C1GENERAL", "delete Acme")
    await office.slack.until(lambda: office.modal(MAYA).callback_id == "survey.delete")
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await listeners_finish()

    assert await office.rows(Action) == []
