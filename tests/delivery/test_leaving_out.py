"""Who has left, or was never there, is not asked, as Slack says when their message is to go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.delivering import next_batch
from bot.delivery.leaving_out import leave_out
from bot.delivery.letters import InvitationLetter
from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel
from storage import delivery
from storage.audience import Audience
from storage.kit import claims
from storage.tables import Reminder
from storage.words import InvitationState
from tests.journeys.hands import go_to, put_off, state_of
from tests.journeys.office import ALICE, ASKED, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

LATER = timedelta(minutes=20)
HALF_TIME = MONDAY + timedelta(days=7)
CROWDED = "C4CROWDED"


def changes(office: Office, user: str, **facts: object) -> None:
    office.slack.add_user(replace(office.slack.users[user], **facts))  # type: ignore[arg-type]


async def test_who_left_between_planning_and_sending_is_not_asked_and_the_manager_reads_so(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.open_wave(kind="employees")
    changes(office, ALICE, deleted=True)
    changes(office, BRUNO, team_id="T2OTHER")
    changes(office, CHEN, is_restricted=True)

    await go_to(office, MONDAY + LATER)
    await office.tick()

    assert {user: office.asked(user) for user in ASKED} == {MAYA: 1, ALICE: 0, BRUNO: 0, CHEN: 0}
    rows = await office.invitations()
    assert {user: (rows[user].state, rows[user].code) for user in (ALICE, BRUNO, CHEN)} == {
        ALICE: (InvitationState.EXPIRED, "deactivated"),
        BRUNO: (InvitationState.EXPIRED, "stranger"),
        CHEN: (InvitationState.EXPIRED, "guest"),
    }
    told = office.notice(MAYA).text
    assert "Left out: 1 bot, 2 deactivated accounts, 1 of another company, 1 guest." in told


async def test_people_of_another_company_are_customers_when_their_message_goes_too(office: Office) -> None:
    await office.open_wave(kind="customers")
    changes(office, BRUNO, team_id="T2OTHER")

    await go_to(office, MONDAY + LATER)

    assert office.asked(BRUNO) == 1


async def test_who_left_before_their_reminder_gets_none(office: Office) -> None:
    await office.ask_everyone()
    changes(office, ALICE, deleted=True)

    await go_to(office, HALF_TIME)

    assert len(office.slack.direct_messages(ALICE)) == 1
    assert await state_of(office, ALICE) is InvitationState.DELIVERED
    asked = {row.invitation_id for row in await office.rows(Reminder)}
    assert (await office.invitations())[ALICE].id not in asked


async def test_who_put_the_question_off_and_left_was_asked_all_the_same(office: Office) -> None:
    await office.ask_everyone()
    await put_off(office, ALICE, "tomorrow")
    changes(office, ALICE, deleted=True)

    await go_to(office, MONDAY + timedelta(days=1, hours=1))

    row = (await office.invitations())[ALICE]
    assert (row.state, row.code) == (InvitationState.EXPIRED, None)
    assert len(office.slack.direct_messages(ALICE)) == 1


async def test_a_crowd_is_looked_up_page_by_page_before_it_is_asked_and_then_not_for_a_while(
    office: Office,
) -> None:
    crowd = office.slack.add_crowd(Crowd(250))
    office.slack.add_channel(Channel(CROWDED, "crowded", members=crowd))
    await office.open_wave(audience=Audience(channels=(CROWDED,)))
    pages, gone = len(office.calls("users.list")), crowd[7]
    changes(office, gone, deleted=True)
    one_by_one = len(office.calls("users.info"))

    await go_to(office, MONDAY + timedelta(hours=7))

    assert len(office.calls("users.list")) == pages + 1
    assert len(office.calls("users.info")) <= one_by_one + 2
    assert office.slack.direct_messages(gone) == []


async def test_where_slack_does_not_tell_the_message_goes_by_what_is_known(office: Office) -> None:
    await office.open_wave()
    for method in ("users.info", "users.list"):
        office.slack.faults.server_error(method, times=None)

    await go_to(office, MONDAY + LATER)

    assert {user: office.asked(user) for user in ASKED} == dict.fromkeys(ASKED, 1)


@pytest.mark.parametrize("quarantine_days", [30])
async def test_what_another_process_sends_meanwhile_is_no_other_question(office_on_each: Office) -> None:
    """Two processes read the same letter; one takes it, and gives it back since Slack is busy."""
    office = office_on_each
    services = office.app.services
    await office.open_wave(audience=Audience(people=(ALICE,)), wave_days=14)
    office.clock.now = MONDAY + LATER
    [letter] = await next_batch(services)
    async with services.database.writing() as session:
        assert await claims.claim_invitation(session, letter.row.id, services.clock())

    going = await leave_out(services, [letter])
    async with services.database.writing() as session:
        await delivery.put_back(session, InvitationLetter.table, letter.row.id)
    await office.tick()

    assert going == [letter]
    assert office.asked(ALICE) == 1
