"""A person who taps the question in a channel is answered in private, and nobody else sees what they said."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.records import Channel, Message, User
from storage.audience import Audience
from storage.tables import Wave
from tests.journeys.hands import POST, actions, click, forged, go_to, home_of, open_in, posted
from tests.journeys.office import (
    ALICE,
    BRUNO,
    CHEN,
    GENERAL,
    MAYA,
    MONDAY,
    Office,
    listeners_finish,
)
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow

STRANGER, GUEST = "U8STRANGER", "U8GUEST"
CLOSED = "This question is closed, so it takes no more answers. Thank you for trying!"
BAD_CLICK = "I could not make sense of that click, so nothing was stored. Please try again."
BAD_SCORE = "A score is a whole number from 0 to 10. Please tap one of the eleven buttons."


async def tap(office: Office, user: str, score: int) -> Message:
    """Tap a score in the channel, and return what only this person then reads."""
    await click(office, user, posted(office), f"open.score.{score}")
    return office.slack.ephemerals(user)[-1]


async def test_a_tap_is_stored_and_answered_where_only_the_person_sees_it(office_on_each: Office) -> None:
    office = office_on_each
    await open_in(office)
    before = posted(office)

    told = await tap(office, ALICE, 9)

    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert "You chose 9" in told.text
    assert office.modal(ALICE).callback_id == "answer.reason"
    assert posted(office) == before
    assert office.slack.seen_in(GENERAL, BRUNO) == [before]


async def test_members_strangers_of_another_company_and_guests_are_all_counted(office: Office) -> None:
    office.slack.add_user(User(STRANGER, "sam", tz="America/New_York", team_id="T9OTHER"))
    office.slack.add_user(User(GUEST, "gus", tz="Europe/Paris", is_restricted=True))
    members = (*office.slack.channels[GENERAL].members, STRANGER, GUEST)
    office.slack.add_channel(Channel(GENERAL, "general", members))
    await open_in(office)

    for user, score in {ALICE: 10, BRUNO: 7, STRANGER: 9, GUEST: 3}.items():
        told = await tap(office, user, score)
        assert str(score) in told.text

    assert {user: said.score for user, said in (await office.answers()).items()} == {
        ALICE: 10,
        BRUNO: 7,
        STRANGER: 9,
        GUEST: 3,
    }
    assert office.slack.notices == {}


async def test_a_reason_can_be_given_in_the_window_that_follows(office: Office) -> None:
    await open_in(office)
    await tap(office, ALICE, 2)

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Too slow", "drivers": ["support"]})

    assert await office.answers() == {ALICE: Said(2, "Too slow", ("support",))}
    await listeners_finish()
    assert "Too slow" not in str(office.slack.messages(GENERAL))


async def test_a_second_tap_in_the_channel_replaces_the_first(office_on_each: Office) -> None:
    office = office_on_each
    await open_in(office)
    await tap(office, ALICE, 2)

    told = await tap(office, ALICE, 10)

    assert "You chose 10" in told.text
    assert await office.answers() == {ALICE: Said(10, None, ())}


async def test_many_who_tap_at_once_are_all_stored_and_one_who_taps_twice_once(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await open_in(office)

    taps = [(user, score) for score in (1, 9) for user in (ALICE, BRUNO, CHEN, MAYA)]
    await asyncio.gather(
        *(office.driver.click(user, posted(office), f"open.score.{score}") for user, score in taps)
    )
    await listeners_finish()

    assert set(await office.answers()) == {ALICE, BRUNO, CHEN, MAYA}
    assert len(await office.invitations()) == 4


async def test_a_change_of_mind_in_the_private_message_changes_that_message(office: Office) -> None:
    await open_in(office)
    told = await tap(office, ALICE, 2)

    await click(office, ALICE, told, "answer.change")
    [asked] = office.slack.ephemerals(ALICE)
    assert "answer.score.9" in actions(asked)
    await click(office, ALICE, asked, "answer.score.9")

    [changed] = office.slack.ephemerals(ALICE)
    assert "You chose 9" in changed.text
    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert len(office.slack.messages(GENERAL)) == 1


async def test_who_has_answered_finds_the_answer_in_app_home_and_may_change_it(office: Office) -> None:
    await open_in(office)
    await tap(office, ALICE, 2)

    await click(office, ALICE, await home_of(office, ALICE), "answer.score.8")

    assert await office.answers() == {ALICE: Said(8, None, ())}
    assert "How likely" not in str((await home_of(office, BRUNO)).blocks)


async def test_nobody_who_has_tapped_or_not_is_reminded(office: Office) -> None:
    await open_in(office, reminders=2)
    await tap(office, ALICE, 2)
    before = len(office.calls(POST))

    for day in range(1, 14):
        await go_to(office, MONDAY + timedelta(days=day))

    digests = [one for one in office.calls(POST)[before:] if one.arguments["channel"] == GENERAL]
    assert len(office.calls(POST)) - before == len(digests) == 1


async def test_nps_counts_the_answers_and_tells_no_response_rate(office: Office) -> None:
    await open_in(office)
    for user, score in {ALICE: 10, BRUNO: 9, CHEN: 3}.items():
        await tap(office, user, score)

    while_open = await office.command(ALICE, "")
    await office.command(MAYA, "close")
    when_closed = await office.command(ALICE, "")

    for said in (while_open, when_closed):
        assert "NPS +33" in said
        assert "3 answers" in said
        assert " of 3" not in said
        assert "answered (" not in said


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("{wave}:11", BAD_SCORE),
        ("{wave}:-1", BAD_SCORE),
        (f"{2**40}:9", BAD_CLICK),
        ("x:9", BAD_CLICK),
        ("2147483647:9", CLOSED),
    ],
)
async def test_a_forged_tap_in_the_channel_stores_nothing(
    office_on_each: Office, value: str, sentence: str
) -> None:
    office = office_on_each
    await open_in(office)
    [wave] = await office.rows(Wave)

    message = forged(posted(office), "open.score.9", value.format(wave=wave.id))
    said = await office.hear(ALICE, click(office, ALICE, message, "open.score.9"))

    assert said == sentence
    assert await office.invitations() == {}
    assert office.slack.notices == {}


async def test_a_wave_that_asks_named_people_takes_no_tap_from_a_channel(office: Office) -> None:
    await open_in(office)
    await office.open_wave("Beta", audience=Audience(people=(CHEN,)))
    _, beta = await office.rows(Wave)

    message = forged(posted(office), "open.score.9", f"{beta.id}:9")

    assert await office.hear(ALICE, click(office, ALICE, message, "open.score.9")) == CLOSED
    assert ALICE not in await office.invitations()
