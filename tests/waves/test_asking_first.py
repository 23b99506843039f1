"""`/nps open` and `/nps close` say what would happen, and a button does it: nothing irreversible by a bare word."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.records import Message
from storage.audience import Audience
from storage.tables import Wave
from storage.words import Rhythm
from tests.journeys.hands import actions, click, forged, go_to, open_in, questions
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

OPEN, CLOSE, NOT_NOW = "wave.agreed_open", "wave.agreed_close", "wave.not_now"
MANAGERS_ONLY = "Only managers can do this. Ask a workspace admin or owner."
NO_WAVE = "No wave of “Acme” is open. To open one, type `/nps open Acme`."
CHANGED = "“Acme” has changed since I asked you, so I did nothing. `/nps {verb} Acme` asks again."


async def asked(office: Office, words: str, user: str = MAYA) -> Message:
    """Type a command and return the question it is answered with."""
    await office.typed(user, words)
    return office.read_by(user)[-1]


async def test_open_says_who_would_be_asked_until_when_and_opens_nothing(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey()

    question = await asked(office, "open Acme")
    await office.tick()

    assert question.text.splitlines() == [
        "Open wave 1 of “Acme”?",
        "4 people get one direct message each.",
        "Left out: 1 bot, 1 deactivated account.",
        "Each gets it in their own working hours.",
        "People can answer until Monday, 7 December at 09:00.",
    ]
    assert actions(question) == {OPEN, NOT_NOW}
    assert await office.rows(Wave) == []
    assert [office.asked(user) for user in (MAYA, ALICE)] == [0, 0]

    await click(office, MAYA, question, OPEN)
    await office.tick()
    assert [office.asked(user) for user in (MAYA, ALICE, BRUNO, CHEN)] == [1, 1, 1, 1]


async def test_close_says_how_many_have_not_answered_and_closes_nothing(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_user(replace(office.slack.users[CHEN], tz="America/Los_Angeles"))
    await office.ask_everyone()
    await office.answer({ALICE: 9})

    question = await asked(office, "close")

    assert question.text.splitlines() == [
        "Close wave 1 of “Acme” now?",
        "1 person has answered.",
        "2 have the question and have not answered yet.",
        "1 has not got the question yet, and will not get it.",
        "By itself it closes on Monday, 7 December at 09:00.",
        "From then on it takes no more answers, and its result stands.",
    ]
    assert actions(question) == {CLOSE, NOT_NOW}
    assert (await office.newest_wave()).closed_at is None

    await click(office, MAYA, question, CLOSE)
    assert (await office.newest_wave()).closed_at == MONDAY


async def test_a_french_manager_is_asked_in_french(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[BRUNO], is_admin=True))
    await office.a_survey()

    opening = await asked(office, "ouvrir Acme", BRUNO)
    await office.agree(BRUNO)
    closing = await asked(office, "fermer", BRUNO)

    assert opening.text.startswith("Ouvrir la vague 1 de «\N{NO-BREAK SPACE}Acme\N{NO-BREAK SPACE}»")
    assert "4 n’ont pas encore reçu la question et ne la recevront pas." in closing.text


@pytest.mark.parametrize("words", ["open Acme", "close Acme"])
async def test_not_now_takes_the_question_away_and_changes_nothing(office: Office, words: str) -> None:
    await office.a_survey()
    if words.startswith("close"):
        await office.command(MAYA, "open Acme")
    before = await office.rows(Wave)
    question = await asked(office, words)

    await click(office, MAYA, question, NOT_NOW)

    [left] = [one for one in office.read_by(MAYA) if one.ts == question.ts]
    assert (left.text, actions(left)) == ("Nothing was changed.", set())
    assert await office.rows(Wave) == before


async def test_the_button_is_pressed_once_and_its_answer_takes_its_place(office: Office) -> None:
    await office.a_survey()
    question = await asked(office, "open Acme")

    await click(office, MAYA, question, OPEN)
    [now] = [one for one in office.read_by(MAYA) if one.ts == question.ts]
    assert now.text == "Wave 1 of “Acme” is open. I keep you posted in my messages to you."

    said = await office.hear(MAYA, click(office, MAYA, question, OPEN))  # on a screen that is out of date
    assert said.startswith("A wave of “Acme” is already open.")
    assert len(await office.rows(Wave)) == 1


async def test_an_old_question_does_not_close_the_wave_after(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    old = await asked(office, "close")
    await office.agree(MAYA)
    assert await office.hear(MAYA, click(office, MAYA, old, CLOSE)) == NO_WAVE
    await office.command(MAYA, "open")

    assert await office.hear(MAYA, click(office, MAYA, old, CLOSE)) == CHANGED.format(verb="close")
    assert (await office.newest_wave()).closed_at is None


async def test_an_old_question_does_not_open_the_wave_after(office: Office) -> None:
    await office.a_survey()
    old = await asked(office, "open")
    await office.agree(MAYA)
    await office.command(MAYA, "close")

    assert await office.hear(MAYA, click(office, MAYA, old, OPEN)) == CHANGED.format(verb="open")
    assert len(await office.rows(Wave)) == 1


async def test_two_who_agree_at_once_close_it_once(office_on_each: Office) -> None:
    office = office_on_each
    office.slack.add_user(replace(office.slack.users[ALICE], is_admin=True, locale="en-GB"))
    await office.ask_everyone()
    questions = {user: await asked(office, "close", user) for user in (MAYA, ALICE)}

    await asyncio.gather(*(click(office, user, seen, CLOSE) for user, seen in questions.items()))

    said = {office.read_by(user)[-1].text for user in (MAYA, ALICE)}
    texts = {one.text for user in (MAYA, ALICE) for one in office.read_by(user)}
    assert NO_WAVE in said | texts
    assert sum("is closed" in text for text in texts) >= 1
    assert len(await office.rows(Wave)) == 1


@pytest.mark.parametrize("action", [OPEN, CLOSE, NOT_NOW])
async def test_the_question_in_other_hands_does_nothing(office: Office, action: str) -> None:
    await office.a_survey()
    if action == CLOSE:
        await office.command(MAYA, "open")
    question = await asked(office, "close" if action == CLOSE else "open")

    assert await office.hear(ALICE, click(office, ALICE, question, action)) == MANAGERS_ONLY
    assert [one.closed_at for one in await office.rows(Wave)] == ([None] if action == CLOSE else [])


@pytest.mark.parametrize("value", ["1", "1:", ":1", "x:1", "1:x", f"1:{2**40}", "77:1", ""])
async def test_a_forged_value_opens_nothing(office: Office, value: str) -> None:
    await office.a_survey()
    question = forged(await asked(office, "open"), OPEN, value)

    said = await office.hear(MAYA, click(office, MAYA, question, OPEN))

    assert said == "I could not make sense of that click, so nothing was stored. Please try again."
    assert await office.rows(Wave) == []


async def test_a_wave_of_nobody_is_said_and_not_offered(office: Office) -> None:
    await office.a_survey(audience=Audience(people=("U6ROBOT",)))

    question = await asked(office, "open")

    assert question.text.splitlines()[1:] == [
        "Nobody can be asked. If a channel is private, invite me there.",
        "Left out: 1 bot.",
    ]
    assert actions(question) == {NOT_NOW}


async def test_an_open_question_says_where_it_would_stand(office: Office) -> None:
    await office.a_survey(audience=Audience(open_channel=GENERAL))

    assert (await asked(office, "open")).text.splitlines()[1:] == [
        f"One message in <#{GENERAL}>; anyone there can answer.",
        "People can answer until Monday, 7 December at 09:00.",
    ]
    assert questions(office) == []


async def test_closing_an_open_question_counts_its_answers_alone(office: Office) -> None:
    await open_in(office)

    assert (await asked(office, "close")).text.splitlines()[1:2] == ["0 people have answered."]


async def test_those_asked_on_a_day_of_their_own_wait_for_no_quarantine_of_0_days(office: Office) -> None:
    await office.a_survey(rhythm=Rhythm.CONTINUOUS, audience=Audience(everyone=True))
    office.clock.now = MONDAY + timedelta(days=8)  # the first of a month: a whole month of turns

    said = (await asked(office, "open")).text

    assert "0 days" not in said
    assert "of them later in the wave, " in said
    assert "on a day of their own." in said


async def test_the_dialogue_of_close_now_counts_those_who_have_not_answered(office: Office) -> None:
    await office.ask_everyone()
    await go_to(office, MONDAY + timedelta(hours=1))

    await office.command(MAYA, "waves")

    shown = str(office.slack.ephemerals(MAYA)[-1].blocks)
    assert "4 have the question and have not answered yet." in shown
