"""Slack is out of reach for an hour: few messages are in doubt, none is refused, and all goes on by itself."""

import asyncio
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.failures.faults import ANY
from bot.shell.doctor import database as books_of_doctor
from storage.audience import Audience
from storage.delivery.outages import FEW
from storage.tables import Invitation, Notice, Outage, Run
from storage.words import InvitationState, RunState
from tests.journeys.hands import POST, colleagues, go_to, those_asked
from tests.journeys.office import GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)
SINCE = "Slack has taken no message of mine since Monday, 23 November at 09:00. "
AGAIN = " It does again. Everything goes on where it stopped, and nobody is asked twice."
GATEWAY = (
    "Something on the way to Slack answered in its place. Check the network, and the proxy if there is one."
)


async def states(office: Office) -> dict[InvitationState, int]:
    found = [row.state for row in await office.rows(Invitation)]
    return {state: found.count(state) for state in set(found)}


def told(office: Office) -> list[str]:
    return [one.text for one in office.slack.direct_messages(MAYA) if "taken no message" in one.text]


def posts(office: Office) -> int:
    return len(office.calls(POST))


async def a_wave_for(office: Office, number: int) -> list[str]:
    people = colleagues(office, number)
    await office.open_wave(audience=Audience(people=tuple(people)), reminders=0)
    return people


@pytest.mark.parametrize("status", [403, 404, 407, 500, 502, 503])
async def test_a_gateway_that_answers_with_a_page_costs_a_few_messages_and_refuses_nobody(
    office_on_each: Office, status: int
) -> None:
    office = office_on_each
    people = await a_wave_for(office, 40)
    away = office.slack.faults.gateway(ANY, status, times=None)
    before = posts(office)

    for second in range(0, 55, 5):
        await go_to(office, MONDAY + timedelta(seconds=second))

    found = await states(office)
    in_doubt = found.get(InvitationState.UNCERTAIN, 0)
    assert set(found) <= {InvitationState.PLANNED, InvitationState.UNCERTAIN}
    assert in_doubt == 0 if status == 407 else 0 < in_doubt <= FEW + 1
    assert posts(office) - before <= FEW + 1
    [outage] = await office.rows(Outage)
    assert outage.stopped_at is not None

    office.slack.faults.lift(away)
    await go_to(office, MONDAY + 2 * MINUTE)
    await go_to(office, MONDAY + 2 * MINUTE)

    assert len(those_asked(office)) == len(people) - in_doubt
    assert await states(office) == {
        InvitationState.DELIVERED: len(people) - in_doubt,
        **({InvitationState.UNCERTAIN: in_doubt} if in_doubt else {}),
    }
    assert len(told(office)) == 1
    assert told(office)[0].startswith(SINCE)
    assert told(office)[0].endswith(AGAIN)
    assert await office.rows(Outage) == []


async def test_the_pauses_between_two_probes_grow_to_a_quarter_of_an_hour(office: Office) -> None:
    await a_wave_for(office, 10)
    office.slack.faults.gateway(ANY, times=None)

    tries = []
    for minute in range(60):
        before = len(office.calls("auth.test"))
        await go_to(office, MONDAY + minute * MINUTE)
        if len(office.calls("auth.test")) > before:
            tries.append(minute)

    assert tries == [1, 3, 7, 15, 30, 45]


async def test_a_probe_that_is_heard_and_then_loses_its_message_costs_one_and_never_a_letter_first(
    office: Office,
) -> None:
    await a_wave_for(office, 10)
    office.slack.faults.gateway(POST, times=None)
    await office.tick()
    in_doubt = (await states(office))[InvitationState.UNCERTAIN]
    before = posts(office)

    await go_to(office, MONDAY + MINUTE)
    assert posts(office) - before == 1
    assert (await states(office))[InvitationState.UNCERTAIN] == in_doubt  # it was the manager's
    await go_to(office, MONDAY + 3 * MINUTE)
    assert posts(office) - before == 2
    assert (await states(office))[InvitationState.UNCERTAIN] == in_doubt + 1


async def test_a_restart_and_a_second_process_obey_the_stop(office_on_each: Office) -> None:
    office = office_on_each
    await a_wave_for(office, 20)
    away = office.slack.faults.gateway(POST, times=None)
    await office.tick()
    before = posts(office)

    async with office.another_app() as other:
        away.method = ANY
        for _ in range(5):
            await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert posts(office) - before <= 1  # the one probe that a start allows
    assert (await states(office))[InvitationState.UNCERTAIN] <= FEW + 2


