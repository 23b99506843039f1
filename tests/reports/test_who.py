"""`/nps who`: a manager reads who has answered the newest wave and what, and who has not."""

from dataclasses import replace

import pytest

from bot.sandbox.records import View
from storage.audience import Audience
from storage.words import InvitationState, Kind
from tests.journeys.hands import actions
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office
from tests.reports.voices import a_wave_of_voices, people_in

pytestmark = pytest.mark.slow

ONWARDS, BACK = "who.onwards", "who.back"


async def who(office: Office, typed: str = "who Acme") -> View:
    await office.driver.command(MAYA, GENERAL, typed)
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    return office.modal(MAYA)


async def use(office: Office, action: str, value: str | None = None) -> View:
    before = office.modal(MAYA)
    await office.driver.click(MAYA, before, action, value)
    await office.slack.until(lambda: office.modal(MAYA).hash != before.hash)
    return office.modal(MAYA)


def lines(shown: View) -> list[str]:
    return [
        line
        for block in shown.blocks[1:]
        if block["type"] == "section"
        for line in block["text"]["text"].split("\n")
    ]


async def test_an_older_wave_is_named_by_its_number(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close Acme")
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({CHEN: 2})

    shown = await who(office, "who 1 Acme")

    assert shown.blocks[0]["text"]["text"] == "*Acme*, wave 1: 1 of 4 answered"
    assert "has had no wave 7" in await office.typed(MAYA, "who 7 Acme")


async def test_a_survey_named_like_a_number_is_found_first(office: Office) -> None:
    await office.ask_everyone("2026")

    assert "*2026*, wave 1" in (await who(office, "who 2026")).blocks[0]["text"]["text"]


async def test_it_tells_who_answered_what_and_who_has_not(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(kind=Kind.EMPLOYEES)
    await office.answer({ALICE: 9, CHEN: 2})

    shown = await who(office)

    assert shown.blocks[0]["text"]["text"] == "*Acme*, wave 1: 2 of 4 answered"
    assert lines(shown) == [
        f"<@{MAYA}> has not answered yet",
        f"<@{ALICE}> chose *9*",
        f"<@{BRUNO}> has not answered yet",
        f"<@{CHEN}> chose *2*",
    ]
    assert "Nobody has to answer" in str(shown.blocks[-1])


async def test_the_menu_shows_those_alone_who_have_answered_or_have_not(office: Office) -> None:
    await a_wave_of_voices(
        office,
        {ALICE: (3, "<!here> & slow")},
        silent={BRUNO: InvitationState.PLANNED, CHEN: InvitationState.FAILED},
        kind=Kind.EMPLOYEES,
    )
    await who(office)

    assert lines(await use(office, "who", "answered")) == [
        f"<@{ALICE}> chose *3*: “&lt;!here&gt; &amp; slow”"
    ]
    assert lines(await use(office, "who", "not_answered")) == [
        f"<@{BRUNO}> is asked later",
        f"<@{CHEN}> got no message: Slack did not take it",
    ]
    assert len(lines(await use(office, "who", "all"))) == 3


async def test_pages_go_on_and_back_and_keep_the_menu(office_on_each: Office) -> None:
    office = office_on_each
    silent = {f"U{number:04}": InvitationState.DELIVERED for number in range(50)}
    await a_wave_of_voices(office, {ALICE: (9, "")}, silent=silent)
    await who(office)
    first = await use(office, "who", "not_answered")
    people = sorted(silent)
    assert people_in(first) == people[:20]
    assert actions(first) & {ONWARDS, BACK} == {ONWARDS}

    second = await use(office, ONWARDS)
    assert people_in(second) == people[20:40]
    last = await use(office, ONWARDS)
    assert people_in(last) == people[40:]
    assert actions(last) & {ONWARDS, BACK} == {BACK}
    assert people_in(await use(office, BACK)) == people[20:40]
    assert people_in(await use(office, BACK)) == people[:20]


async def test_of_an_open_question_nobody_knows_who_has_not(office: Office) -> None:
    await a_wave_of_voices(office, {ALICE: (9, "")}, audience=Audience(open_channel=GENERAL))

    shown = await who(office)

    assert shown.blocks[0]["text"]["text"] == "*Acme*, wave 1: 1 answer"
    assert "who" not in actions(shown)


async def test_a_closed_wave_says_who_did_not_answer_and_in_french(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale="fr-FR"))
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close Acme")

    shown = await who(office, "qui")

    assert f"<@{BRUNO}> n’a pas répondu" in lines(shown)
    assert f"<@{ALICE}> a choisi *9*" in lines(shown)


async def test_nobody_but_managers_reads_who_answered(office: Office) -> None:
    await office.ask_everyone()

    assert (await office.command(ALICE, "who")).startswith("Only managers can do this")
    assert office.slack.modal(ALICE) is None


async def test_without_a_wave_there_is_nobody(office: Office) -> None:
    await office.a_survey()

    assert "No wave of “Acme” is open" in await office.command(MAYA, "who")
