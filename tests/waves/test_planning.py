"""A wave is planned page by page: cut off anywhere, it goes on where it stopped, and counts nobody twice."""

import asyncio
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.directory import Crowd
from bot.sandbox.failures.faults import Fault
from bot.sandbox.records import Channel, User
from bot.waves.planning import LEASE
from storage.audience import Audience
from storage.tables import PersonLeftOut, Result
from storage.waves.planning import claim_planning
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

MEMBERS, CROWDED = "conversations.members", "C4CROWDED"
PAGE, PEOPLE, EARLY = 99, 200, 5
UNREAD, GOES_ON = "I could not read who is in its audience", "goes on where it stopped"


def colleague(user_id: str, number: int) -> User:
    """A few live where it is morning; for all the others it is night."""
    return User(user_id, f"person{number}", tz="Europe/Paris" if number < EARLY else "America/Los_Angeles")


@pytest.fixture
def crowd(office_on_each: Office) -> Crowd:
    """Three pages of people in a channel of their own."""
    slack = office_on_each.slack
    slack.people_in_a_page = PAGE
    crowd = slack.add_crowd(Crowd(PEOPLE, person=colleague))
    slack.add_channel(Channel(CROWDED, "crowded", members=[*crowd, slack.bot_user_id]))
    return crowd


async def open_and_break_off(office: Office, code: str) -> Fault:
    """Open a wave of which Slack tells the first page and no second one, until that is lifted."""
    await office.a_survey(audience=Audience(channels=(CROWDED,)))
    await office.typed(MAYA, "open")
    broken = office.slack.faults.answer(MEMBERS, code, times=None, every=2)
    await office.agree(MAYA)
    assert [len(asked) for asked in await office.invited()] == [PAGE]
    return broken


def told(office: Office, sentence: str) -> int:
    return len([one for one in office.news(MAYA) if sentence in one])


def pages_read(office: Office) -> int:
    return len([call for call in office.calls(MEMBERS) if call.error is None])


async def test_an_audience_that_breaks_off_stops_the_wave_is_told_once_and_goes_on_where_it_stopped(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    broken = await open_and_break_off(office, "missing_scope")

    for _ in range(4):
        await office.tick()
        office.clock.forward(minutes=2)
    stopped = await office.newest_wave()
    assert (stopped.planned_at, stopped.paused_for) == (None, "missing_scope")
    assert (told(office, UNREAD), told(office, GOES_ON)) == (1, 0)

    office.slack.faults.lift(broken)
    await office.tick()
    await office.tick()
    gone_on = await office.newest_wave()
    assert (gone_on.paused_for, gone_on.left_out) == (None, {"bot": 1})
    assert await office.invited() == [set(crowd)]
    assert [office.asked(person) for person in crowd[:EARLY]] == [1] * EARLY
    assert (told(office, UNREAD), told(office, GOES_ON)) == (1, 1)
    assert await office.rows(PersonLeftOut) == []


async def test_a_busy_slack_is_no_trouble_to_tell_of_and_the_next_look_goes_on(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    broken = await open_and_break_off(office, "service_unavailable")
    await office.tick()
    assert (await office.newest_wave()).planned_at is None

    office.slack.faults.lift(broken)
    await office.tick()

    assert await office.invited() == [set(crowd)]
    assert (told(office, UNREAD), told(office, GOES_ON)) == (0, 0)


async def test_those_planned_already_are_asked_while_the_others_wait_to_be_read(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    await open_and_break_off(office, "service_unavailable")

    await office.tick()

    assert [office.asked(person) for person in crowd[:EARLY]] == [1] * EARLY


@pytest.mark.parametrize("quarantine_days", [90])
async def test_a_planning_that_goes_on_does_not_count_its_own_invitations_as_left_out(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    broken = await open_and_break_off(office, "service_unavailable")
    await office.tick()
    office.slack.faults.lift(broken)
    office.clock.forward(days=1)

    await office.tick()

    assert await office.invited() == [set(crowd)]
    assert (await office.newest_wave()).left_out == {"bot": 1}
    assert [office.asked(person) for person in crowd[:EARLY]] == [1] * EARLY


async def test_two_clocks_plan_one_wave_once(office_on_each: Office, crowd: Crowd) -> None:
    office = office_on_each
    office.slack.faults.lift(await open_and_break_off(office, "service_unavailable"))
    already_read = pages_read(office)

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
    await office.tick()

    assert await office.invited() == [set(crowd)]
    assert (await office.newest_wave()).left_out == {"bot": 1}
    assert pages_read(office) - already_read == 3
    assert [office.asked(person) for person in crowd[:EARLY]] == [1] * EARLY


async def test_a_planning_goes_on_after_its_lease_when_its_process_died(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    office.slack.faults.lift(await open_and_break_off(office, "service_unavailable"))
    wave = await office.newest_wave()
    async with office.books.writing() as session:
        assert await claim_planning(session, wave.id, office.clock.now, LEASE)

    office.clock.now += LEASE - timedelta(seconds=1)
    await office.tick()
    assert [len(asked) for asked in await office.invited()] == [PAGE]

    office.clock.forward(seconds=1)
    await office.tick()
    assert await office.invited() == [set(crowd)]


async def test_a_wave_closed_while_it_is_planned_asks_nobody_more(
    office_on_each: Office, crowd: Crowd
) -> None:
    office = office_on_each
    office.slack.faults.lift(await open_and_break_off(office, "service_unavailable"))

    await office.command(MAYA, "close")
    await office.tick()

    assert [len(asked) for asked in await office.invited()] == [PAGE]
    assert [office.read_by(person) for person in crowd[:EARLY]] == [[]] * EARLY
    assert [result.invited for result in await office.rows(Result)] == [0]


async def test_two_surveys_of_the_same_people_are_planned_side_by_side(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey("Acme")
    await office.a_survey("Pulse")

    await office.typed(MAYA, "open Acme")
    await office.typed(MAYA, "open Pulse")
    asked = office.read_by(MAYA)[-2:]

    await asyncio.gather(*(office.driver.click(MAYA, one, "wave.agreed_open") for one in asked))
    await listeners_finish()

    first, second = await office.invited()
    assert first == second
    assert first < set(office.slack.channels[GENERAL].members)
