"""The quarantine when a message goes: a question that failed or stood still for long may be sent after another survey's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.kit.people import Who
from bot.waves.steering import resend
from storage.audience import Audience
from storage.tables import Invitation, Survey
from storage.words import InvitationState
from tests.journeys.hands import POST, go_to, put_off
from tests.journeys.office import ALICE, ASKED, BRUNO, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

pytestmark = pytest.mark.slow

ONLY_ALICE = Audience(people=(ALICE,))
SATURDAY = datetime(2026, 11, 28, 10, tzinfo=UTC)
# All of them Mondays or Tuesdays, inside everybody's hours.
DAY_7, DAY_42, DAY_43 = (MONDAY + timedelta(days=days) for days in (7, 42, 43))


@pytest.fixture
def quarantine_days() -> int:
    return 30


async def refused(office: Office, name: str, **changes: object) -> None:
    """Open a survey's wave, in which Slack refuses the message to Alice."""
    office.slack.faults.answer(POST, "restricted_action", to=ALICE)
    await office.ask_everyone(name, reminders=0, **changes)


async def send_again(office: Office, name: str) -> None:
    [survey] = [one for one in await office.rows(Survey) if one.name == name]
    await resend(office.app.services, Who(office.slack.team_id, MAYA), survey)


async def standing(office: Office, wave: int) -> dict[str, tuple[InvitationState, str | None]]:
    """Return how each invitation of a wave stands, by user id."""
    rows = await office.rows(Invitation)
    return {row.user_id: (row.state, row.code) for row in rows if row.wave_id == wave}


async def test_a_refused_question_that_is_sent_again_respects_what_another_survey_asked_since(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await refused(office, "Acme", wave_days=14)
    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=14)
    assert office.asked(ALICE) == 1

    await go_to(office, DAY_7)
    await send_again(office, "Acme")
    await office.live_until(MONDAY + timedelta(days=13), hours=6)

    assert office.asked(ALICE) == 1
    [acme, _] = [await standing(office, number) for number in (1, 2)]
    assert acme[ALICE] == (InvitationState.EXPIRED, "quarantined")
    assert {acme[person][0] for person in ASKED if person != ALICE} == {InvitationState.DELIVERED}


async def test_the_manager_reads_who_is_left_out_of_what_is_sent_again(office: Office) -> None:
    await refused(office, "Acme", wave_days=14)
    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=14)
    await go_to(office, DAY_7)
    await send_again(office, "Acme")

    await office.tick()

    [told] = [
        one.text for one in office.slack.direct_messages(MAYA) if one.text.startswith("Wave 1 of “Acme” is")
    ]
    assert (
        "Left out: 1 bot, 1 deactivated account, 1 who was asked less than 30 days ago or wants no questions."
        in told
    )


async def test_a_refused_question_waits_for_a_quarantine_that_ends_while_its_wave_is_open(
    office: Office,
) -> None:
    await refused(office, "Acme", wave_days=60)
    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=14)
    await send_again(office, "Acme")

    await office.live_until(MONDAY + timedelta(days=29), hours=6)
    assert office.asked(ALICE) == 1
    await office.live_until(MONDAY + timedelta(days=31), hours=6)
    await office.live_until(MONDAY + timedelta(days=50), hours=12)

    assert office.asked(ALICE) == 2


async def test_a_wave_that_stood_still_goes_on_and_asks_nobody_that_another_survey_has_asked(
    office_on_each: Office,
) -> None:
    office = office_on_each
    office.clock.now = SATURDAY
    await office.open_wave("Acme", audience=Audience(people=(ALICE, BRUNO)), wave_days=60, reminders=0)
    await office.tick()
    await office.command(MAYA, "pause Acme")
    office.clock.now = DAY_42
    await office.ask_everyone("Pulse", audience=ONLY_ALICE, wave_days=14, reminders=0)
    assert office.asked(ALICE) == 1

    office.clock.now = DAY_43
    await office.command(MAYA, "resume Acme")
    await office.tick()
    assert {one: office.asked(one) for one in (ALICE, BRUNO)} == {ALICE: 1, BRUNO: 1}
    await office.live_until(SATURDAY + timedelta(days=59), hours=12)

    assert {one: office.asked(one) for one in (ALICE, BRUNO)} == {ALICE: 1, BRUNO: 1}
    assert (await standing(office, 1))[ALICE] == (InvitationState.EXPIRED, "quarantined")


async def test_two_questions_of_two_surveys_that_are_sent_again_together_reach_a_person_once(
    office_on_each: Office,
) -> None:
    office = office_on_each
    for name in ("Acme", "Pulse"):
        await refused(office, name, audience=ONLY_ALICE, wave_days=14)
    for name in ("Acme", "Pulse"):
        await send_again(office, name)

    for _ in range(3):
        await office.tick()

    assert office.asked(ALICE) == 1
    assert (await standing(office, 1))[ALICE] == (InvitationState.DELIVERED, None)
    assert (await standing(office, 2))[ALICE] == (InvitationState.EXPIRED, "quarantined")


async def test_what_is_sent_again_keeps_another_survey_away_before_it_has_gone(office: Office) -> None:
    await refused(office, "Acme", audience=ONLY_ALICE, wave_days=60)
    office.clock.now = MONDAY + timedelta(days=40)  # a Saturday
    await send_again(office, "Acme")

    await office.ask_everyone("Pulse", wave_days=14, reminders=0)
    await office.live_until(office.clock.now + timedelta(days=4), hours=6)

    assert office.asked(ALICE) == 1
    assert (await standing(office, 1))[ALICE] == (InvitationState.DELIVERED, None)


async def test_who_asked_to_be_asked_later_is_asked_then_whatever_came_between(office: Office) -> None:
    await office.ask_everyone("Acme", audience=ONLY_ALICE, wave_days=14, reminders=0)
    await put_off(office, ALICE, "tomorrow")

    await go_to(office, MONDAY + timedelta(days=1, hours=1))

    assert office.asked(ALICE) == 2
