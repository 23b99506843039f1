"""The same question in App Home."""

from datetime import timedelta

import pytest

from bot.sandbox.records import View
from tests.journeys.hands import LATER, STOP, click, go_to
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
from tests.journeys.stored import Said


async def home_of(office: Office, person: str) -> View:
    """Open App Home as this person and return what stands there."""
    await office.driver.open_home(person)
    await listeners_finish()
    shown = office.slack.home(person)
    assert shown is not None
    return shown


async def test_the_question_stands_in_app_home_in_the_persons_language(office: Office) -> None:
    await office.ask_everyone()

    assert "How likely are you to recommend Acme" in str((await home_of(office, ALICE)).blocks)
    assert "Quelle est la probabilité" in str((await home_of(office, BRUNO)).blocks)
    assert "How likely" not in str((await home_of(office, OUTSIDER)).blocks)


async def test_a_tap_in_app_home_is_stored_and_shown_there_and_in_the_message(office: Office) -> None:
    await office.ask_everyone()

    reply = await office.driver.click(ALICE, await home_of(office, ALICE), "answer.score.8")

    assert reply.status == 200
    assert await office.answers() == {ALICE: Said(8, None, ())}
    await listeners_finish()
    home = office.slack.home(ALICE)
    assert home is not None
    assert "You chose *8*" in str(home.blocks)
    assert "You chose 8" in office.question(ALICE).text
    assert "What would make it a 9 or a 10?" in str(office.modal(ALICE).blocks)


async def test_app_home_asks_people_that_no_message_reached(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer("chat.postMessage", "missing_scope", to=ALICE)
    await office.tick()

    await office.driver.click(ALICE, await home_of(office, ALICE), "answer.score.6")

    assert await office.answers() == {ALICE: Said(6, None, ())}
    await listeners_finish()
    assert office.read_by(ALICE) == []


async def test_somebody_who_answers_in_app_home_first_gets_no_message(office: Office) -> None:
    await office.open_wave()
    await office.driver.click(CHEN, await home_of(office, CHEN), "answer.score.10")

    await office.tick()

    assert office.read_by(CHEN) == []
    assert await office.answers() == {CHEN: Said(10, None, ())}


async def test_a_question_that_has_closed_leaves_app_home_and_a_tap_there_is_told_so(office: Office) -> None:
    await office.ask_everyone()
    old = await home_of(office, ALICE)
    await office.command(MAYA, "close")

    said = await office.hear(ALICE, office.driver.click(ALICE, old, "answer.score.8"))

    assert said.startswith("This question is closed")
    assert "How likely" not in str((await home_of(office, ALICE)).blocks)
    assert await office.answers() == {}


async def test_a_manager_makes_a_survey_from_app_home(office: Office) -> None:
    await office.driver.click(MAYA, await home_of(office, MAYA), "survey.new")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    assert "New survey" in str(office.modal(MAYA).definition)
    assert GENERAL not in str(office.modal(MAYA).definition)


async def test_app_home_is_published_again_at_the_next_visit_when_slack_refused(office: Office) -> None:
    office.slack.faults.answer("views.publish", "internal_error")
    await office.driver.open_home(ALICE)
    await listeners_finish()
    assert office.slack.home(ALICE) is None

    assert (await home_of(office, ALICE)).type == "home"


@pytest.mark.parametrize(
    ("user", "told"), [(ALICE, "I will ask you again on"), (BRUNO, "Je vous reposerai la question")]
)
async def test_a_question_put_off_is_asked_in_small_type_until_it_comes_again(
    office: Office, user: str, told: str
) -> None:
    await office.ask_everyone(reminders=0)
    value = f"{(await office.invitations())[user].id}:hour"

    await click(office, user, await home_of(office, user), LATER, value)
    assert told in str((await home_of(office, user)).blocks)
    assert headers(await home_of(office, user)) in (["Results"], ["Résultats"])

    await go_to(office, MONDAY + timedelta(hours=1))
    assert told not in str((await home_of(office, user)).blocks)
    assert "recomm" in headers(await home_of(office, user))[0]


async def test_somebody_who_wants_no_questions_reads_that_first_and_is_asked_none_in_large_type(
    office: Office,
) -> None:
    await office.ask_everyone()

    await click(office, ALICE, await home_of(office, ALICE), STOP)
    home = await home_of(office, ALICE)

    assert "You asked me not to ask you" in str(home.blocks[0])
    assert headers(home) == ["Results"]
    assert "answer.score.9" in str(home.blocks)


async def test_nobody_who_wants_no_questions_is_told_that_one_will_come(office: Office) -> None:
    await click(office, ALICE, await home_of(office, ALICE), STOP)

    assert "the question comes to you" not in str((await home_of(office, ALICE)).blocks)


def headers(home: View) -> list[str]:
    """Return what stands in large type."""
    return [block["text"]["text"] for block in home.blocks if block["type"] == "header"]
