"""`/nps`: the card says what the database holds, to anybody who asks, in their language."""

import re
from itertools import count

import pytest
from structlog.testing import capture_logs

from bot.sandbox.records import Message
from storage.tables import Result, Wave
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, OUTSIDER, Office, listeners_finish


def has_chart(message: Message) -> bool:
    return any(block["type"] == "data_visualization" for block in message.blocks)


async def test_the_card_says_what_the_database_holds(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({MAYA: 9, ALICE: 10, BRUNO: 7, CHEN: 2})

    card = await office.command(ALICE, "")

    assert "Acme: NPS +25" in card
    assert "Promoters (9 or 10): 2, 50%" in card
    assert "Passives (7 or 8): 1, 25%" in card
    assert "Detractors (0 to 6): 1, 25%" in card
    assert "4 of 4 answered (100%)" in card
    assert re.search(r"\[−\d+, \+\d+\]", card)
    assert sorted(said.score for said in (await office.answers()).values()) == [2, 7, 9, 10]
    assert has_chart(office.read_by(ALICE)[-1])


async def test_only_the_person_who_asked_sees_the_card(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})

    await office.command(OUTSIDER, "")

    assert office.read_by(OUTSIDER)[-1].ephemeral_to == OUTSIDER
    assert office.slack.messages(GENERAL) == []


async def test_nobody_answering_is_a_dash_and_never_zero(office: Office) -> None:
    await office.ask_everyone()

    card = await office.command(ALICE, "")

    assert "NPS —" in card
    assert "NPS 0" not in card


async def test_people_the_question_did_not_reach_do_not_count_as_invited(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=CHEN)
    await office.tick()
    await office.answer({ALICE: 10})

    assert "1 of 3 answered (33%)" in await office.command(ALICE, "")


async def test_a_slack_without_charts_shows_the_same_card_without_one(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10, BRUNO: 3})
    with_chart = await office.command(ALICE, "")
    office.slack.refuse_charts = True

    without_chart = await office.command(ALICE, "")

    assert without_chart == with_chart
    assert not has_chart(office.read_by(ALICE)[-1])


async def test_share_shows_the_card_to_the_channel_with_the_name_of_who_shared(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})
    await office.command(ALICE, "")
    card = office.slack.ephemerals(ALICE)[-1]

    await office.driver.press(ALICE, card, "Share here")
    await office.slack.until(lambda: bool(office.slack.messages(GENERAL)))

    [shared] = office.slack.messages(GENERAL)
    assert shared.ephemeral_to is None
    assert "Acme: NPS +100" in shared.text
    assert f"Shared by <@{ALICE}>" in shared.text
    assert "Share here" not in str(shared.blocks)


async def test_an_open_wave_has_no_verdict_and_stands_beside_the_one_before_it(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({MAYA: 2, ALICE: 3, BRUNO: 4, CHEN: 9})
    await office.command(MAYA, "close")
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({MAYA: 9, ALICE: 9, BRUNO: 9, CHEN: 9})

    card = await office.command(ALICE, "")

    assert "Acme: NPS +100 so far" in card
    assert "The comparison with wave 1 comes when this one closes." in card
    assert "Wave 1, closed on November 23, 2026: NPS −50" in card
    assert " since wave 1" not in card

    await office.command(MAYA, "close")

    assert "+150 since wave 1 (−50): too few answers to compare." in await office.command(ALICE, "")


async def test_a_closed_wave_is_told_from_its_frozen_row(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})
    await office.command(MAYA, "close")
    async with office.books.writing() as session:
        [result] = await office.rows(Result)
        result.detractors = 1
        await session.merge(result)

    card = await office.command(ALICE, "")

    assert "Acme: NPS 0" in card
    assert "2 of 4 answered" in card


async def test_the_card_speaks_french(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({BRUNO: 10, ALICE: 3, CHEN: 2, MAYA: 1})

    card = await office.command(BRUNO, "")

    assert "−50" in card
    assert "25\xa0%" in card or "25\u202f%" in card
    assert "Promoteurs" in card


async def test_the_newest_wave_is_meant_when_no_name_is_given(office: Office) -> None:
    await office.ask_everyone("Acme")
    office.clock.forward(hours=1)
    await office.ask_everyone("Pulse")

    assert (await office.command(ALICE, "")).startswith("Pulse: NPS")
    assert (await office.command(ALICE, "acme")).startswith("Acme: NPS")


async def test_a_survey_that_has_asked_nobody_has_no_card(office: Office) -> None:
    await office.a_survey()

    assert (
        await office.command(ALICE, "") == "Nobody has been asked “Acme” yet. A manager opens its first wave."
    )
    assert await office.rows(Wave) == []


async def test_list_tells_of_every_survey(office: Office) -> None:
    await office.ask_everyone("Acme")
    await office.a_survey("Pulse")

    said = await office.command(ALICE, "list")

    assert said.startswith("2 surveys")
    assert "Acme" in said
    assert "Pulse" in said


async def test_help_tells_managers_more_than_others(office: Office) -> None:
    for_manager, for_others = await office.command(MAYA, "help"), await office.command(ALICE, "help")

    assert "/nps new" in for_manager
    assert "/nps new" not in for_others
    assert "/nps list" in for_others


@pytest.mark.parametrize("text", ["", "list"])
async def test_without_a_survey_a_manager_learns_how_to_make_one_and_others_who_can(
    office: Office, text: str
) -> None:
    assert "/nps new" in await office.command(MAYA, text)
    for_others = await office.command(ALICE, text)
    assert "/nps new" not in for_others
    assert "There is no survey yet" in for_others


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("opne", "`/nps open`"), ("hlep", "`/nps help`"), ("Team Plus", "`/nps Team Pulse`")],
)
async def test_an_unknown_word_gets_the_nearest_there_is(office: Office, typed: str, meant: str) -> None:
    await office.a_survey("Team Pulse")

    assert f"Did you mean {meant}?" in await office.command(MAYA, typed)


async def test_nothing_is_suggested_that_somebody_may_not_do(office: Office) -> None:
    await office.a_survey("Team Pulse")

    assert "Did you mean" not in await office.command(ALICE, "opne")


async def test_what_somebody_typed_calls_nobody(office: Office) -> None:
    said = await office.command(ALICE, "<!channel> & <@U1MANAGER>")

    assert "<!channel>" not in said
    assert "<@U1MANAGER>" not in said


async def test_words_that_no_database_takes_are_answered_like_any_other(office_on_each: Office) -> None:
    assert "know “ab”." in await office_on_each.command(ALICE, "a\0b")


async def test_an_answer_that_slack_does_not_take_is_one_for_the_log(office: Office) -> None:
    office.slack.response_urls.elapsed = count(0, 3600).__next__  # an hour passes before each use

    with capture_logs() as lines:
        reply = await office.driver.command(ALICE, GENERAL, "help")
        await listeners_finish()

    assert reply.status == 200
    assert [line["event"] for line in lines] == ["slack.refused", "person.not_told"]


async def test_of_many_surveys_the_list_reads_what_it_shows_and_says_how_many_more_there_are(
    office: Office,
) -> None:
    for number in range(45):
        await office.a_survey(f"Survey {number:02}")

    told = await office.typed(MAYA, "list")
    told_in_french = await office.typed(BRUNO, "liste")

    assert told.startswith("45 surveys\nSurvey 00\n")
    assert "Survey 39\n" in told
    assert "Survey 40" not in told
    assert told.endswith("And 5 more. Type `/nps` and a name to read any of them.")
    assert told_in_french.endswith("Et 5 de plus. Tapez `/nps` et un nom pour lire n’importe lequel.")
