"""The same question in App Home."""

from bot.sandbox.records import View
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, OUTSIDER, Office, Said, listeners_finish


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
