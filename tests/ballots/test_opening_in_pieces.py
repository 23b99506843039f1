"""The ballots of a wave are opened in pieces. Nobody reads some of them, and a process that dies is followed by another."""

import asyncio
from datetime import timedelta

import pytest

from bot.ballots.linking import own_threads
from bot.ballots.opening import opened, unlocked
from bot.ballots.sealing import keys_when_opened
from bot.kit.people import Who
from bot.privacy.erasing import erase
from bot.waves.closing import close_due_waves
from storage.ballots import opening
from storage.ballots.casting import Cast, cast_ballots
from storage.ballots.opening import BallotsLeft
from storage.tables import Ballot, BallotKey, Publication, Result, SealedBallot, Thread, Wave
from storage.waves.closing import close_wave, stop_taking
from tests.ballots.staff import ask_anonymously, cast
from tests.journeys.office import MAYA, Office
from tests.threads.talk import COMMENT, say

pytestmark = pytest.mark.slow

SCORES = (3, 10, 9, 9, 8, 8, 7, 6, 3, 0, 9, 10)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PIECE", 5)


async def everybody_answers(office: Office) -> list[str]:
    """Let twelve people cast ballots. The team may write back to the first."""
    first, *others = await ask_anonymously(office)
    await say(office, first, COMMENT, may_write_back=True)
    for user, score in zip(others, SCORES[1:], strict=True):
        await cast(office, user, score, f"said by {user}")
    return [first, *others]


async def open_some(office: Office, many: int) -> Wave:
    """Open so many ballots, the first ones in the order of their new keys; and here the process died."""
    wave = await office.newest_wave()
    async with office.books.writing() as session:
        await stop_taking(session, wave.id, office.clock.now)
    keys = await unlocked(office.app.services, wave)
    assert keys
    async with office.books.reading() as session:
        page = await opening.page_of_keys(session, wave.id, b"")
        sealed = await opening.sealed_with(session, wave.id, page)
    drawn = sorted((keys_when_opened(keys.private, key), key) for key in page)
    async with office.books.writing() as session:
        some = opened(keys, drawn[:many], sealed)
        assert await opening.store_opened(session, wave, some, office.clock.now)
    return wave


async def test_nobody_reads_some_of_them(office_on_each: Office) -> None:
    office = office_on_each
    [somebody, *_] = await everybody_answers(office)
    await open_some(office, 11)
    assert len(await office.rows(Ballot)) == 11

    for word in ("", "trend", "drivers", "segments", "comments", "export", "list"):
        said = await office.typed(MAYA, f"{word} Pulse" if word != "list" else word)
        assert said, word
        assert "NPS +" not in said, word
        assert "said by" not in said, word
    async with office.books.reading() as session:
        assert not await own_threads(session, office.app.services.secret, office.slack.team_id, somebody)
    assert not await office.rows(Result)
    assert len(await office.rows(SealedBallot)) == len(SCORES)


async def test_the_next_look_goes_on_and_counts_each_once(office_on_each: Office) -> None:
    office = office_on_each
    await everybody_answers(office)
    await open_some(office, 7)
    before = {one.key: one.comment for one in await office.rows(Ballot)}

    office.clock.forward(days=2)
    await office.tick()

    after = {one.key: one.comment for one in await office.rows(Ballot)}
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(SCORES)
    [result] = await office.rows(Result)
    assert (result.promoters, result.passives, result.detractors) == (5, 3, 4)
    assert not await office.rows(SealedBallot)
    assert not await office.rows(BallotKey)
    [thread] = await office.rows(Thread)
    assert thread.ends_on == (office.clock.now + timedelta(days=60)).date()


async def test_two_processes_open_and_close_it_once(office_on_each: Office) -> None:
    office = office_on_each
    await everybody_answers(office)
    office.clock.forward(days=15)

    async with office.another_app() as other:
        await asyncio.gather(close_due_waves(office.app.services), close_due_waves(other.services))

    assert len({one.comment for one in await office.rows(Ballot)}) == len(SCORES)
    assert len(await office.rows(Ballot)) == len(SCORES)
    assert len(await office.rows(Thread)) == 1
    assert len(await office.rows(Publication)) == 1


async def test_a_wave_of_which_some_are_sealed_does_not_close(office_on_each: Office) -> None:
    office = office_on_each
    await everybody_answers(office)
    wave = await open_some(office, 11)

    with pytest.raises(BallotsLeft):
        async with office.books.writing() as session:
            await close_wave(session, wave.id, office.clock.now)

    assert (await office.newest_wave()).closed_at is None
    assert (await office.rows(BallotKey))[0].private_key


async def test_a_ballot_that_was_on_its_way_when_the_opening_began_is_refused(office_on_each: Office) -> None:
    """It would be opened after all others, and the time of the tap would tell who cast it."""
    office = office_on_each
    [late, *_] = await ask_anonymously(office)
    asked, sent_at = (await office.invitations())[late], office.clock.now
    office.clock.forward(seconds=1)
    await open_some(office, 0)

    async with office.books.writing() as session:
        ballot = Cast(asked.id, asked.wave_id, asked.workspace_id, late, b"sealed")
        [told] = await cast_ballots(session, [ballot], sent_at)

    assert told
    assert told.value == "wave closed"
    assert not await office.rows(SealedBallot)


async def test_who_is_erased_half_way_is_joined_to_no_conversation(office_on_each: Office) -> None:
    office = office_on_each
    [somebody, *_] = await everybody_answers(office)
    await open_some(office, 0)

    await erase(office.app.services, Who(office.slack.team_id, somebody))
    await office.tick()

    assert not await office.rows(Thread)
    assert not [one for one in await office.rows(Ballot) if one.thread_key]
    assert len(await office.rows(Ballot)) == len(SCORES)


async def test_who_is_erased_after_their_ballot_was_opened_is_nobody(office_on_each: Office) -> None:
    office = office_on_each
    [somebody, *_] = await everybody_answers(office)
    await open_some(office, len(SCORES))

    await erase(office.app.services, Who(office.slack.team_id, somebody))
    await office.tick()

    assert len(await office.rows(Thread)) == 1
    async with office.books.reading() as session:
        assert not await own_threads(session, office.app.services.secret, office.slack.team_id, somebody)
