"""`make kill`: conversations about anonymous comments are killed −9 at each of their points. No letter comes twice or is lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.ballots.sealing import open_link
from bot.sandbox.records import Message
from storage import threads
from storage.tables import Letter, Notice, Thread
from storage.words import LetterState, ThreadEnding, ThreadState
from tests.ballots.staff import ask_anonymously
from tests.deaths.lives import LEASE, Lives, at_each_point, lives_in
from tests.journeys.hands import click
from tests.journeys.office import MAYA, Office
from tests.threads.talk import ANSWER, END, comments, days_pass, letters, say

MANY = 12
HAVE_ANSWERED = "Somebody has answered"


class Talk(NamedTuple):
    """One conversation, and whose it is."""

    key: bytes
    user: str


async def talks(office: Office) -> list[Talk]:
    """Let a crowd allow the team to write back, close the wave, and return the conversations."""
    for user in await ask_anonymously(office, MANY):
        await say(office, user, f"{user} says so.", may_write_back=True)
    await office.command(MAYA, "close Pulse")
    await office.tick()
    secret = office.settings.secret
    return [Talk(one.key, open_link(secret, one.sealed or b"")) for one in await office.rows(Thread)]


async def write(office: Office, talk: Talk, text: str, by: str | None = MAYA) -> None:
    """Let a letter be due now."""
    async with office.books.writing() as session:
        assert await threads.write(session, talk.key, text, office.clock.now, by) is threads.LetterWritten.YES


async def letters_in(office: Office, talk: Talk) -> list[Letter]:
    found = [one for one in await office.rows(Letter) if one.thread_key == talk.key]
    return sorted(found, key=lambda one: one.number)


async def thread(office: Office, talk: Talk) -> Thread:
    [found] = [one for one in await office.rows(Thread) if one.key == talk.key]
    return found


async def delivered(office: Office, lives: Lives, some: Sequence[Talk]) -> list[Message]:
    """Let the team's first letter reach each of these people."""
    for talk in some:
        await write(office, talk, "Which ones?")
    assert not await lives.look()
    return [letters(office, talk.user)[-1] for talk in some]


async def test_a_letter_reaches_its_person_once_or_managers_read_of_the_doubt(office_on_each: Office) -> None:
    office = office_on_each
    everybody = await talks(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            talk = everybody[point]
            await write(office, talk, "Which ones?")
            died = await lives.look(point)
            await lives.recover()

            [letter] = await letters_in(office, talk)
            stands = len(letters(office, talk.user))
            assert (stands, letter.state) in {
                (1, LetterState.DELIVERED),
                (1, LetterState.UNCERTAIN),
                (0, LetterState.UNCERTAIN),
            }, point
            assert letter.claimed_at is None
            return died

        assert await at_each_point(try_out) >= 3
    doubts = [one for one in await office.rows(Letter) if one.state is LetterState.UNCERTAIN]
    assert doubts
    await days_pass(office)
    assert "perhaps it did not arrive" in str((await comments(office)).blocks)


async def test_an_answer_stands_below_its_comment_and_its_manager_is_told_once(
    office_on_each: Office,
) -> None:
    office = office_on_each
    everybody = await talks(office)
    async with lives_in(office) as lives:
        await delivered(office, lives, everybody)

        async def try_out(point: int) -> bool:
            talk, before, doubts = everybody[point], told(office), await in_doubt(office)
            await write(office, talk, "Those on Mondays.", by=None)
            died = await lives.look(point)
            await lives.recover()

            assert (await letters_in(office, talk))[-1].state is LetterState.DELIVERED
            # What a manager is told is said once at the most; the answer stands below its comment whatever becomes of that.
            assert (told(office) - before, await in_doubt(office) - doubts) in {(1, 0), (1, 1), (0, 1)}, point
            return died

        assert await at_each_point(try_out) >= 2


def told(office: Office) -> int:
    return sum(HAVE_ANSWERED in one for one in office.news(MAYA))


async def in_doubt(office: Office) -> int:
    """Count what a process died over while it told a manager."""
    return sum(one.claimed_at is not None and one.said_at is None for one in await office.rows(Notice))


async def test_an_answer_is_kept_once_before_its_person_reads_so(office_on_each: Office) -> None:
    office = office_on_each
    everybody = await talks(office)
    async with lives_in(office) as lives:
        messages = await delivered(office, lives, everybody)

        async def try_out(point: int) -> bool:
            talk = everybody[point]
            await click(office, talk.user, messages[point], ANSWER)
            form = office.modal(talk.user)

            async def send() -> None:
                await office.driver.submit(talk.user, form, {"letter": "Those on Mondays."})

            async def is_over() -> bool:
                return office.modal(talk.user).blocks != form.blocks

            died = await lives.serve(point, send, is_over)
            said = [one.text for one in await letters_in(office, talk)][1:]
            assert said in ([], ["Those on Mondays."])
            assert said or not await is_over()
            if died:
                await office.driver.submit(talk.user, form, {"letter": "Those on Mondays."})
                assert [one.text for one in await letters_in(office, talk)][1:] == ["Those on Mondays."]
            return died

        assert await at_each_point(try_out) >= 1


async def test_who_ends_it_is_joined_to_it_no_more_and_managers_read_so_later(office_on_each: Office) -> None:
    office = office_on_each
    everybody = await talks(office)
    async with lives_in(office) as lives:
        messages = await delivered(office, lives, everybody)

        async def try_out(point: int) -> bool:
            talk = everybody[point]

            async def is_over() -> bool:
                return "You have ended" in str([one.text for one in office.slack.direct_messages(talk.user)])

            async def end() -> None:
                await click(office, talk.user, messages[point], END)

            died = await lives.serve(point, end, is_over)
            if died:
                await end()
            ended = await thread(office, talk)
            assert (ended.sealed, ended.ending) == (None, ThreadEnding.PERSON)
            return died

        assert await at_each_point(try_out) >= 1
        await _managers_read(office, lives, everybody)


async def _managers_read(office: Office, lives: Lives, everybody: Sequence[Talk]) -> None:
    """Let the hours of all endings come, and a process die at each point over them."""

    async def look(point: int) -> bool:
        office.clock.forward(days=4)
        return await lives.look(point)

    await at_each_point(look)
    assert not await lives.look()
    assert {one.state for one in await office.rows(Thread) if one.ending} == {ThreadState.ENDED}
    assert len(everybody) > len([one for one in await office.rows(Thread) if one.ending])


async def test_after_its_time_it_ends_and_what_was_on_its_way_goes_nowhere(office_on_each: Office) -> None:
    office = office_on_each
    everybody = await talks(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            talk = everybody[point]
            await write(office, talk, "Are you there?")
            await time_is_over(office, talk, office.clock.now)
            died = await lives.look(point)
            office.clock.forward(minutes=LEASE)
            assert not await lives.look()

            ended = await thread(office, talk)
            assert (ended.state, ended.ending, ended.sealed) == (ThreadState.ENDED, ThreadEnding.OVER, None)
            assert [one.state for one in await letters_in(office, talk)] == [LetterState.DROPPED]
            assert not letters(office, talk.user)
            return died

        assert await at_each_point(try_out) >= 1


async def time_is_over(office: Office, talk: Talk, now: datetime) -> None:
    ending = await thread(office, talk)
    ending.ends_on = now.date()
    async with office.books.writing() as session:
        await session.merge(ending)
