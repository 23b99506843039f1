"""A wish to be asked later, or to answer now, that cannot be granted: it is refused in a sentence, and changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.words import InvitationState
from tests.journeys.hands import (
    LATER,
    NOW,
    click,
    forged,
    go_to,
    posts_to,
    put_off,
    state_of,
)
from tests.journeys.office import ALICE, CHEN, MAYA, MONDAY, OUTSIDER, Office

pytestmark = pytest.mark.slow


TOO_LATE = "The question closes before then. You can answer it now, or leave it."


ALREADY = "You have answered already, so there is nothing to ask you later. Thank you!"


NOT_YOURS = "This question was for someone else. Yours, if there is one, is in my messages to you."


CLOSED = "This question is closed, so it takes no more answers. Thank you for trying!"


UNKNOWN = "I no longer know this question. Look in App Home: what you can answer is there."


BAD_CLICK = "I could not make sense of that click, so nothing was stored. Please try again."


async def test_a_choice_that_the_clock_has_overtaken_is_refused(office: Office) -> None:
    await office.ask_everyone(wave_days=1)
    old = office.question(ALICE)
    office.clock.now = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    invitation = (await office.invitations())[ALICE].id

    said = await office.hear(ALICE, click(office, ALICE, old, LATER, f"{invitation}:hour"))

    assert said == TOO_LATE
    assert await state_of(office, ALICE) is InvitationState.DELIVERED


async def test_somebody_who_has_answered_has_nothing_to_put_off(office: Office) -> None:
    await office.ask_everyone()
    old = office.question(ALICE)
    await office.answer({ALICE: 9})
    invitation = (await office.invitations())[ALICE].id

    said = await office.hear(ALICE, click(office, ALICE, old, LATER, f"{invitation}:hour"))

    assert said == ALREADY
    assert await state_of(office, ALICE) is InvitationState.ANSWERED


@pytest.mark.parametrize("person", [CHEN, OUTSIDER])
async def test_somebody_elses_question_cannot_be_put_off_nor_shown_again(office: Office, person: str) -> None:
    await office.ask_everyone()
    invitation = (await office.invitations())[ALICE].id

    said = await office.hear(
        person, click(office, person, office.question(ALICE), LATER, f"{invitation}:hour")
    )
    assert said == NOT_YOURS
    await put_off(office, ALICE, "hour")
    assert await office.hear(person, click(office, person, office.question(ALICE), NOW)) == NOT_YOURS


async def test_a_question_of_a_closed_wave_is_neither_put_off_nor_shown_again(office: Office) -> None:
    await office.ask_everyone()
    old = office.question(ALICE)
    await put_off(office, ALICE, "hour")
    invitation = (await office.invitations())[ALICE].id
    await office.command(MAYA, "close")

    assert await office.hear(ALICE, click(office, ALICE, office.question(ALICE), NOW)) == CLOSED
    assert await office.hear(ALICE, click(office, ALICE, old, LATER, f"{invitation}:tomorrow")) == CLOSED
    await go_to(office, MONDAY + timedelta(hours=1))
    assert len(posts_to(office, ALICE)) == 1


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("{id}:never", BAD_CLICK),
        ("{id}:", BAD_CLICK),
        ("{id}", BAD_CLICK),
        ("", BAD_CLICK),
        (":hour", BAD_CLICK),
        ("{id}:hour:hour", BAD_CLICK),
        (f"{2**40}:hour", BAD_CLICK),
        ("2147483647:hour", UNKNOWN),
    ],
)
async def test_a_forged_wish_to_be_asked_later_changes_nothing(
    office_on_each: Office, value: str, sentence: str
) -> None:
    office = office_on_each
    await office.ask_everyone()
    value = value.format(id=(await office.invitations())[ALICE].id)

    message = forged(office.question(ALICE), LATER, value)
    said = await office.hear(ALICE, click(office, ALICE, message, LATER, value))

    assert said == sentence
    assert await state_of(office, ALICE) is InvitationState.DELIVERED
    assert office.slack.notices == {}


@pytest.mark.parametrize(
    ("value", "sentence"), [(f"{2**40}", BAD_CLICK), ("x", BAD_CLICK), ("2147483647", UNKNOWN)]
)
async def test_a_forged_wish_to_answer_now_is_told_so(office: Office, value: str, sentence: str) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "hour")

    message = forged(office.question(ALICE), NOW, value)

    assert await office.hear(ALICE, click(office, ALICE, message, NOW)) == sentence
