"""The digest tells how the follow-up goes: where its channel may read it, and only when there is something to say."""

from datetime import timedelta

import pytest

from bot.digests.posting import post_due_digests
from storage.tables import Survey
from storage.words import FollowUp, Kind
from tests.cases.follow_up import CARE, CONTACTED, TAKE, WITHDRAW, a_case, answer, ask, cards, close, press
from tests.journeys.hands import click, go_to, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office
from tests.statements import sqlite_steps, statements

pytestmark = pytest.mark.slow

WEEK = timedelta(days=7)


def digests(office: Office, channel: str = GENERAL) -> list[str]:
    """Return what the channel read beside cards."""
    return [one.text for one in office.slack.messages(channel) if "Wave 1" in one.text]


async def set_up(office: Office, **changes: object) -> None:
    async with office.books.writing() as session:
        survey = await session.get(Survey, 1)
        assert survey is not None
        for name, value in changes.items():
            setattr(survey, name, value)


async def test_a_week_with_a_closed_case_is_told_with_cause_pace_and_reach(office_on_each: Office) -> None:
    office = office_on_each
    await a_case(office)
    office.clock.forward(hours=3)
    await press(office, CHEN, CONTACTED)
    await close(office, CHEN, cause="slow")

    await go_to(office, MONDAY + WEEK)

    [text] = digests(office)
    assert "*Follow-up:* 1 closed since the last digest.\nCauses: It took too long (1)." in text
    assert "Reached: 1 of 1 who said that they may be contacted (100%)." in text
    assert "Half of the latest first contacts came within 3 hours." in text


async def test_a_digest_reads_no_case_of_long_ago(office: Office) -> None:
    await a_case(office)
    office.clock.now = MONDAY + WEEK
    with statements() as asked:
        await post_due_digests(office.app.services)

    assert "1 of them overdue" in digests(office)[0]
    reads = [
        one for one in asked if one.sql.startswith("SELECT") and (" cases" in one.sql or " runs" in one.sql)
    ]
    async with office.books.reading() as session:
        steps = await sqlite_steps(session, reads)
    of_all = ("SCAN cases", "SCAN runs", "(survey_id=?)", "(workspace_id=?)", "(state=?)")
    assert steps
    assert not [step for step in steps if step.startswith(of_all) or step.endswith(of_all)]


async def test_what_is_overdue_is_told_each_week_and_what_is_open_makes_no_digest(office: Office) -> None:
    await a_case(office)
    await go_to(office, MONDAY + WEEK)
    await go_to(office, MONDAY + 2 * WEEK)
    await office.command(MAYA, "close Acme")
    assert [text.count("1 case open, 1 of them overdue") for text in digests(office)] == [1, 1]

    await click(office, CHEN, cards(office)[0], CONTACTED)
    for week in (3, 4, 5, 6):
        await go_to(office, MONDAY + week * WEEK)

    told = digests(office)
    assert "overdue" not in told[2]
    assert "came within" in told[2]
    assert all("came within" not in text for text in told[3:])
    assert len(told) == 3


async def test_of_employees_only_those_who_follow_up_read_it(office: Office) -> None:
    await ask(office)
    await set_up(office, kind=Kind.EMPLOYEES)
    wave = await office.newest_wave()
    wave.kind = Kind.EMPLOYEES
    async with office.books.writing() as session:
        await session.merge(wave)
    await answer(office)
    await go_to(office, MONDAY + WEEK)
    assert "Follow-up" not in digests(office)[0]

    await set_up(office, digest_channel=CARE)
    await go_to(office, MONDAY + 2 * WEEK)

    assert "1 case open, 1 of them overdue" in digests(office, CARE)[-1]
    assert "no manager has read" not in digests(office, CARE)[-1]


async def test_who_takes_their_consent_back_counts_as_no_one_to_reach(office: Office) -> None:
    await ask(office, FollowUp.EVERYONE)
    await answer(office)
    await answer(office, BRUNO, 2)
    await office.tick()
    await click(office, ALICE, await home_of(office, ALICE), WITHDRAW)
    await click(office, CHEN, cards(office)[1], TAKE)

    await go_to(office, MONDAY + WEEK)

    assert "Reached: 0 of 1" in digests(office)[0]
    assert "1 ended by the person" in digests(office)[0]


async def test_comments_are_unread_until_a_manager_looks(office: Office) -> None:
    await ask(office)
    await answer(office, contact=None)
    await go_to(office, MONDAY + WEEK)
    assert "1 comment that no manager has read yet." in digests(office)[-1]

    await office.driver.command(MAYA, GENERAL, "comments Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.answer({CHEN: 9})
    await go_to(office, MONDAY + 2 * WEEK)

    assert len(digests(office)) == 2
    assert "no manager has read" not in digests(office)[-1]
