"""People we do not know yet. Slack's word on them is slow, or never comes; nobody waits for it."""

import asyncio
import time

import pytest

from bot.kit.concurrency.lookups import PATIENCE
from bot.sandbox.failures.limits import PER_MINUTE
from bot.sandbox.records import Channel, User
from storage.tables import Invitation, Newcomer, Person
from storage.words import InvitationState
from tests.answers.test_answering_in_a_channel import tap
from tests.journeys.hands import click, go_to, open_in, posted
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, Office, listeners_finish
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow

INFO = "users.info"
CROWD = [f"U7{number:03}" for number in range(30)]
LATE = 2 * PATIENCE


def move_in(office: Office, *people: str) -> None:
    for person in people:
        office.slack.add_user(User(person, person.lower(), tz="Asia/Tokyo"))
    members = (*office.slack.channels[GENERAL].members, *people)
    office.slack.add_channel(Channel(GENERAL, "general", members))


async def zones(office: Office) -> set[str]:
    return {row.time_zone for row in await office.rows(Invitation)}


async def test_a_crowd_of_newcomers_is_stored_though_slack_tells_of_a_hundred_a_minute(
    office_on_each: Office,
) -> None:
    office = office_on_each
    move_in(office, *CROWD)
    await open_in(office)
    question = posted(office)
    office.slack.limits.enforce()
    for _ in range(PER_MINUTE[INFO] - 10):  # as many others were looked up within this minute
        office.slack.limits.refused_for(INFO, "")
    turns = asyncio.Semaphore(3)

    async def answer(person: str) -> int | None:
        async with turns:
            return (await office.driver.click(person, question, "open.score.9")).status

    statuses = await asyncio.gather(*(answer(person) for person in CROWD))

    assert office.slack.limits.refusals > 0
    assert set(statuses) == {200}
    assert await office.answers() == dict.fromkeys(CROWD, Said(9, None, ()))
    office.slack.limits.lift()
    await listeners_finish()
    for _ in range(10):
        await office.tick()
    assert await zones(office) == {"Asia/Tokyo"}
    assert await office.rows(Newcomer) == []
    assert set(CROWD) <= {row.user_id for row in await office.rows(Person)}


async def test_a_tap_waits_for_no_word_of_slack_on_the_person(office: Office) -> None:
    move_in(office, "U7NEW")
    await open_in(office)
    office.slack.faults.delay(INFO, LATE, to="U7NEW", times=None)
    began = time.monotonic()

    reply = await office.driver.click("U7NEW", posted(office), "open.score.9")

    assert reply.status == 200
    assert time.monotonic() - began < PATIENCE
    await office.slack.until(lambda: office.slack.modal("U7NEW") is not None)
    assert time.monotonic() - began < LATE
    await listeners_finish()
    assert await zones(office) == {"UTC"}
    await office.tick()  # what Slack said late was remembered
    assert await zones(office) == {"Asia/Tokyo"}


async def test_an_answer_of_somebody_whom_slack_does_not_know_is_taken_back(office_on_each: Office) -> None:
    office = office_on_each
    move_in(office, "U7FORGED")
    await open_in(office)
    down = office.slack.faults.server_error(INFO, to="U7FORGED", times=None)
    await tap(office, ALICE, 4)
    await tap(office, "U7FORGED", 9)
    await office.tick()
    assert set(await office.answers()) == {ALICE, "U7FORGED"}

    office.slack.faults.lift(down)
    del office.slack.users["U7FORGED"]
    await office.tick()

    assert await office.answers() == {ALICE: Said(4, None, ())}
    assert set(await office.invitations()) == {ALICE}
    assert await office.rows(Newcomer) == []


async def test_an_answer_taken_back_after_the_closing_changes_the_frozen_result(office: Office) -> None:
    move_in(office, "U7FORGED")
    await open_in(office)
    office.slack.faults.server_error(INFO, to="U7FORGED", times=None)
    await tap(office, ALICE, 4)
    await tap(office, "U7FORGED", 9)
    await office.command(MAYA, "close")
    assert "NPS 0" in await office.command(ALICE, "")

    office.slack.faults.answer(INFO, "user_not_found", to="U7FORGED", times=None)
    office.slack.faults.pending.reverse()
    await office.tick()

    assert "NPS −100" in await office.command(ALICE, "")


async def test_somebody_whom_slack_does_not_show_is_counted_and_keeps_nobody_waiting(
    office: Office,
) -> None:
    move_in(office, "U7HIDDEN", "U7LATE")
    await open_in(office)
    office.slack.faults.answer(INFO, "user_not_visible", to="U7HIDDEN", times=None)
    down = office.slack.faults.server_error(INFO, to="U7LATE", times=None)
    await tap(office, "U7HIDDEN", 9)
    await tap(office, "U7LATE", 4)

    office.slack.faults.lift(down)
    await office.tick()

    assert await office.answers() == {"U7HIDDEN": Said(9, None, ()), "U7LATE": Said(4, None, ())}
    assert await office.rows(Newcomer) == []
    assert await zones(office) == {"UTC", "Asia/Tokyo"}


async def test_somebody_who_is_known_already_is_no_newcomer(office: Office) -> None:
    await open_in(office)
    await office.command(ALICE, "")

    await tap(office, ALICE, 9)

    assert await office.rows(Newcomer) == []
    assert await zones(office) == {"Africa/Johannesburg"}
    assert {row.state for row in await office.rows(Invitation)} == {InvitationState.ANSWERED}


async def test_nps_by_somebody_unknown_is_answered_in_english_while_slack_is_slow_and_in_french_later(
    office: Office,
) -> None:
    late = office.slack.faults.delay(INFO, LATE, to=BRUNO, times=None)
    began = time.monotonic()
    await office.driver.command(BRUNO, GENERAL, "help")
    await office.slack.until(lambda: bool(office.slack.ephemerals(BRUNO)))
    assert time.monotonic() - began < LATE
    assert "every survey" in office.slack.ephemerals(BRUNO)[-1].text

    await listeners_finish()
    assert late.struck == 1
    assert "sondage" in await office.command(BRUNO, "help")
    assert late.struck == 1


async def test_a_manager_whom_slack_does_not_tell_of_in_time_is_asked_to_try_again(office: Office) -> None:
    office.slack.faults.delay(INFO, LATE, to=MAYA)

    assert await office.command(MAYA, "waves") == (
        "Slack has not told me in time who you are. Please try again in a minute."
    )

    assert "No wave is open" in await office.command(MAYA, "waves")


async def test_one_person_is_looked_up_once_however_often_they_click(office: Office) -> None:
    move_in(office, "U7NEW")
    await open_in(office)
    slow = office.slack.faults.delay(INFO, LATE, to="U7NEW", times=None)

    await asyncio.gather(
        *(click(office, "U7NEW", posted(office), f"open.score.{score}") for score in range(5))
    )

    assert slow.struck == 1
    await go_to(office, MONDAY)
    assert slow.struck == 1
