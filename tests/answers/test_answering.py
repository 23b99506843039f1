"""One tap, then a reason from people who have a moment."""

import pytest

from storage.words import InvitationState
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office, listeners_finish
from tests.journeys.stored import Said


async def test_a_tap_stands_in_the_database_when_slack_hears_of_it(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()

    reply = await office.tap(ALICE, 9)

    assert reply.status == 200
    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert (await office.invitations())[ALICE].state is InvitationState.ANSWERED


async def test_the_message_says_what_was_chosen_in_the_persons_language(office: Office) -> None:
    await office.ask_everyone()

    await office.answer({ALICE: 9, BRUNO: 0})

    assert "You chose 9. Thank you!" in office.question(ALICE).text
    assert "Vous avez choisi 0. Merci" in office.question(BRUNO).text


@pytest.mark.parametrize(
    ("score", "why"),
    [
        (10, "What do you value most?"),
        (9, "What do you value most?"),
        (8, "What would make it a 9 or a 10?"),
        (7, "What would make it a 9 or a 10?"),
        (6, "What went wrong, and what should change first?"),
        (0, "What went wrong, and what should change first?"),
    ],
)
async def test_the_modal_asks_why_in_the_words_of_the_category(office: Office, score: int, why: str) -> None:
    await office.ask_everyone()

    await office.tap(ALICE, score)
    await office.slack.until(lambda: office.slack.modal(ALICE) is not None)

    assert why in str(office.modal(ALICE).blocks)


async def test_a_reason_is_stored_before_its_modal_closes(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({BRUNO: 3})

    await office.driver.submit(
        BRUNO, office.modal(BRUNO), {"comment": "  Trop lent <!channel>  ", "drivers": ["support", "quality"]}
    )

    assert await office.answers() == {BRUNO: Said(3, "Trop lent <!channel>", ("quality", "support"))}
    assert office.slack.modal(BRUNO) is None
    await office.slack.until(lambda: "Trop lent" in office.question(BRUNO).text)
    assert "<!channel>" not in office.question(BRUNO).text


async def test_a_reason_keeps_what_a_database_can_keep(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 3})

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Sl\0ow \ud83d 🐌"})

    assert await office.answers() == {ALICE: Said(3, "Slow  🐌", ())}


async def test_a_modal_that_is_closed_or_ignored_loses_nothing(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 2, CHEN: 10})

    await office.driver.close(ALICE, office.modal(ALICE))

    assert await office.answers() == {ALICE: Said(2, None, ()), CHEN: Said(10, None, ())}


async def test_an_empty_reason_is_no_comment(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 2})

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "   "})

    assert await office.answers() == {ALICE: Said(2, None, ())}


async def test_the_score_changes_and_the_reason_stays(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 2})
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Slow", "drivers": ["support"]})
    await office.slack.until(lambda: "Slow" in office.question(ALICE).text)

    await office.driver.click(ALICE, office.question(ALICE), "answer.change")
    await office.slack.until(lambda: "Tap another number" in office.question(ALICE).text)
    await office.answer({ALICE: 8})

    assert await office.answers() == {ALICE: Said(8, "Slow", ("support",))}
    assert "You chose 8" in office.question(ALICE).text
    assert "Slow" in office.question(ALICE).text
    assert "Slow" in str(office.modal(ALICE).blocks)


async def test_a_reason_can_be_given_later_and_taken_back(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 2})
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Slow", "drivers": ["support"]})
    await office.slack.until(lambda: "Slow" in office.question(ALICE).text)

    await office.driver.click(ALICE, office.question(ALICE), "answer.reason")
    await office.slack.until(lambda: office.slack.modal(ALICE) is not None)
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": None, "drivers": []})

    assert await office.answers() == {ALICE: Said(2, None, ())}


async def test_a_tap_is_stored_though_slack_opens_no_modal_and_updates_no_message(office: Office) -> None:
    await office.ask_everyone()
    office.slack.faults.answer("views.open", "expired_trigger_id")
    office.slack.faults.drop_before("response_url")
    office.slack.faults.answer("chat.update", "message_not_found")

    reply = await office.tap(ALICE, 4)
    await listeners_finish()

    assert reply.status == 200
    assert await office.answers() == {ALICE: Said(4, None, ())}
    assert len(office.read_by(ALICE)) == 1


async def test_a_tap_counts_though_the_delivery_of_its_question_was_not_confirmed(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.drop_after("chat.postMessage", to=ALICE)
    await office.tick()
    assert (await office.invitations())[ALICE].state is InvitationState.UNCERTAIN

    await office.tap(ALICE, 7)

    assert await office.answers() == {ALICE: Said(7, None, ())}
    assert (await office.invitations())[ALICE].state is InvitationState.ANSWERED


async def test_the_manager_answers_like_everybody_else(office: Office) -> None:
    await office.ask_everyone()

    await office.answer({MAYA: 10})

    assert await office.answers() == {MAYA: Said(10, None, ())}


async def test_a_reason_shows_in_the_reminder_too_where_the_score_was_tapped(office: Office) -> None:
    await office.ask_everyone()
    office.clock.forward(days=7)
    await office.tick()

    await office.tap(ALICE, 9)
    await listeners_finish()
    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Kind people"})
    await listeners_finish()

    question, reminder = office.slack.direct_messages(ALICE)
    assert reminder.thread_ts == question.ts
    assert ["Kind people" in one.text for one in (question, reminder)] == [True, True]