async def test_digests_reports_questions_and_progress_obey_it_too(office: Office) -> None:
    people = await a_wave_for(office, 10)
    await office.tick()
    assert len(those_asked(office)) == len(people)
    office.slack.faults.gateway(POST, 503, times=None, to=GENERAL)
    for due in range(FEW + 2):  # digests, one after the other
        await office.a_survey(f"Other {due}", created_at=MONDAY - timedelta(days=8))
        await office.command(MAYA, f"open Other {due}")
    before = len(office.slack.messages(GENERAL))

    await go_to(office, MONDAY + timedelta(hours=1))
    runs = [run for run in await office.rows(Run) if run.job == "weekly_digest"]

    assert len(office.slack.messages(GENERAL)) == before
    assert RunState.FAILED not in {run.state for run in runs}


async def test_slacks_own_word_for_all_of_us_keeps_a_digest_for_later(office: Office) -> None:
    await office.ask_everyone(digest_hour=10)
    office.slack.revoke()
    await go_to(office, MONDAY + timedelta(hours=2))
    assert [run for run in await office.rows(Run) if run.job == "weekly_digest"] == []

    office.slack.revoke(revoked=False)
    await go_to(office, MONDAY + timedelta(hours=3))
    await go_to(office, MONDAY + timedelta(hours=3))

    [digest] = [run for run in await office.rows(Run) if run.job == "weekly_digest"]
    assert digest.state is RunState.DONE


async def test_waves_doctor_and_resume_know_of_it_while_it_lasts(office: Office) -> None:
    await a_wave_for(office, 10)
    away = office.slack.faults.gateway(POST, times=None)
    await office.tick()

    assert f"I had to stop. {GATEWAY}" in await office.command(MAYA, "waves")
    async with office.books.reading() as session:
        found = {one.check: one.says for one in await books_of_doctor.examine(session, office.clock.now)}
    assert found["sending"] == (
        f"Nothing has been sent since 2026-11-23 08:00 UTC (unreadable_reply). {GATEWAY} It goes on by itself; "
        "the next try is at 08:01 UTC."
    )

    office.slack.faults.lift(away)
    await office.command(MAYA, "resume")
    await office.tick()
    assert await office.rows(Outage) == []
    assert told(office) == [f"{SINCE}{GATEWAY}{AGAIN}"]


async def test_a_few_troubles_that_are_not_in_a_row_stop_nothing(office: Office) -> None:
    people = await a_wave_for(office, 30)
    office.slack.faults.gateway(POST, times=None, every=4)

    for _ in range(3):
        await office.tick()

    found = await states(office)
    assert found[InvitationState.DELIVERED] + found[InvitationState.UNCERTAIN] == len(people)
    assert told(office) == []


async def test_a_notice_to_a_manager_waits_for_the_end_of_it(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(digest_hour=10)
    office.slack.faults.answer(POST, "not_in_channel", to=GENERAL)
    away = office.slack.faults.answer(POST, "service_unavailable", times=None, to=MAYA)

    for _ in range(2):
        await go_to(office, MONDAY + timedelta(hours=1))
    [waits] = await office.rows(Notice)
    assert (waits.user_id, waits.said_at) == (MAYA, None)

    office.slack.faults.lift(away)
    for _ in range(3):
        await go_to(office, MONDAY + timedelta(hours=2))
    assert len([one for one in office.news(MAYA) if "digest of “Acme”" in one]) == 1
    [said] = await office.rows(Notice)
    assert (said.text, said.code) == ("", None)
    assert said.said_at is not None


@pytest.mark.slow
async def test_a_gateway_that_hangs_puts_a_few_in_doubt_and_not_sixteen_at_a_time(office: Office) -> None:
    people = await a_wave_for(office, 40)
    away = office.slack.faults.hang(POST, times=None)

    for second in range(3):
        await go_to(office, MONDAY + timedelta(seconds=second))

    in_doubt = (await states(office))[InvitationState.UNCERTAIN]
    assert FEW <= in_doubt <= FEW + 1
    assert away.struck <= FEW + 1
    office.slack.faults.lift(away)
    await go_to(office, MONDAY + 2 * MINUTE)
    await go_to(office, MONDAY + 2 * MINUTE)
    assert len(those_asked(office)) == len(people) - in_doubt
