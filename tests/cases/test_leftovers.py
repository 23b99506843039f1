"""An owner who leaves, a survey that is deleted, and the list of one survey alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.shell.doing import cases as shell
from storage.tables import Survey
from tests.cases.follow_up import CARE, CONTACTED, HAND_OVER, TAKE, WORDS, a_case, answer, cards, press
from tests.journeys.hands import click
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

GONE = "their account is deactivated"


def leaves(office: Office, user: str) -> None:
    office.slack.add_user(replace(office.slack.users[user], deleted=True))


def told(office: Office) -> list[str]:
    return [one.text for one in office.slack.messages(CARE) if GONE in one.text]


async def test_the_channel_hears_once_that_who_has_a_case_is_gone(office_on_each: Office) -> None:
    office = office_on_each
    await a_case(office)
    await press(office, CHEN, TAKE)
    leaves(office, CHEN)
    await office.tick()
    assert told(office) == []  # Slack is asked about an owner once a day

    await office.live_until(office.clock.now + timedelta(days=2), hours=6)
    assert len(told(office)) == 1
    assert f"<@{CHEN}> has a case of “Acme”" in told(office)[0]

    await click(office, MAYA, cards(office)[0], HAND_OVER, MAYA)
    leaves(office, MAYA)
    await office.live_until(office.clock.now + timedelta(days=2), hours=6)
    assert [f"<@{one}>" in text for one, text in zip((CHEN, MAYA), told(office), strict=True)] == [True, True]


async def test_a_case_that_was_handed_over_in_time_or_closed_says_nothing(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, CONTACTED)
    await press(office, MAYA, HAND_OVER, MAYA)
    leaves(office, CHEN)

    await office.live_until(office.clock.now + timedelta(days=2), hours=6)

    assert told(office) == []


async def test_a_deleted_survey_leaves_no_words_on_its_cards(office_on_each: Office) -> None:
    office = office_on_each
    await a_case(office)
    await press(office, CHEN, TAKE)
    await office.driver.command(MAYA, "general", "delete Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await listeners_finish()

    await office.tick()

    card = cards(office)[0]
    assert WORDS not in card.text + str(card.blocks)
    assert "What stood here was erased." in card.text


async def test_the_list_shows_one_survey_alone_and_its_buttons_stay_with_it(office: Office) -> None:
    await a_case(office)
    await office.ask_everyone("Team", follow_up_channel=CARE)
    await answer(office, BRUNO, 2)

    every = await office.typed(MAYA, "cases")
    one = await office.typed(CHEN, "cases open Team")
    await click(office, CHEN, office.slack.ephemerals(CHEN)[-1], "case.list.closed")
    turned = office.slack.ephemerals(CHEN)[-1]
    await click(office, CHEN, turned, "case.list.open")
    back = office.slack.ephemerals(CHEN)[-1].text

    assert (f"<@{ALICE}>" in every, f"<@{BRUNO}>" in every) == (True, True)
    for text in (one, back, await office.typed(CHEN, "cases Team")):
        assert "Cases: Team" in text
        assert (f"<@{ALICE}>" in text, f"<@{BRUNO}>" in text) == (False, True)
    assert "Cases: Team\nNo case is closed yet." in turned.text
    data = (await shell.cases(office.app, which="open", name="Team")).data
    assert isinstance(data, dict)
    assert [row["person"] for row in data["cases"]] == [BRUNO]


async def test_who_is_in_one_channel_alone_sees_no_other_survey(office: Office) -> None:
    await a_case(office)
    await office.a_survey("Team", follow_up_channel="C2SECRET")
    assert [one.name for one in await office.rows(Survey)] == ["Acme", "Team"]

    assert "Only managers and those who are in" in await office.typed(CHEN, "cases Team")
    assert f"<@{ALICE}>" in await office.typed(CHEN, "cases Acme")
