"""A conversation ends: by either side, after sixty days, or with what it was about."""

from datetime import timedelta

import pytest

from bot.ballots.linking import forget_links
from bot.kit.people import Who
from bot.privacy import erasing
from bot.privacy.leaving import stop_sending
from bot.threads.delivering import deliver_letters
from storage.privacy.purging import purge_piece
from storage.surveys.deleting import JobsAbout, delete_survey
from storage.tables import Ballot, Letter, Survey, Thread
from storage.words import LetterState, ThreadEnding, ThreadState
from tests.ballots.staff import ask_anonymously
from tests.journeys.hands import actions, click
from tests.journeys.office import MAYA, Office
from tests.threads.talk import (
    ANSWER,
    COMMENT,
    END,
    STOP,
    WRITE,
    a_thread,
    comments,
    days_pass,
    letters,
    say,
    write,
)

pytestmark = pytest.mark.slow


async def test_the_person_ends_it_and_managers_read_so_hours_later(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    await days_pass(office)
    [letter] = letters(office, who)

    await click(office, who, letter, END)

    [thread] = await office.rows(Thread)
    assert (thread.sealed, thread.ending) == (None, ThreadEnding.PERSON)
    assert "has ended" not in str((await comments(office)).blocks)
    await click(office, who, letter, ANSWER)
    assert office.slack.modal(who) is None
    await write(office, "Are you there?")
    await days_pass(office)
    assert "The person has ended this conversation." in str((await comments(office)).blocks)
    assert not letters(office, who)
    assert "You have ended" in str([one.text for one in office.slack.direct_messages(who)])
    assert LetterState.DROPPED in {one.state for one in await office.rows(Letter)}


async def test_a_manager_ends_it_and_what_is_on_its_way_does_not_arrive(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    await click(office, MAYA, await comments(office), WRITE)
    await click(office, MAYA, office.modal(MAYA), STOP)

    assert "A manager has ended this conversation." in str(office.modal(MAYA).blocks)
    await days_pass(office)

    assert not letters(office, who)
    [thread] = await office.rows(Thread)
    assert (thread.state, thread.sealed) == (ThreadState.ENDED, None)
    await click(office, MAYA, await comments(office), WRITE)
    assert STOP not in actions(office.modal(MAYA))


async def test_after_sixty_days_it_ends_by_itself(office_on_each: Office) -> None:
    office = office_on_each
    await a_thread(office)
    office.clock.now += timedelta(days=61)
    await deliver_letters(office.app.services)

    [thread] = await office.rows(Thread)
    assert (thread.state, thread.ending, thread.sealed) == (ThreadState.ENDED, ThreadEnding.OVER, None)
    assert "60 days have passed" in str((await comments(office)).blocks)


async def test_after_sixty_days_it_ends_also_where_slack_takes_nothing(office_on_each: Office) -> None:
    office = office_on_each
    await a_thread(office)
    await write(office)
    await stop_sending(office.app.services)

    office.clock.now += timedelta(days=61)
    await deliver_letters(office.app.services)

    [thread] = await office.rows(Thread)
    assert (thread.state, thread.sealed) == (ThreadState.ENDED, None)
    assert {one.state for one in await office.rows(Letter)} == {LetterState.DROPPED}


async def test_who_erases_themselves_is_reached_no_more_and_a_copy_does_not_tell_which_was_theirs(
    office_on_each: Office,
) -> None:
    office = office_on_each
    who = await a_thread(office)
    [before] = await office.rows(Thread)
    await write(office)
    await erase(office, "U9STAFF0001")
    [others] = await office.rows(Thread)
    await erase(office, who)
    [theirs] = await office.rows(Thread)

    assert len({before.sealed, others.sealed, theirs.sealed}) == 3
    assert {len(one.sealed or b"") for one in (before, others, theirs)} == {104}
    await days_pass(office, 16)
    assert not letters(office, who)
    assert "could not be delivered" in str((await comments(office)).blocks)


async def test_what_a_secret_does_not_open_is_counted_and_stays(office: Office) -> None:
    person = await a_thread(office)
    async with office.books.writing() as session:
        for secret, left in (
            (None, 1),
            ("another secret, just as long as it need be", 1),
            (office.settings.secret, 0),
        ):
            assert await forget_links(session, secret, office.slack.team_id, person) == left


async def test_who_erases_themselves_before_the_closing_leaves_no_conversation(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 10)
    for user in staff:
        await say(office, user, COMMENT, may_write_back=user in staff[:2])
    await erase(office, staff[0])
    await office.command(MAYA, "close Pulse")
    assert len(await office.rows(Thread)) == 1
    assert len(await office.rows(Ballot)) == 10


async def test_a_conversation_goes_with_its_survey(office_on_each: Office) -> None:
    office = office_on_each
    await a_thread(office)
    await write(office)
    [survey] = await office.rows(Survey)
    async with office.books.writing() as session:
        assert await delete_survey(session, survey, JobsAbout(), office.clock.now)
    assert not await office.rows(Thread)
    assert not await office.rows(Letter)


async def test_a_conversation_goes_with_its_comment(office_on_each: Office) -> None:
    office = office_on_each
    await a_thread(office)
    await write(office)
    wave = await office.newest_wave()
    async with office.books.writing() as session:
        assert await purge_piece(session, wave, office.clock.now)
    assert not await office.rows(Thread)
    assert not await office.rows(Letter)


async def erase(office: Office, user: str) -> None:
    await erasing.erase(office.app.services, Who(office.slack.team_id, user))
