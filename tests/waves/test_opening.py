"""`/nps open` and `/nps close`: which wave, and why not."""

import asyncio
from dataclasses import replace

import pytest

from bot.sandbox.driving.payloads import block_actions, view_submission
from bot.sandbox.records import User
from storage.audience import Audience
from storage.tables import Result, Survey, Wave
from storage.words import InvitationState
from tests.journeys.office import ALICE, ASKED, BRUNO, MAYA, OUTSIDER, SECRET, Office


async def test_open_needs_no_name_while_only_one_survey_fits(office: Office) -> None:
    await office.ask_everyone("Acme")
    await office.a_survey("Pulse")

    assert (await office.command(MAYA, "open")).startswith("Wave 1 of “Pulse” is open.")


async def test_open_asks_which_of_several_surveys_is_meant(office: Office) -> None:
    await office.a_survey("Acme")
    await office.a_survey("Pulse")

    assert (
        await office.command(MAYA, "open")
        == "Which survey? Type one of these: `/nps open Acme`, `/nps open Pulse`."
    )
    assert await office.rows(Wave) == []


async def test_open_without_any_survey_says_how_to_make_one(office: Office) -> None:
    assert (
        await office.command(MAYA, "open") == "There is no survey yet. Type `/nps new` to make the first one."
    )


async def test_open_finds_a_survey_whatever_its_case_and_spaces(office: Office) -> None:
    await office.a_survey("Team Pulse")

    assert "Wave 1 of “Team Pulse” is open." in await office.command(MAYA, "OPEN  team   pulse")


async def test_open_suggests_the_nearest_name(office: Office) -> None:
    await office.a_survey("Team Pulse")

    assert "Did you mean `/nps open Team Pulse`?" in await office.command(MAYA, "open Tem Puls")
    assert await office.rows(Wave) == []


async def test_a_second_wave_waits_until_the_first_is_closed(office: Office) -> None:
    await office.ask_everyone()

    said = await office.command(MAYA, "open Acme")

    assert said.startswith("A wave of “Acme” is already open.")
    assert len(await office.rows(Wave)) == 1


async def test_a_wave_of_nobody_does_not_open(office: Office) -> None:
    office.slack.add_user(User("U9BOT", "bot", is_bot=True))
    await office.a_survey(audience=Audience(people=("U9BOT",)))

    said = await office.command(MAYA, "open Acme")

    assert said.splitlines()[-1] == "Left out: 1 bot."
    assert await office.rows(Wave) == []


async def test_a_channel_that_became_invisible_is_told_with_what_to_do(office: Office) -> None:
    await office.a_survey(audience=Audience(channels=(SECRET,)))

    said = await office.command(MAYA, "open Acme")

    assert "nobody was asked" in said
    assert "If it is private, invite me there with /invite." in said
    assert await office.rows(Wave) == []


async def test_close_freezes_the_result_and_expires_what_was_not_answered(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})

    said = await office.command(MAYA, "close")

    assert "Wave 1 of “Acme” is closed." in said
    [result] = await office.rows(Result)
    assert (result.promoters, result.passives, result.detractors, result.invited) == (1, 0, 1, 4)
    states = {user: row.state for user, row in (await office.invitations()).items()}
    assert states[ALICE] is InvitationState.ANSWERED
    assert states[MAYA] is InvitationState.EXPIRED


async def test_close_without_an_open_wave_says_how_to_open_one(office: Office) -> None:
    await office.a_survey()

    assert await office.command(MAYA, "close Acme") == (
        "No wave of “Acme” is open. To open one, type `/nps open Acme`."
    )


async def test_what_was_not_delivered_before_the_close_never_goes_out(office: Office) -> None:
    await office.open_wave()
    await office.command(MAYA, "close Acme")

    await office.tick()

    assert office.read_by(ALICE) == []


@pytest.mark.parametrize("words", ["open", "open Acme", "close", "close Acme", "new"])
async def test_managing_is_for_managers(office: Office, words: str) -> None:
    await office.a_survey()

    assert await office.command(ALICE, words) == "Only managers can do this. Ask a workspace admin or owner."
    assert await office.rows(Wave) == []


@pytest.mark.parametrize("action", ["survey.new", "survey.open"])
async def test_an_old_managers_button_refuses_who_no_longer_manages(office: Office, action: str) -> None:
    await office.a_survey()
    await office.driver.open_home(ALICE)
    await office.slack.until(lambda: office.slack.home(ALICE) is not None)
    home = office.slack.home(ALICE)
    assert home is not None
    button = {"type": "button", "action_id": action, "block_id": "b", "value": "1"}

    said = await office.hear(
        ALICE, office.driver.interaction(block_actions(office.slack, ALICE, home, button, {}))
    )

    assert said == "Only managers can do this. Ask a workspace admin or owner."
    assert office.slack.modal(ALICE) is None
    assert await office.rows(Wave) == []


async def test_a_preview_kept_open_opens_nothing_once_its_reader_no_longer_manages(office: Office) -> None:
    await office.make_survey()
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(days=2)

    await office.driver.submit(MAYA, office.modal(MAYA))

    assert "Only managers can do this. Ask a workspace admin or owner." in str(office.modal(MAYA).definition)
    assert await office.rows(Survey) == []
    assert await office.rows(Wave) == []


async def test_somebody_elses_preview_opens_nothing(office: Office) -> None:
    await office.make_survey()
    preview = office.modal(MAYA)

    reply = await office.driver.interaction(view_submission(office.slack, OUTSIDER, preview, {}))

    assert "This form was sent already, or is more than two days old." in reply.body
    assert await office.rows(Survey) == []
    assert await office.rows(Wave) == []


async def test_two_managers_who_open_at_once_open_one_wave(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_user(replace(office.slack.users[BRUNO], is_admin=True, locale="en-GB"))
    await office.a_survey()

    said = await asyncio.gather(office.command(MAYA, "open Acme"), office.command(BRUNO, "open Acme"))

    assert sorted(sentence.split(".")[0] for sentence in said) == [
        "A wave of “Acme” is already open",
        "Wave 1 of “Acme” is open",
    ]
    await office.tick()
    assert [office.asked(person) for person in ASKED] == [1, 1, 1, 1]
