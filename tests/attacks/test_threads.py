"""Attacks on conversations under anonymous comments: by the rows, by copies from around a ballot, and by when letters come."""

import random
import secrets
from statistics import mean

import nacl.secret
import pytest
from sqlalchemy import text

from bot.ballots.sealing import WrongSecret, new_keys, open_link, seal, seal_link
from bot.kit.rules.working_hours import WorkingTime
from bot.threads.rules.delay import MOST_HOURS, after_hours_of_work
from storage.ballots import opening
from storage.ballots.casting import Cast, cast_ballots
from storage.ballots.opening import Opened
from storage.database.engine import Database
from storage.tables import Ballot, Thread
from tests.attacks.polled import SECRET, SEEDS, mark, open_and_close, read
from tests.builders import MONDAY, a_stored_survey, a_wave, invitations_of

MANY = 120
LETS = 0.5
BY_CHANCE = 1 + 2 * 1 + 1
"""One is what guessing gets right, with a deviation of one."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_order_of_threads_joins_them_to_people(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Lay every order of the threads beside every order of the people; beside it stands a table that numbers them as they come."""
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    monkeypatch.setattr(secrets, "token_bytes", dice.randbytes)
    # Links are sealed with it, and one of the orders below sorts what it sealed.
    monkeypatch.setattr(nacl.secret, "random", dice.randbytes)
    people, copies = await converse(database, dice)

    threads = await read(database, "SELECT key, sealed, ends_on FROM threads")
    ballots = await read(database, "SELECT comment, thread_key FROM ballots WHERE thread_key IS NOT NULL")
    truth = {bytes(key): comment for comment, key in ballots}
    assert len(threads) == len(people)
    assert {rows for rows, _ in copies} == {0}
    assert len({lengths for _, lengths in copies}) == 1
    assert len({(len(bytes(sealed)), str(day)) for _, sealed, day in threads}) == 1
    assert len({bytes(sealed) for _, sealed, _ in threads}) == len(people)

    said = [comment for _, comment in people]
    by_person = [comment for _, comment in sorted(people)]
    orders = (
        [bytes(key) for key, _, _ in threads],
        [bytes(key) for key, _, _ in sorted(threads, key=lambda row: bytes(row[1]))],
        sorted(truth),
    )
    known = (said, said[::-1], by_person)
    for order in orders:
        assert at_most([truth[key] for key in order], known) <= BY_CHANCE
    naive = await read(database, "SELECT comment FROM naive_threads ORDER BY id")
    assert at_most([comment for (comment,) in naive], known) == len(people)


def at_most(read_so: list[str], known: tuple[list[str], ...]) -> int:
    """Return how many an attacker gets right at the most who lays one order of the threads beside each of the people."""
    return max(sum(one == other for one, other in zip(read_so, order, strict=True)) for order in known)


async def converse(
    database: Database, dice: random.Random
) -> tuple[list[tuple[str, str]], list[tuple[int, tuple[int, ...]]]]:
    """Let many answer, half of them allowing a conversation; return those, and what a copy after each ballot shows."""
    keys = new_keys(SECRET)
    async with database.writing() as session:
        survey = await a_stored_survey(session, is_anonymous=True)
        wave = await a_wave(session, [f"U{one:04}" for one in range(MANY)], survey=survey)
        await opening.add_key(session, wave, keys.public, keys.locked)
        asked = list((await invitations_of(session, wave)).values())
        naive = "CREATE TABLE naive_threads (id INTEGER PRIMARY KEY, comment TEXT NOT NULL)"
        await (await session.connection()).execute(text(naive))
    dice.shuffle(asked)
    people: list[tuple[str, str]] = []
    copies: list[tuple[int, tuple[int, ...]]] = []
    for number, one in enumerate(asked):
        lets = dice.random() < LETS
        link = seal_link(SECRET, one.user_id) if lets else None
        sealed = seal(keys.public, Opened(7, mark(number), (), link))
        async with database.writing() as session:
            assert await cast_ballots(
                session, [Cast(one.id, one.wave_id, one.workspace_id, one.user_id, sealed)], MONDAY
            ) == [None]
            if lets:
                row = {"id": len(people) + 1, "comment": mark(number)}
                connection = await session.connection()
                await connection.execute(text("INSERT INTO naive_threads VALUES (:id, :comment)"), row)
        if lets:
            people.append((one.user_id, mark(number)))
        [(rows,)] = await read(database, "SELECT count(*) FROM threads")
        lengths = await read(database, "SELECT DISTINCT length(sealed) FROM sealed_ballots")
        copies.append((int(rows), tuple(int(length) for (length,) in lengths)))
    await open_and_close(database, wave, keys.locked)
    return people, copies


def test_a_link_opens_only_for_who_holds_the_secret_and_two_of_one_person_differ() -> None:
    one, other = seal_link(SECRET, "U0001"), seal_link(SECRET, "U0001")
    assert one != other
    assert b"U0001" not in one
    assert len({len(one), len(seal_link(SECRET, "")), len(seal_link(SECRET, "U" * 64))}) == 1
    assert open_link(SECRET, one) == "U0001"
    for guess in (None, "", "x" * 32, SECRET + " "):
        with pytest.raises(WrongSecret):
            open_link(guess, one)


def test_no_row_names_the_person_and_no_time_is_finer_than_an_hour() -> None:
    assert set(Thread.model_fields) == {
        "key",
        "workspace_id",
        "wave_id",
        "sealed",
        "state",
        "ending",
        "shown_at",
        "ends_on",
    }
    assert "thread_key" in Ballot.model_fields


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hour_in_which_a_letter_comes_does_not_tell_when_it_was_written(seed: int) -> None:
    """Guess from the hour of coming whether it was written in the morning or afternoon. Without a draw that is plain."""
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    working, right, naive, rounds = WorkingTime(), [], [], 400
    for _ in range(rounds):
        is_morning = dice.random() < 0.5
        written = MONDAY.replace(hour=9 if is_morning else 15, minute=dice.randrange(60))
        comes = after_hours_of_work(written, 1 + dice.randrange(MOST_HOURS), "UTC", working)
        assert (comes.minute, comes.second, comes.microsecond) == (0, 0, 0)
        # Of a letter that came on another day the attacker has the hour alone.
        right.append((comes.hour < 13) == is_morning)
        naive.append((after_hours_of_work(written, 1, "UTC", working).hour < 13) == is_morning)
    assert mean(right) <= 0.5 + 2 * (0.25 / rounds) ** 0.5 + 0.05
    assert mean(naive) >= 0.95
