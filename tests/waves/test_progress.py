"""The manager's one message about a wave: it keeps up with the sending, and is never said twice."""

import asyncio
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from storage.audience import Audience
from storage.words import InvitationState, Rhythm
from tests.journeys.hands import (
    PAUSE,
    POST,
    UPDATE,
    WATCH,
    actions,
    colleagues,
    edits,
    go_to,
    posts_to,
    state_of,
)
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

HEAD = "Wave 1 of “Acme” is open until Monday, 7 December at 09:00."
LEFT_OUT = "Left out: 1 bot, 1 deactivated account."


async def test_the_notice_stands_before_anybody_is_asked_and_changes_as_the_wave_is_sent(
    office: Office,
) -> None:
    await office.open_wave()
    begun = office.notice(MAYA)
    assert begun.text == f"{HEAD}\nSent to 0 of 4 · 4 to come, each in their working hours\n{LEFT_OUT}"
    assert actions(begun) == {WATCH, PAUSE}

    await office.tick()

    assert office.notice(MAYA).text == f"{HEAD}\nSent to all 4 people.\n{LEFT_OUT}"
    assert office.notice(MAYA).ts == begun.ts


async def test_the_notice_says_what_did_not_go_well(office: Office) -> None:
    abroad = colleagues(office, 1, tz="America/Los_Angeles")
    await office.open_wave(audience=Audience(people=(ALICE, BRUNO, CHEN, *abroad)))
    office.slack.faults.answer(POST, "account_inactive", to=ALICE)
    office.slack.faults.drop_before(POST, to=CHEN)

    await office.tick()

    said = "Sent to 1 of 4 · 1 to come, in their working hours · 1 failed · 1 uncertain"
    assert office.notice(MAYA).text == f"{HEAD}\n{said}"


async def test_the_notice_is_changed_once_a_look_and_only_where_something_has(office: Office) -> None:
    people = colleagues(office, 30)
    await office.open_wave(audience=Audience(people=tuple(people)))
    await office.tick()
    assert len(edits(office, office.notice(MAYA))) == 1

    for _ in range(3):
        await office.tick()
    assert len(edits(office, office.notice(MAYA))) == 1
    assert len(posts_to(office, MAYA)) == 1


async def test_an_answer_changes_nothing_in_the_notice(office: Office) -> None:
    await office.ask_everyone()
    before = office.notice(MAYA)

    await office.answer({ALICE: 9})
    await office.tick()

    assert office.notice(MAYA) == before


async def test_two_clocks_change_the_notice_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    begun = office.notice(MAYA)
    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    said = [edit.arguments["text"] for edit in edits(office, begun)]
    assert len(said) == len(set(said))
    assert "Sent to all 4 people." in office.notice(MAYA).text


async def test_two_clocks_post_one_notice_of_a_wave_that_opened_by_itself(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(rhythm=Rhythm.MONTHLY, wave_days=7)
    await go_to(office, MONDAY + timedelta(days=8))
    office.clock.now = MONDAY + timedelta(days=30)

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert len([one for one in posts_to(office, MAYA) if "Wave 2 of" in one.arguments["text"]]) == 1


@pytest.mark.parametrize("fault", ["busy", "drop_before", "drop_after"])
async def test_a_notice_that_slack_did_not_change_is_brought_up_to_date_at_the_next_look(
    office: Office, fault: str
) -> None:
    await office.open_wave()
    if fault == "busy":
        office.slack.faults.answer(UPDATE, "service_unavailable")
    else:
        # The client tries once more by itself, since a change can be made twice.
        getattr(office.slack.faults, fault)(UPDATE, times=2)
    await office.tick()

    await office.tick()

    assert "Sent to all 4 people." in office.notice(MAYA).text
    assert office.slack.faults.pending == []


async def test_a_notice_that_the_manager_has_deleted_is_let_be(office: Office) -> None:
    await office.open_wave()
    office.slack.forget(office.notice(MAYA))

    for _ in range(3):
        await office.tick()

    assert [call.error for call in office.calls(UPDATE)] == ["message_not_found"]


@pytest.mark.parametrize("closed", ["by hand", "by itself"])
async def test_the_notice_ends_with_the_result_when_the_wave_closes(office: Office, closed: str) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 10, CHEN: 3})
    watched = office.notice(MAYA)

    if closed == "by hand":
        await office.command(MAYA, "close")
    else:
        await go_to(office, MONDAY + timedelta(days=14))
    await office.tick()

    ended = office.slack.found(watched.channel, watched.ts)
    assert ended is not None
    assert ended.text.startswith("Wave 1 of “Acme” is closed.")
    assert "NPS +33" in ended.text
    assert actions(ended) == set()


async def test_two_clocks_that_close_a_wave_change_its_notice_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    watched = office.notice(MAYA)
    before = len(edits(office, watched))
    office.clock.now = MONDAY + timedelta(days=14)

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert len(edits(office, watched)) == before + 1


async def test_a_manager_who_cannot_be_told_stops_no_wave(office: Office) -> None:
    office.slack.faults.answer(POST, "account_inactive", times=None, to=MAYA)
    await office.a_survey()
    await office.command(MAYA, "open Acme")

    await office.tick()

    assert {user: await state_of(office, user) for user in (ALICE, BRUNO, CHEN)} == dict.fromkeys(
        (ALICE, BRUNO, CHEN), InvitationState.DELIVERED
    )
