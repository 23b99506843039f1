"""Two processes with a clock each, on one database, looking at the same moment."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.records import User
from storage.audience import Audience
from storage.kit.claims import claim_invitation, claim_run, mark_speaking
from storage.tables import Invitation, Run, Survey
from storage.words import InvitationState, RunState
from tests.journeys.office import ALICE, ASKED, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=7)
LEASE = timedelta(minutes=5)


async def both_tick(office: Office) -> None:
    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))


async def digests(office: Office) -> list[tuple[RunState, datetime]]:
    return [(run.state, run.due_at) for run in await office.rows(Run) if run.job == "weekly_digest"]


async def test_two_clocks_post_one_digest(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    office.clock.now = DUE

    await both_tick(office)

    assert len(office.slack.messages(GENERAL)) == 1
    assert await digests(office) == [(RunState.DONE, DUE)]


async def test_two_clocks_ask_each_person_once(office_on_each: Office) -> None:
    office = office_on_each
    for number in range(20):
        office.slack.add_user(User(f"U1{number:02}", f"colleague{number}", tz="Europe/Paris"))
    colleagues = [f"U1{number:02}" for number in range(20)]
    await office.open_wave(audience=Audience(channels=(GENERAL,), people=tuple(colleagues)))

    await both_tick(office)

    assert {person: office.asked(person) for person in (*ASKED, *colleagues)} == dict.fromkeys(
        (*ASKED, *colleagues), 1
    )
    states = {row.state for row in await office.rows(Invitation)}
    assert states == {InvitationState.DELIVERED}


async def test_two_clocks_close_a_wave_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    office.clock.forward(days=15)

    await both_tick(office)

    assert "1 of 4 answered" in await office.command(ALICE, "")


async def test_two_clocks_tell_a_manager_once_about_people_they_could_not_ask(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    office.slack.faults.answer("chat.postMessage", "account_inactive", times=9, to=CHEN)
    await office.tick()

    await both_tick(office)

    assert len([one for one in office.read_by(MAYA) if "could not be asked" in one.text]) == 1


async def test_a_question_claimed_by_a_process_that_died_becomes_uncertain_and_is_never_sent_blindly(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.open_wave()
    invitation = (await office.invitations())[BRUNO]
    async with office.books.writing() as session:
        assert await claim_invitation(session, invitation.id, office.clock.now)

    office.clock.now += LEASE
    await office.tick()
    assert (await office.invitations())[BRUNO].state is InvitationState.CLAIMED

    office.clock.forward(seconds=1)
    await office.tick()
    assert (await office.invitations())[BRUNO].state is InvitationState.UNCERTAIN
    assert office.read_by(BRUNO) == []
    assert len([one for one in office.read_by(MAYA) if "never confirmed" in one.text]) == 1


async def test_a_digest_is_posted_after_the_lease_when_its_process_died_before_it_spoke(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    office.clock.now = DUE
    await a_dead_process(office, has_spoken=False)

    await office.tick()
    assert office.slack.messages(GENERAL) == []

    office.clock.now += LEASE
    await office.tick()
    assert len(office.slack.messages(GENERAL)) == 1


async def test_a_digest_is_uncertain_and_never_repeated_when_its_process_died_while_it_spoke(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    office.clock.now = DUE
    await a_dead_process(office, has_spoken=True)

    office.clock.now += LEASE + timedelta(seconds=1)
    await office.tick()

    assert office.slack.messages(GENERAL) == []
    assert await digests(office) == [(RunState.UNCERTAIN, DUE)]


async def a_dead_process(office: Office, *, has_spoken: bool) -> None:
    [survey] = await office.rows(Survey)
    async with office.books.writing() as session:
        run = await claim_run(
            session, survey.workspace_id, "weekly_digest", survey.id, DUE, office.clock.now, LEASE
        )
        assert run is not None
        if has_spoken:
            assert await mark_speaking(session, run.id, office.clock.now)
