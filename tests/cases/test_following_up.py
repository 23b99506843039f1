"""A case, from the tick in the reason's modal to its close: who may be contacted, who has it, who hears what."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.cases.drawing import AT_ONCE
from bot.sandbox.form import elements
from bot.sandbox.records import Channel
from bot.shell.demo.filling_in import fill_in
from storage.audience import Audience
from storage.cases import steps
from storage.tables import Case, CaseEvent, Survey
from storage.words import CaseCause, CaseEnding, CaseState, CaseStep, FollowUp
from tests.cases.follow_up import (
    CARE,
    CONTACTED,
    HAND_OVER,
    REOPEN,
    TAKE,
    WORDS,
    a_case,
    answer,
    ask,
    cards,
    close,
    line,
    press,
    the_card,
    the_case,
)
from tests.journeys.hands import click, colleagues
from tests.journeys.office import ALICE, BRUNO, CHEN, GONE, MAYA, MONDAY, Office
from tests.surveys.test_editing import edit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("with_whom", "score", "is_asked"),
    [
        (FollowUp.DETRACTORS, 6, True),
        (FollowUp.DETRACTORS, 7, False),
        (FollowUp.PASSIVES, 8, True),
        (FollowUp.PASSIVES, 9, False),
        (FollowUp.EVERYONE, 10, True),
    ],
)
async def test_those_are_asked_whom_the_survey_names_and_nothing_is_ticked_for_them(
    office: Office, with_whom: FollowUp, score: int, *, is_asked: bool
) -> None:
    await ask(office, with_whom)
    await office.answer({ALICE: score})

    boxes = [one for _, one in elements(office.modal(ALICE).blocks) if one["action_id"] == "contact"]
    assert [one.get("initial_options") for one in boxes] == ([None] if is_asked else [])
    assert ("see your name, your score and your reason" in str(office.modal(ALICE).blocks)) == is_asked


async def test_a_survey_that_follows_nobody_up_asks_nobody(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 0})

    assert "contact" not in str(office.modal(ALICE).blocks)
    assert "Nobody contacts you" not in office.question(BRUNO).text


async def test_the_question_says_that_nobody_is_contacted_unless_they_say_so(office: Office) -> None:
    await ask(office)

    assert "Nobody contacts you about it unless you say so." in office.question(ALICE).text
    assert "Personne ne vous contacte à ce sujet" in office.question(BRUNO).text


@pytest.mark.parametrize("contact", [False, None])
async def test_without_a_tick_there_is_no_case(office: Office, *, contact: bool | None) -> None:
    await ask(office)
    await answer(office, contact=contact)
    await office.tick()

    assert await office.rows(Case) == []
    assert cards(office) == []


async def test_a_case_goes_from_the_tick_to_its_close(office_on_each: Office) -> None:
    office = office_on_each
    card = await a_case(office)
    assert f"<@{ALICE}> chose *3* and would like to be contacted." in card.text
    assert WORDS in card.text
    assert "Service and support" in card.text
    assert "Nobody has taken it yet." in card.text
    assert "You said that someone from" in office.question(ALICE).text

    office.clock.forward(minutes=5)
    await press(office, CHEN, TAKE)
    assert f"<@{CHEN}> has it and will write." in the_card(office).text
    assert f"<@{CHEN}> will write to you about your answer to “Acme”." in (await line(office)).text

    office.clock.forward(minutes=5)
    await press(office, CHEN, CONTACTED)
    assert f"<@{CHEN}> has made contact." in the_card(office).text
    assert "has contacted you" in (await line(office)).text

    office.clock.forward(minutes=5)
    await close(office, CHEN, note="We called <!channel> back.", cause="slow")
    assert "It is closed. Cause: it took too long." in the_card(office).text
    assert "We called &lt;!channel&gt; back." in the_card(office).text
    assert "that is closed now. Thank you!" in (await line(office)).text
    case = await the_case(office)
    assert (case.state, case.ending, case.cause) == (
        CaseState.CLOSED,
        CaseEnding.RESOLVED,
        CaseCause.SLOW,
    )
    assert case.note == "We called <!channel> back."
    assert case.contacted_at == MONDAY + timedelta(minutes=10)
    assert [(one.step, one.by) for one in await office.rows(CaseEvent)] == [
        (CaseStep.OPENED, ALICE),
        (CaseStep.TAKEN, CHEN),
        (CaseStep.CONTACTED, CHEN),
        (CaseStep.CLOSED, CHEN),
    ]
    await office.tick()
    assert len(cards(office)) == 1


async def test_a_closed_case_is_taken_up_again_by_whoever_had_it(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)
    await close(office, CHEN, note="Done.")

    await press(office, CHEN, REOPEN)

    assert f"<@{CHEN}> has it and will write." in the_card(office).text
    assert (await the_case(office)).closed_at is None


async def test_of_two_who_press_take_at_once_one_has_it_and_the_other_hears_who(
    office_on_each: Office,
) -> None:
    office = office_on_each
    card = await a_case(office)

    await asyncio.gather(click(office, MAYA, card, TAKE), click(office, CHEN, card, TAKE))

    owner = (await the_case(office)).owner
    [other] = {MAYA, CHEN} - {owner}
    assert f"<@{owner}> has this case." in [one.text for one in office.slack.ephemerals(other)] + office.news(
        other
    )
    assert [one.by for one in await office.rows(CaseEvent) if one.step is CaseStep.TAKEN] == [owner]
    assert len([one for one in office.slack.direct_messages(ALICE) if "will write to you" in one.text]) == 1


async def test_only_managers_and_the_channels_members_may_press(office: Office) -> None:
    card = await a_case(office)

    said = await office.hear(BRUNO, click(office, BRUNO, card, TAKE))

    assert "Seuls les responsables et les membres du canal de suivi" in said
    assert (await the_case(office)).state is CaseState.OPEN
    await press(office, MAYA, TAKE)
    assert (await the_case(office)).owner == MAYA


async def test_nobody_follows_up_their_own_answer(office: Office) -> None:
    card = await a_case(office, MAYA)

    assert "This is your own answer" in await office.hear(MAYA, click(office, MAYA, card, TAKE))


async def test_a_case_is_handed_over_and_who_has_it_now_hears_so(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)

    await press(office, CHEN, HAND_OVER, MAYA)

    assert f"<@{MAYA}> has it and will write." in the_card(office).text
    assert f"<@{MAYA}> will write to you" in (await line(office)).text
    assert office.news(MAYA)[-1] == f"<@{CHEN}> handed you a case of “Acme”. Its card is in <#{CARE}>."
    assert len([one for one in office.slack.direct_messages(ALICE) if "write to you" in one.text]) == 1


@pytest.mark.parametrize("to", [ALICE, BRUNO, GONE])
async def test_a_case_is_handed_to_nobody_who_cannot_follow_it_up(office: Office, to: str) -> None:
    card = await a_case(office)

    said = await office.hear(CHEN, click(office, CHEN, card, HAND_OVER, to))

    assert f"<@{to}> cannot have this case" in said
    assert (await the_case(office)).owner is None


async def test_those_who_are_asleep_keep_nobody_waiting(office: Office) -> None:
    office.slack.add_channel(Channel(CARE, "care", members=(CHEN,)))
    asleep = colleagues(office, AT_ONCE, tz="America/Los_Angeles")
    await office.ask_everyone(follow_up_channel=CARE, audience=Audience(people=(*asleep, ALICE)))
    office.clock.now = MONDAY + timedelta(hours=9)
    await office.tick()
    for one in (*asleep, ALICE):
        await answer(office, one)
    office.clock.now = MONDAY + timedelta(days=1, hours=-3)
    async with office.books.writing() as session:
        for case in (await session.exec(select(Case).order_by(col(Case.id)))).all():
            assert await steps.take(session, case, CHEN, office.clock.now)
    await office.tick()
    before = len(office.read_by(ALICE))

    office.clock.forward(hours=3)
    await office.tick()

    assert len(office.read_by(ALICE)) == before + 1


async def test_at_night_the_person_is_told_the_next_morning(office: Office) -> None:
    await a_case(office)
    office.clock.now = MONDAY + timedelta(hours=12)

    await press(office, CHEN, TAKE)
    await office.tick()
    assert "will write to you" not in str(office.news(ALICE))

    await office.live_until(MONDAY + timedelta(days=1), hours=1)
    assert len([one for one in office.news(ALICE) if "will write to you" in one]) == 1


async def test_a_note_may_have_three_thousand_characters(office: Office) -> None:
    await a_case(office)

    await close(office, CHEN, note="é" * 3000)

    assert (await the_case(office)).note == "é" * 3000
    assert "é…" in str(the_card(office).blocks)


async def test_the_form_keeps_the_channel_and_refuses_one_that_the_app_cannot_see(office: Office) -> None:
    office.slack.add_channel(Channel(CARE, "care", members=(CHEN,)))
    hidden = office.slack.add_channel(Channel("C5HIDDEN", "hidden", members=(MAYA,), is_private=True))
    shown = await office.fill_in(follow_up_channel=hidden.id)
    assert "I cannot see this channel." in shown.errors["follow_up_channel"]
    office.slack.replace_view(replace(shown, errors={}))

    await fill_in(
        office.driver, office.slack, MAYA, {"follow_up_channel": CARE, "follow_up_with": "everyone"}
    )
    await office.save_for_later()

    [survey] = await office.rows(Survey)
    assert (survey.follow_up_channel, survey.follow_up_with) == (CARE, FollowUp.EVERYONE)
    await office.driver.close(MAYA, office.modal(MAYA))
    assert await edit(office, follow_up_channel=None) == "“Acme” is changed."
    [survey] = await office.rows(Survey)
    assert survey.follow_up_channel is None
