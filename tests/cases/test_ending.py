"""A case ends: its person says so, takes the tick away, or answers otherwise, and the card forgets the words."""

import pytest

from bot.sandbox.form import elements
from storage.words import CaseEnding, CaseState
from tests.cases.follow_up import (
    CLOSE,
    CONTACTED,
    SETTLED,
    TAKE,
    WITHDRAW,
    WORDS,
    a_case,
    at_home,
    cards,
    line,
    press,
    the_card,
    the_case,
)
from tests.journeys.hands import click, home_of
from tests.journeys.office import ALICE, CHEN, Office

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.TAKEN, CaseState.CONTACTED])
@pytest.mark.parametrize("action", [SETTLED, WITHDRAW])
async def test_its_person_ends_a_case_in_any_state_and_the_card_forgets_the_words(
    office: Office, state: CaseState, action: str
) -> None:
    await a_case(office)
    if state is not CaseState.OPEN:
        await press(office, CHEN, TAKE)
    if state is CaseState.CONTACTED:
        await press(office, CHEN, CONTACTED)

    await click(office, ALICE, await home_of(office, ALICE), action)

    assert WORDS not in str(the_card(office).blocks) + the_card(office).text
    assert ALICE not in the_card(office).text
    assert "case." not in await at_home(office)
    assert (await the_case(office)).state is CaseState.CLOSED
    told = [one for one in office.news(CHEN) if "A case of “Acme” that you have is closed" in one]
    assert len(told) == (state is not CaseState.OPEN)
    if state is not CaseState.OPEN:
        assert [one for _, one in elements((await line(office)).blocks)] == []


async def test_from_the_message_it_is_ended_as_well(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)

    await click(office, ALICE, await line(office), WITHDRAW)

    assert (
        "Nobody contacts you about your answer to “Acme” any more, as you wish." in (await line(office)).text
    )
    assert "wants no contact any more" in the_card(office).text


async def test_a_click_on_a_case_that_is_over_says_so(office: Office) -> None:
    card = await a_case(office)
    await click(office, ALICE, await home_of(office, ALICE), WITHDRAW)

    for action in (TAKE, CONTACTED, CLOSE):
        assert "This case is closed." in await office.hear(CHEN, click(office, CHEN, card, action))
    assert (await the_case(office)).owner is None


async def test_nobody_ends_the_case_of_another(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)

    said = await office.hear(CHEN, click(office, CHEN, await line(office), WITHDRAW))

    assert "I no longer know this case." in said
    assert (await the_case(office)).state is CaseState.TAKEN


async def test_a_tick_taken_away_ends_the_case_and_a_new_one_begins_it_again(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await office.driver.submit(ALICE, office.modal(ALICE), {"contact": []})
    await office.tick()
    assert "wants no contact any more" in the_card(office).text
    assert "Please do not write to them." in office.news(CHEN)[-1]
    assert "You said that someone from" not in office.question(ALICE).text

    office.clock.forward(minutes=1)
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await office.driver.submit(ALICE, office.modal(ALICE), {"contact": ["yes"]})
    await office.tick()

    assert [WORDS in one.text for one in cards(office)] == [False, True]
    assert (await the_case(office)).state is CaseState.OPEN


async def test_a_better_score_shows_on_the_card_and_the_box_can_still_be_cleared(office: Office) -> None:
    await a_case(office)
    await click(office, ALICE, office.question(ALICE), "answer.change")
    await office.tap(ALICE, 9)
    await office.tick()
    assert "chose *9*" in the_card(office).text

    await office.slack.until(lambda: office.slack.modal(ALICE) is not None)
    await office.driver.submit(ALICE, office.modal(ALICE), {"contact": []})
    await office.tick()

    assert (await the_case(office)).ending is CaseEnding.WITHDRAWN
