"""The question is the survey's own, in each language; nobody reads half of one and half of another."""

from dataclasses import replace

import pytest

from bot.answers.views.invitation import question
from bot.wording import words_for
from storage.question import ANY_LANGUAGE, Question, QuestionText, Wording
from storage.tables import Survey, Wave
from storage.words import Kind
from tests.journeys.hands import go_to
from tests.journeys.office import ALICE, BRUNO, MAYA, MONDAY, Office, listeners_finish
from tests.surveys.test_editing import edit

OFFSITE = "the Lisbon offsite"
IN_ENGLISH = f"How likely are you to recommend {OFFSITE} to a friend or colleague?"


@pytest.mark.parametrize(
    ("asked", "in_english", "in_french"),
    [
        (Question(Kind.CUSTOMERS, OFFSITE, Wording("en")), IN_ENGLISH, IN_ENGLISH),
        (
            Question(Kind.CUSTOMERS, OFFSITE, Wording("en", others=(("fr", QuestionText("l’escapade")),))),
            IN_ENGLISH,
            "Quelle est la probabilité que vous recommandiez l’escapade à un ami ou un collègue\u202f?",
        ),
        (
            Question(Kind.CUSTOMERS, OFFSITE, Wording("en", "Again?", (("fr", QuestionText("l’escapade")),))),
            "Again?",
            "Again?",
        ),
        (
            Question(Kind.CUSTOMERS, OFFSITE, Wording("en", "", (("fr", QuestionText(text="Encore ?")),))),
            IN_ENGLISH,
            "Encore ?",
        ),
        (
            Question(Kind.CUSTOMERS, "iPhones", Wording(ANY_LANGUAGE)),
            "How likely are you to recommend iPhones to a friend or colleague?",
            "Quelle est la probabilité que vous recommandiez iPhones à un ami ou un collègue\u202f?",
        ),
        (Question(Kind.CUSTOMERS, OFFSITE, Wording(ANY_LANGUAGE, "Again?")), "Again?", "Again?"),
    ],
)
def test_each_language_has_its_own_words_or_all_of_the_survey_s(
    asked: Question, in_english: str, in_french: str
) -> None:
    assert [question(asked, words_for(locale)) for locale in ("en-GB", "fr-FR")] == [in_english, in_french]


async def test_a_french_colleague_reads_no_english_within_a_french_question(office_on_each: Office) -> None:
    office = office_on_each
    await office.make_survey(subject=OFFSITE)
    assert "People who read French read the same." in str(office.modal(MAYA).blocks)
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.tick()

    assert office.question(BRUNO).text.startswith(IN_ENGLISH)
    assert "Un seul geste suffit." in office.question(BRUNO).text


async def test_the_form_takes_the_question_in_another_language(office: Office) -> None:
    await office.make_survey(
        subject=OFFSITE, question="Would you come again?", question_fr="Reviendriez-vous ?"
    )
    assert "In French: Reviendriez-vous ?" in str(office.modal(MAYA).blocks)
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.tick()

    [survey] = await office.rows(Survey)
    assert survey.wording == Wording(
        "en", "Would you come again?", (("fr", QuestionText(text="Reviendriez-vous ?")),)
    )
    questions = [office.slack.direct_messages(one)[-1] for one in (ALICE, BRUNO)]
    assert [one.text.splitlines()[0] for one in questions] == ["Would you come again?", "Reviendriez-vous ?"]


async def test_a_french_manager_writes_in_french_and_the_english_read_that(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale="fr-FR"))

    await office.make_survey(subject="l’escapade à Lisbonne")
    await office.driver.press(MAYA, office.modal(MAYA), "Enregistrer pour plus tard")
    await listeners_finish()

    [survey] = await office.rows(Survey)
    assert survey.wording == Wording("fr")
    assert question(survey.question, words_for("en-GB")) == question(survey.question, words_for("fr-FR"))


async def test_a_tap_on_an_open_question_reads_as_it_was_asked_after_the_survey_changed(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    await edit(office, subject="Globex", question="Would you come again?")

    await office.answer({ALICE: 9})

    assert office.question(ALICE).text.startswith("How likely are you to recommend Acme to")
    [wave] = await office.rows(Wave)
    assert (wave.subject, wave.wording) == ("Acme", None)


async def test_the_next_wave_asks_in_the_new_words(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await edit(office, language="en", question="Would you recommend it again?")
    await office.command(MAYA, "close")
    await office.command(MAYA, "open")
    await go_to(office, MONDAY.replace(hour=12))

    assert office.question(BRUNO).text.startswith("Would you recommend it again?")
    assert (await office.newest_wave()).wording == Wording("en", "Would you recommend it again?")
