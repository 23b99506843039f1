"""The team writes back to an anonymous comment, the person answers, and nobody learns who it was."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.ballots.linking import own_threads
from bot.kit.once import LEASE
from bot.privacy.purging import purge_kept_long_enough
from bot.threads.delivering import deliver_letters
from storage.database.engine import Database
from storage.kit import notices
from storage.tables import Ballot, Letter, Notice, SealedBallot, Thread
from storage.words import LetterState, ThreadState
from tests.ballots.staff import ask_anonymously, cast
from tests.journeys.hands import POST, click
from tests.journeys.office import CHEN, MAYA, Office
from tests.threads.talk import (
    ANSWER,
    COMMENT,
    END,
    WRITE,
    a_thread,
    answer,
    comments,
    days_pass,
    letters,
    say,
    write,
)

pytestmark = pytest.mark.slow


async def test_both_sides_write_hours_later_and_without_a_name(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)

    await write(office)
    await deliver_letters(office.app.services)
    assert not letters(office, who)
    await days_pass(office)

    [letter] = letters(office, who)
    assert "Which &lt;!channel&gt; ones?" in letter.text
    assert "do not know who you are" in letter.text
    assert MAYA not in str(letter.blocks)
    assert not [one for one in office.slack.users if letters(office, one) and one != who]

    await answer(office, who)
    assert "on its way" not in str((await comments(office)).blocks)
    assert "Those on Mondays." not in str((await comments(office)).blocks)
    await days_pass(office)

    shown = str((await comments(office)).blocks)
    assert "Those on Mondays." in shown
    assert who not in shown
    [told] = [one for one in office.news(MAYA) if "Somebody has answered" in one]
    assert "`/nps comments Pulse`" in told
    await days_pass(office, 2)
    assert len(letters(office, who)) == 1
    assert {(one.state, one.due_at, one.claimed_at) for one in await office.rows(Letter)} == {
        (LetterState.DELIVERED, None, None)
    }


async def test_nothing_is_kept_of_the_wish_before_the_wave_is_closed(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office)
    await say(office, staff[0], COMMENT, may_write_back=True)
    await say(office, staff[1], "", may_write_back=True)
    await cast(office, staff[2], 9, "Fine.")

    assert not await office.rows(Thread)
    assert len({len(one.sealed) for one in await office.rows(SealedBallot)}) == 1
    await office.command(MAYA, "close Pulse")

    [thread] = await office.rows(Thread)
    assert [one.comment for one in await office.rows(Ballot) if one.thread_key == thread.key] == [COMMENT]
    assert thread.ends_on == office.clock.now.date() + timedelta(days=60)


async def test_without_the_box_or_below_ten_answers_nobody_can_write_back(office: Office) -> None:
    await a_thread(office, many=6)
    assert "10" in await office.typed(MAYA, "comments Pulse")


async def test_only_a_comment_with_the_box_has_the_button_and_only_a_manager_uses_it(office: Office) -> None:
    await a_thread(office)
    shown = await comments(office)
    assert str(shown.blocks).count(WRITE) == 1

    await click(office, CHEN, shown, WRITE)
    assert not await office.rows(Letter)


async def test_somebody_else_cannot_answer_or_end_it(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    await days_pass(office)
    [letter] = letters(office, who)

    for action in (ANSWER, END):
        await click(office, CHEN, letter, action)

    [thread] = await office.rows(Thread)
    assert thread.state is ThreadState.OPEN
    assert office.slack.modal(CHEN) is None


async def test_where_slack_refuses_managers_read_later_that_it_could_not_be_delivered(
    office_on_each: Office,
) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    office.slack.faults.answer(POST, "account_inactive", to=who, times=None)
    office.slack.faults.answer(POST, "user_not_found", to=who, times=None)
    [due_at] = [one.due_at for one in await office.rows(Letter)]
    assert due_at
    office.slack.faults.pending.pop(0)
    while not [one for one in await office.rows(Thread) if one.ending]:
        office.clock.now += timedelta(hours=1)
        await deliver_letters(office.app.services)

    assert "could not be delivered" not in str((await comments(office)).blocks)
    await days_pass(office)
    assert "could not be delivered" in str((await comments(office)).blocks)
    [thread] = await office.rows(Thread)
    assert thread.sealed is None
    assert not [one for one in await office.rows(Notice) if "letter" in one.about]


async def test_a_lost_reply_or_a_process_that_dies_over_a_letter_sends_it_no_second_time(
    office_on_each: Office,
) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    office.slack.faults.drop_after(POST, to=who)
    await days_pass(office)
    assert len(letters(office, who)) == 1
    assert "perhaps it did not arrive" in str((await comments(office)).blocks)

    await write(office, "Again?")
    async with office.books.writing() as session:
        for one in await office.rows(Letter):
            if one.state is LetterState.WAITING:
                one.state, one.claimed_at = LetterState.CLAIMED, office.clock.now
                await session.merge(one)
    await days_pass(office)
    assert len(letters(office, who)) == 1
    assert {one.state for one in await office.rows(Letter)} == {LetterState.UNCERTAIN}


async def test_one_side_writes_no_more_than_three_times_in_a_row(office: Office) -> None:
    await a_thread(office)
    for number in range(5):
        await write(office, f"Number {number}")
    assert len(await office.rows(Letter)) == 3


async def test_what_is_sent_again_since_its_reply_was_lost_is_one_letter(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office, "Which ones?")
    await write(office, "Which ones?")
    await days_pass(office)
    assert len(letters(office, who)) == 1
    await answer(office, who, "Those on Mondays.")
    await answer(office, who, "Those on Mondays.")
    await write(office, "Which ones?")
    assert [one.text for one in await office.rows(Letter)].count("Those on Mondays.") == 1
    assert len(await office.rows(Letter)) == 2


async def test_what_somebody_looked_up_does_not_tell_who_answered(office: Office) -> None:
    """Who is looked up when is stored with the person: a letter and its answer look nobody up."""
    who = await a_thread(office)
    await write(office)
    await days_pass(office)
    before = await everything_but_letters(office.books)
    await answer(office, who)
    after = await everything_but_letters(office.books)
    assert before == after


async def test_the_person_alone_reads_what_is_kept_of_it_and_only_what_has_arrived(office: Office) -> None:
    who = await a_thread(office)
    await write(office)
    services = office.app.services

    async def kept(user: str, secret: str | None) -> list[list[str]]:
        async with office.books.reading() as session:
            found = await own_threads(session, secret, office.slack.team_id, user)
        return [[letter.text for letter in one.letters] for one in found]

    assert await kept(who, services.secret) == [[]]
    await days_pass(office)
    assert await kept(who, services.secret) == [["Which <!channel> ones?"]]
    assert await kept("U9STAFF0001", services.secret) == []
    assert await kept(who, "another secret, as long as it is") == []


async def everything_but_letters(database: Database) -> dict[str, object]:
    async with database.reading() as session:
        connection = await session.connection()
        return {
            name: (await connection.execute(text(f"SELECT * FROM {name}"))).all()  # noqa: S608 - our own
            for name in SQLModel.metadata.tables
            if name not in {"letters", "seen_requests"}
        }


async def test_of_an_answer_that_a_manager_was_told_of_no_time_is_kept(office_on_each: Office) -> None:
    office = office_on_each
    who = await a_thread(office)
    await write(office)
    await days_pass(office)
    await answer(office, who)

    await days_pass(office)
    await office.tick()

    assert [one.text for one in office.read_by(MAYA) if "answered" in one.text and "Pulse" in one.text]
    assert [one.about for one in await office.rows(Notice) if one.about.startswith("letter")] == []


async def test_nor_of_one_over_which_a_process_died_or_of_one_that_an_older_release_told(
    office_on_each: Office,
) -> None:
    office, now = office_on_each, office_on_each.clock.now
    async with office.books.writing() as session:
        for about, claimed_at in {"letter:0a.2:1": now, "letter:0a.4:1": now - 2 * LEASE}.items():
            await notices.write(session, office.slack.team_id, MAYA, about, "Answered.", now)
            [notice] = await notices.waiting(session, office.slack.team_id, 1)
            assert await notices.claim(session, notice.id, claimed_at)
        session.add(
            Notice(
                workspace_id=office.slack.team_id,
                user_id=MAYA,
                about="letter:0a.6:1",
                text="",
                written_at=now - timedelta(days=99),
                claimed_at=now - timedelta(days=99),
                said_at=now - timedelta(days=99),
            )
        )

    await purge_kept_long_enough(office.app.services)

    assert [one.about for one in await office.rows(Notice)] == ["letter:0a.2:1"]
