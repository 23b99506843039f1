"""Taps that cannot be stored: each gets a sentence that says why, Slack a plain yes, the database nothing."""

from dataclasses import replace

import pytest

from bot.sandbox.records import Json, Message
from tests.journeys.office import ALICE, BRUNO, CHEN, OUTSIDER, Office
from tests.journeys.stored import Said

CLOSED = "This question is closed, so it takes no more answers. Thank you for trying!"
STANDS = "This question is closed, so your 9 stands. Thank you!"
NOT_YOURS = "This question was for someone else. Yours, if there is one, is in my messages to you."
UNKNOWN = "I no longer know this question. Look in App Home: what you can answer is there."
BAD_CLICK = "I could not make sense of that click, so nothing was stored. Please try again."
BAD_SCORE = "A score is a whole number from 0 to 10. Please tap one of the eleven buttons."


def forged(question: Message, value: object) -> Message:
    """A message with a first button that carries a made-up value."""
    blocks: list[Json] = [dict(block) for block in question.blocks]
    row = next(block for block in blocks if block["type"] == "actions")
    first, *others = row["elements"]
    row["elements"] = [
        {key: kept for key, kept in first.items() if key != "value"}
        | ({} if value is None else {"value": value}),
        *others,
    ]
    return replace(question, blocks=blocks)


async def test_a_tap_after_the_wave_was_closed_is_told_so(office: Office) -> None:
    await office.ask_everyone()
    await office.command("U1MANAGER", "close")

    said = await office.hear(ALICE, office.tap(ALICE, 9))

    assert said == CLOSED
    assert await office.answers() == {}
    assert office.slack.notices == {}


async def test_a_tap_after_the_waves_end_is_told_so_before_the_clock_has_closed_it(office: Office) -> None:
    await office.ask_everyone()
    office.clock.forward(days=14)

    assert await office.hear(BRUNO, office.tap(BRUNO, 9)) != CLOSED  # in French
    assert await office.hear(CHEN, office.tap(CHEN, 9)) == CLOSED
    assert await office.answers() == {}


@pytest.mark.parametrize("button", ["answer.change", "answer.reason"])
async def test_change_and_reason_after_the_close_are_told_so(office: Office, button: str) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.driver.close(ALICE, office.modal(ALICE))
    await office.command("U1MANAGER", "close")

    said = await office.hear(ALICE, office.driver.click(ALICE, office.question(ALICE), button))

    assert said == STANDS
    assert office.slack.modal(ALICE) is None
    assert await office.answers() == {ALICE: Said(9, None, ())}


async def test_a_reason_sent_after_the_close_is_told_so_in_its_modal(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command("U1MANAGER", "close")

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Too late"})

    assert CLOSED in str(office.modal(ALICE).blocks)
    assert await office.answers() == {ALICE: Said(9, None, ())}


@pytest.mark.parametrize("person", [CHEN, OUTSIDER])
async def test_somebody_elses_question_takes_no_answer(office: Office, person: str) -> None:
    await office.ask_everyone()

    said = await office.hear(person, office.driver.click(person, office.question(ALICE), "answer.score.9"))

    assert said == NOT_YOURS
    assert await office.answers() == {}


async def test_somebody_elses_answer_cannot_be_explained_or_reopened(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})

    for button in ("answer.change", "answer.reason"):
        said = await office.hear(CHEN, office.driver.click(CHEN, office.question(ALICE), button))
        assert said == NOT_YOURS
    await office.driver.submit(CHEN, office.modal(ALICE), {"comment": "Not mine"})

    assert await office.answers() == {ALICE: Said(9, None, ())}


@pytest.mark.parametrize(
    ("invitation", "sentence"),
    [("999", UNKNOWN), ("2147483647", UNKNOWN), ("2147483648", BAD_CLICK), ("9" * 18, BAD_CLICK)],
    ids=["none yet", "the last id", "one past the last id", "no id at all"],
)
async def test_a_question_that_does_not_exist_takes_no_answer(
    office_on_each: Office, invitation: str, sentence: str
) -> None:
    office = office_on_each
    await office.ask_everyone()

    question = forged(office.question(ALICE), f"{invitation}:9")
    said = await office.hear(ALICE, office.driver.click(ALICE, question, "answer.score.0"))

    assert said == sentence
    assert await office.answers() == {}
    assert office.slack.notices == {}


@pytest.mark.parametrize("score", ["11", "-1", "abc", "", "9.5", "\uff19", "99999999999999999999"])
async def test_what_is_no_score_is_told_so_and_not_stored(office: Office, score: str) -> None:
    await office.ask_everyone()
    invitation = (await office.invitations())[ALICE].id

    question = forged(office.question(ALICE), f"{invitation}:{score}")
    said = await office.hear(ALICE, office.driver.click(ALICE, question, "answer.score.0"))

    assert said == BAD_SCORE
    assert await office.answers() == {}
    assert office.slack.notices == {}


@pytest.mark.parametrize("value", [None, "", ":", "9", "x:9", "-1:9", "1:9:9"])
async def test_a_button_with_a_value_that_we_did_not_write_is_told_so(
    office: Office, value: str | None
) -> None:
    await office.ask_everyone()

    question = forged(office.question(ALICE), value)
    said = await office.hear(ALICE, office.driver.click(ALICE, question, "answer.score.0"))

    assert said in {BAD_CLICK, BAD_SCORE}
    assert await office.answers() == {}
