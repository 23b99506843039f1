"""An anonymous answer: one tap opens one modal, sending it casts a ballot, and nothing joins the two."""

from dataclasses import replace
from json import dumps, loads

import pytest

from bot.sandbox.records import View
from storage.audience import Audience
from storage.ballots.casting import Cast, cast_ballots
from storage.tables import Answer, Ballot, SealedBallot
from storage.words import InvitationState
from tests.ballots.staff import ask_anonymously, cast, tap
from tests.journeys.office import CHEN, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow


async def test_a_tap_opens_the_modal_with_that_score_and_stores_nothing(office: Office) -> None:
    [alice, *_] = await ask_anonymously(office)

    await tap(office, alice, 7)

    modal = str(office.modal(alice).definition)
    assert "'initial_option': {'text': {'type': 'plain_text', 'text': '7'" in modal
    assert "cannot be changed" in modal
    assert modal.count("'value': '10'") == 1
    assert not await office.rows(SealedBallot)
    assert (await office.invitations())[alice].state is InvitationState.DELIVERED


async def test_a_ballot_stands_sealed_in_the_database_when_slack_hears_of_it(office_on_each: Office) -> None:
    office = office_on_each
    [alice, bruno, *_] = await ask_anonymously(office)

    reply = await cast(office, alice, 3, "Too many meetings", ["team"])
    await cast(office, bruno, 10)

    assert reply
    assert reply.status == 200
    first, second = await office.rows(SealedBallot)
    assert len(first.sealed) == len(second.sealed)
    assert not await office.rows(Answer)
    assert not await office.rows(Ballot)
    assert (await office.invitations())[alice].state is InvitationState.ANSWERED


async def test_no_message_and_no_call_to_slack_tells_the_score(office: Office) -> None:
    [alice, *_] = await ask_anonymously(office)

    await cast(office, alice, 3, "Too many meetings")

    message = office.question(alice)
    assert "3" not in message.text
    assert "Too many" not in str(message.blocks)
    assert office.calls("response_url")
    assert "Too many" not in str(office.slack.requests)


async def test_the_question_says_what_is_kept_and_who_sees_what(office: Office) -> None:
    [alice, *_] = await ask_anonymously(office)

    asked = office.question(alice).text

    assert "This is anonymous." in asked
    assert "from 5 answers on" in asked
    assert "Slack tells this app who clicks" in asked
    assert "An answer that is sent cannot be changed." in asked


async def test_a_second_device_is_told_that_the_first_ballot_counts(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office)
    await tap(office, alice, 9)
    on_the_phone = office.modal(alice)
    await office.driver.submit(alice, on_the_phone, {})
    await listeners_finish()

    reply = await office.driver.submit(alice, on_the_phone, {})

    assert reply
    assert "already" in str(reply.body)
    assert len(await office.rows(SealedBallot)) == 1


async def test_of_two_ballots_in_one_batch_the_first_counts(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office)
    asked = (await office.invitations())[alice]
    twice = [
        Cast(asked.id, asked.wave_id, asked.workspace_id, alice, sealed) for sealed in (b"first", b"second")
    ]

    async with office.books.writing() as session:
        told = await cast_ballots(session, twice, office.clock())

    assert [refusal and refusal.value for refusal in told] == [None, "already answered"]
    assert [one.sealed for one in await office.rows(SealedBallot)] == [b"first"]


async def test_a_forged_tap_does_not_make_an_anonymous_answer_a_named_one(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office)
    question = office.question(alice)
    named = loads(dumps(question.blocks).replace("ballot.score", "answer.score"))
    seen = replace(question, blocks=named)

    await office.driver.click(alice, seen, "answer.score.4")
    await listeners_finish()

    assert not await office.rows(Answer)
    assert (await office.invitations())[alice].state is InvitationState.DELIVERED


async def test_somebody_elses_modal_casts_nothing(office: Office) -> None:
    [alice, *_] = await ask_anonymously(office)
    await tap(office, alice, 9)

    reply = await office.driver.submit(MAYA, office.modal(alice), {})

    assert reply
    assert "someone else" in str(reply.body)
    assert not await office.rows(SealedBallot)


async def test_a_ballot_after_the_closing_is_told_so(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office)
    await tap(office, alice, 9)
    modal = office.modal(alice)
    await office.command(MAYA, "close Pulse")

    reply = await office.driver.submit(alice, modal, {})

    assert reply
    assert "closed" in str(reply.body)
    assert not await office.rows(SealedBallot)
    assert not await office.rows(Ballot)


async def test_reminders_reach_exactly_those_who_have_not_answered(office: Office) -> None:
    [alice, *others] = await ask_anonymously(office, 3)
    await cast(office, alice, 9)

    await office.live_until(office.clock.now.replace(day=30, hour=12), hours=12)

    reminded = {
        user
        for user in (alice, *others)
        if any("You have not answered yet" in one.text for one in office.slack.direct_messages(user))
    }
    assert reminded == set(others)


async def test_home_thanks_somebody_who_has_answered_without_buttons(office: Office) -> None:
    [alice, *_] = await ask_anonymously(office)
    await cast(office, alice, 9)

    await office.driver.open_home(alice)
    await listeners_finish()

    home = str(office.slack.home(alice))
    assert "You have answered. Thank you!" in home
    assert "ballot.score" not in home


async def test_a_modal_of_an_older_release_names_no_wave_and_is_taken(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office)
    await tap(office, alice, 9)

    await office.driver.submit(alice, naming(office.modal(alice), ""), {})
    await listeners_finish()

    assert len(await office.rows(SealedBallot)) == 1


async def test_no_ballot_is_sealed_for_another_wave_than_its_own(office_on_each: Office) -> None:
    """Only its own wave's key opens it: one that was sealed for another would keep its wave from closing."""
    office = office_on_each
    await ask_anonymously(office, name="Other", audience=Audience(people=(CHEN,)))
    other = await office.newest_wave()
    [alice, *_] = await ask_anonymously(office)
    await tap(office, alice, 9)
    modal = office.modal(alice)

    await office.driver.submit(alice, naming(modal, f":{other.id}"), {})
    await listeners_finish()
    assert not await office.rows(SealedBallot)
    await office.driver.submit(alice, naming(modal, ":10000"), {})
    await listeners_finish()

    wave = await office.newest_wave()
    assert [one.wave_id for one in await office.rows(SealedBallot)] == [wave.id]
    await office.command(MAYA, "close Pulse")
    assert (await office.newest_wave()).closed_at


def naming(modal: View, wave: str) -> View:
    """Return a modal that names its wave so."""
    about, *place = modal.definition["private_metadata"].split()
    written = " ".join([f"{about.split(':')[0]}{wave}", *place])
    return replace(modal, definition=modal.definition | {"private_metadata": written})
