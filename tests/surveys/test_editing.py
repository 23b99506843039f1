"""A survey is changed later: what is open keeps what its people were told, the rest changes at once or with the next wave."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.ids import Field
from bot.sandbox.records import Channel, UserGroup, View
from bot.shell.demo.filling_in import fill_in
from bot.shell.doing.surveys import life
from bot.shell.kit.sentences import WrongInput
from storage.audience import Audience
from storage.tables import Reminder, Survey, Wave
from storage.words import Kind, Rhythm
from tests.ballots.staff import STAFF, ask_anonymously
from tests.journeys.hands import click, colleagues, go_to, home_of, open_in
from tests.journeys.office import (
    ALICE,
    BRUNO,
    CHEN,
    GENERAL,
    MAYA,
    MONDAY,
    Office,
    listeners_finish,
    office_with,
)

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
LOOKS = {"next_opening_at", "next_digest_at"}
"""What the clock notes for itself."""


async def edit_form(office: Office, user: str = MAYA, name: str = "Acme") -> View:
    await office.driver.command(user, GENERAL, f"edit {name}")
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    return office.modal(user)


async def edit(office: Office, **changes: object) -> str:
    """Change what the form of `/nps edit` shows, send it, and return what stands there then."""
    await edit_form(office)
    shown = await fill_in(office.driver, office.slack, MAYA, changes)
    if not shown.errors:
        await office.driver.close(MAYA, shown)
    return str(shown.errors or shown.blocks[0]["text"]["text"])


async def the_survey(office: Office) -> Survey:
    [survey] = await office.rows(Survey)
    return survey


async def test_the_form_shows_all_that_the_survey_says_and_sending_it_unchanged_changes_nothing(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.a_survey(
        rhythm=Rhythm.WEEKS,
        every_weeks=3,
        reminders=2,
        digest_channel=None,
        audience=Audience(people=(ALICE,)),
    )
    before = (await the_survey(office)).model_dump(exclude=LOOKS)

    assert await edit(office) == "“Acme” is changed."

    assert (await the_survey(office)).model_dump(exclude=LOOKS) == before


async def test_a_typo_in_the_name_is_mended(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone("Acmee")
    await edit_form(office, name="Acmee")
    await fill_in(office.driver, office.slack, MAYA, {"name": "Acme"})

    assert "NPS" in await office.typed(ALICE, "Acme")
    assert "I don" in await office.typed(ALICE, "Acmee")


async def test_a_taken_name_is_told_beside_its_field_and_nothing_is_changed(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey("Beta")
    await office.a_survey("Acme")

    assert "Another survey has this name." in await edit(office, name="BETA", subject="Else")

    assert {one.subject for one in await office.rows(Survey)} == {"Acme"}


async def test_the_open_wave_keeps_its_question_and_the_next_asks_the_new_one(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_user(replace(office.slack.users[CHEN], tz="America/Los_Angeles"))
    await office.ask_everyone()

    said = await edit(office, subject="Globex", kind="employees")
    assert "Wave 1 keeps the question that its people were asked; the next wave asks the new one." in said
    await go_to(office, MONDAY + timedelta(hours=10))  # nine in Los Angeles
    assert "recommend Acme to" in office.question(CHEN).text

    await office.command(MAYA, "close")
    await office.command(MAYA, "open")
    await go_to(office, MONDAY + DAY)
    assert "Globex" in office.question(BRUNO).text
    assert [(one.subject, one.kind) for one in await office.rows(Wave)] == [
        ("Acme", Kind.CUSTOMERS),
        ("Globex", Kind.EMPLOYEES),
    ]


async def test_a_longer_wave_closes_later_at_once_and_a_shorter_one_from_the_next(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone(wave_days=14)

    assert "Wave 1 closes later: on Monday, 14 December at 09:00." in await edit(office, wave_days="21")
    assert (await office.newest_wave()).closes_at == MONDAY + 21 * DAY
    assert "closes later" not in await edit(office, wave_days="7")
    assert (await office.newest_wave()).closes_at == MONDAY + 21 * DAY


async def test_the_people_still_to_be_asked_change_at_once_and_who_has_the_question_keeps_it(
    office_on_each: Office,
) -> None:
    office = office_on_each
    [abroad, other] = colleagues(office, 2, tz="America/Los_Angeles")
    await office.ask_everyone(audience=Audience(people=(ALICE, abroad)))
    assert office.asked(ALICE) == 1

    said = await edit(office, people=[BRUNO, other])
    assert "Wave 1 asks those who are in the audience now" in said
    await office.tick()
    await go_to(office, MONDAY + timedelta(hours=10))

    assert [office.asked(one) for one in (ALICE, BRUNO, other, abroad)] == [1, 1, 1, 0]
    await office.answer({ALICE: 9})
    assert (await office.answers())[ALICE].score == 9


@pytest.mark.parametrize(
    "others",
    [
        {"people": [CHEN]},
        {"channels": [STAFF, GENERAL]},
        {"whole": ["guests"]},
        {"user_groups": ["S1SUPPORT"]},
    ],
    ids=lambda others: next(iter(others)),
)
async def test_nobody_is_added_to_an_anonymous_wave_that_is_open(
    office_on_each: Office, others: dict[str, list[str]]
) -> None:
    office = office_on_each
    office.slack.add_user_group(UserGroup("S1SUPPORT", "Support", "support", users=(CHEN,)))
    staff = await ask_anonymously(office, 5, "Acme")

    assert "A wave is open, so this stays as it is." in await edit(office, **others)
    await office.tick()

    assert (await the_survey(office)).audience == Audience(channels=(STAFF,))
    assert await office.invited() == [{*staff}]
    await office.driver.close(MAYA, office.modal(MAYA))
    await office.command(MAYA, "close")
    assert await edit(office, **others) == "“Acme” is changed."


async def test_nor_from_the_terminal(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5, "Acme")

    with pytest.raises(WrongInput, match="A wave is open, so this stays as it is"):
        await life.edit(office.app, user_id=MAYA, name="Acme", changes={Field.PEOPLE: [CHEN]})
    await office.tick()

    assert await office.invited() == [{*staff}]


async def test_the_same_people_in_another_order_add_nobody_who_joined_their_channel_meanwhile(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = await ask_anonymously(
        office, 5, "Acme", audience=Audience(people=(ALICE, BRUNO), channels=(STAFF,))
    )
    office.slack.add_channel(replace(office.slack.channels[STAFF], members=(*staff, CHEN)))

    said = await life.edit(office.app, user_id=MAYA, name="Acme", changes={Field.PEOPLE: [BRUNO, ALICE]})
    await office.tick()

    assert "asks those who are in the audience now" not in said.text
    assert await office.invited() == [{*staff, ALICE, BRUNO}]


async def test_the_modal_says_so_however_many_reminders_there_are_to_plan(postgres_url: str) -> None:
    async with office_with(postgres_url) as office:
        await office.ask_everyone(reminders=1)
        async with office.books.writing() as session:
            await (await session.connection()).execute(text("LOCK TABLE reminders IN EXCLUSIVE MODE"))

            await edit_form(office)
            shown = await fill_in(office.driver, office.slack, MAYA, {"reminders": "2"})

            assert "is changed" in str(shown.blocks)  # and so long none is planned
            assert {one.number for one in await office.rows(Reminder)} == {1}
        await listeners_finish()
        assert {one.number for one in await office.rows(Reminder)} == {1, 2}


async def test_fewer_and_more_reminders_count_at_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=1)

    await edit(office, reminders="2")
    await listeners_finish()
    assert sorted(one.number for one in await office.rows(Reminder)) == [1, 1, 1, 1, 2, 2, 2, 2]
    await edit(office, reminders="0")
    assert await office.rows(Reminder) == []


async def test_an_open_question_does_not_move_while_it_stands(office: Office) -> None:
    await open_in(office)
    office.slack.add_channel(Channel("C3OTHER", "other", members=(MAYA,)))

    assert "A wave is open, so this stays as it is." in await edit(office, open_channel="C3OTHER")
    assert (await the_survey(office)).audience.open_channel == GENERAL


async def test_a_rhythm_chosen_later_opens_nothing_for_a_day_that_has_passed(office: Office) -> None:
    await office.ask_everyone(wave_days=7)
    await go_to(office, MONDAY + 60 * DAY)

    await edit(office, rhythm="monthly")
    await office.tick()
    assert len(await office.rows(Wave)) == 1
    await office.live_until(MONDAY + 62 * DAY, hours=12)
    assert len(await office.rows(Wave)) == 2


async def test_a_shorter_rhythm_opens_at_its_own_next_time(office: Office) -> None:
    await office.ask_everyone(wave_days=3, rhythm=Rhythm.QUARTERLY)
    await go_to(office, MONDAY + 4 * DAY)

    await edit(office, rhythm="weeks", every_weeks="1")
    await office.live_until(MONDAY + 7 * DAY, hours=12)

    assert [wave.opens_at for wave in await office.rows(Wave)] == [MONDAY, MONDAY + 7 * DAY]


async def test_a_digest_comes_at_its_new_hour(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, MONDAY + DAY)
    before = len(office.slack.messages(GENERAL))

    await edit(office, digest_weekday="2", digest_hour="9")
    await go_to(office, MONDAY + 2 * DAY)

    assert len(office.slack.messages(GENERAL)) == before + 1


async def test_the_digest_is_taken_away(office: Office) -> None:
    await office.a_survey()

    await edit(office, digest_channel=None)

    assert (await the_survey(office)).digest_channel is None


async def test_home_offers_each_survey_to_be_changed(office: Office) -> None:
    survey = await office.a_survey()

    await click(office, MAYA, await home_of(office, MAYA), "survey.edit", str(survey.id))

    assert office.modal(MAYA).definition["title"]["text"] == "Change a survey"


async def test_only_managers_change_a_survey(office: Office) -> None:
    await office.a_survey()
    assert (
        await office.typed(ALICE, "edit Acme") == "Only managers can do this. Ask a workspace admin or owner."
    )
    await edit_form(office)
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(days=2)

    await office.driver.submit(MAYA, office.modal(MAYA), {"subject": "Else"})

    assert "Only managers can do this." in str(office.modal(MAYA).blocks)
    assert (await the_survey(office)).subject == "Acme"
