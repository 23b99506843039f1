"""Attacks on an anonymous wave, each beside the naive design on which it succeeds. Named in docs/privacy.md."""

import asyncio
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import DateTime, Integer, make_url, text

from bot.ballots.rules.limits import SIZE
from bot.ballots.sealing import WrongSecret, unlock, unseal
from bot.reports.rules.gate import Numbers, Promise, Reader, released
from scoring.distribution import distribution
from scoring.nps import tally
from storage.ballots import counting
from storage.database.columns import UtcDateTime
from storage.database.engine import Database
from storage.database.upsert import table_of
from storage.tables import Answer, Ballot, SealedBallot
from storage.words import Kind
from tests.attacks.polled import (
    PIECE,
    SECRET,
    SEEDS,
    VOTERS,
    Polled,
    by_guessing,
    hits,
    in_the_same_piece,
    mark,
    orders_of_people,
    poll,
    read,
)
from tests.conftest import KINDS, new_database

pytestmark = pytest.mark.slow

NEARLY_ALL = 0.9 * VOTERS


class Case(NamedTuple):
    url: str
    polled: Polled

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


@pytest.fixture(
    scope="module",
    params=[(kind, seed) for seed in SEEDS for kind in KINDS],
    ids=lambda one: f"{one[0]}-{one[1]}",
)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """One wave for all attacks, on each database."""
    kind, seed = request.param
    folder = tmp_path_factory.mktemp("attacks")

    async def polled(url: str) -> Polled:
        database = Database(url)
        try:
            return await poll(database, folder, seed)
        finally:
            await database.close()

    if kind == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), folder / "nps.db")
        url = f"sqlite:///{copy}"
        yield Case(url, asyncio.run(polled(url)))
    else:
        template = make_url(request.getfixturevalue("postgres_template")).database
        with new_database(request.getfixturevalue("postgres_server"), template) as url:
            yield Case(url, asyncio.run(polled(url)))


@pytest.fixture
async def dump(case: Case) -> Iterator[Database]:  # type: ignore[misc]  # an asynchronous fixture
    database = Database(case.url)
    yield database
    await database.close()


def marks_in(rows: list[tuple[object, ...]]) -> list[str]:
    return [re.findall(r"mark\d{5}x", str(row))[0] for row in rows]


def assert_guesses(case: Case, people: list[str], ballots: list[str]) -> None:
    assert sorted(ballots) == sorted(people) == sorted(case.polled.cast)
    assert hits(case.polled, people, ballots) <= by_guessing(case.polled)


async def test_no_key_joins_a_ballot_to_a_person(case: Case, dump: Database) -> None:
    """Try every column of a ballot beside the people, in the order of their invitations."""
    people = sorted(case.polled.cast, key=lambda one: case.polled.invited[one])

    for question in (
        "SELECT comment FROM ballots ORDER BY key",
        "SELECT comment FROM ballots ORDER BY CAST(drivers AS TEXT), key",
        "SELECT comment FROM ballots ORDER BY score, key",
    ):
        assert_guesses(case, people, marks_in(await read(dump, question)))
    for model in (Ballot, SealedBallot):
        refers = {key.column.table.name for key in table_of(model).foreign_keys}
        assert refers == {"waves", "workspaces"}
    assert "invitations" in {key.column.table.name for key in table_of(Answer).foreign_keys}


async def test_the_order_of_rows_tells_nothing(case: Case, dump: Database) -> None:
    """Lay the rows as the database gives them beside the people, in the order in which they cast."""
    ballots, naive = [
        marks_in(await read(dump, question))
        for question in (
            ("SELECT comment FROM ballots", "SELECT comment FROM naive")
            if case.is_sqlite
            else ("SELECT comment FROM ballots ORDER BY ctid", "SELECT comment FROM naive ORDER BY ctid")
        )
    ]

    assert_guesses(case, case.polled.cast, ballots)
    assert hits(case.polled, case.polled.cast, naive) >= NEARLY_ALL


async def test_the_place_in_the_file_tells_nothing(case: Case) -> None:
    """Lay the ballots as they lie in SQLite's pages beside the people, in the order in which they cast."""
    if not case.is_sqlite:
        pytest.skip("the rows of PostgreSQL lie as ctid says")
    held = case.polled.files_when_closed[0].read_bytes()

    ours = {one[0].decode(): one.start() for one in reversed([*re.finditer(rb"(?<!naive)mark\d{5}x", held)])}
    in_pages = sorted(ours, key=lambda one: ours[one])

    assert_guesses(case, case.polled.cast, in_pages)
    naive = sorted(case.polled.cast, key=lambda one: held.index(f"naive{one}".encode()))
    naive_hits = max(
        hits(case.polled, case.polled.cast, order) for order in (naive, naive[::-1], by_page(held, naive))
    )
    assert naive_hits >= NEARLY_ALL


def by_page(held: bytes, marks: list[str], size: int = 4096) -> list[str]:
    """Order what stands in a table's pages: a page fills from its end, and pages follow each other."""
    places = {one: held.index(f"naive{one}".encode()) for one in marks}
    return sorted(marks, key=lambda one: (places[one] // size, -places[one]))


async def test_the_transaction_that_wrote_a_row_tells_nothing(case: Case, dump: Database) -> None:
    """Ask PostgreSQL which transaction wrote each row: people and their taps share one, and some ballots another."""
    if case.is_sqlite:
        pytest.skip("SQLite keeps no transaction beside a row")

    rows = await read(dump, "SELECT xmin::text::bigint, comment FROM ballots ORDER BY 1, ctid")

    assert len({row[0] for row in rows}) == VOTERS / PIECE
    for people in orders_of_people(case.polled):
        assert_guesses(case, people, marks_in(rows))
    naive = await read(
        dump,
        "SELECT naive.comment FROM naive JOIN invitations ON naive.xmin::text = invitations.xmin::text"
        " ORDER BY invitations.id",
    )
    people = sorted(case.polled.cast, key=lambda one: case.polled.invited[one])
    assert hits(case.polled, people, marks_in(naive)) >= NEARLY_ALL


async def test_who_was_opened_together_tells_nothing(case: Case, dump: Database) -> None:
    """Cut every order of the people as the pieces are cut, and count who is in the piece of the same number.

    The control opens in pieces too, in the order of the sealed rows.
    """
    if case.is_sqlite:
        pytest.skip("SQLite keeps no transaction beside a row")
    by_piece = "SELECT comment FROM {} ORDER BY xmin::text::bigint, ctid"
    ours = marks_in(await read(dump, by_piece.format("ballots")))
    naive = marks_in(await read(dump, by_piece.format("naively_opened")))

    share = PIECE / VOTERS
    by_lot = VOTERS * share + 2 * (VOTERS * share * (1 - share)) ** 0.5
    found = [in_the_same_piece(people, ours) for people in orders_of_people(case.polled)]
    assert max(found) <= by_lot
    assert max(in_the_same_piece(people, naive) for people in orders_of_people(case.polled)) == VOTERS


def test_no_time_stands_beside_a_ballot() -> None:
    """Look for any column that could hold a moment, and for a number that counts up."""
    for model in (Ballot, SealedBallot):
        columns = table_of(model).columns
        assert not [one.name for one in columns if isinstance(one.type, DateTime | UtcDateTime)]
        assert {one.name for one in columns if isinstance(one.type, Integer)} <= {"wave_id", "score"}
    assert {"answered_at", "changed_at"} <= set(table_of(Answer).columns.keys())


async def test_copies_around_each_tap_show_only_a_sealed_row(case: Case, dump: Database) -> None:
    """Compare copies from before and after each tap, and then what was sealed with what was opened."""
    sealed = case.polled.sealed
    assert {len(blob) for _, blob in sealed.values()} == {SIZE + 48}
    assert len({blob for _, blob in sealed.values()}) == VOTERS

    # The copies tell whose row was whose; its key, sorted, is all there is to lay beside the opened ones.
    people = sorted(case.polled.cast, key=lambda one: sealed[one][0])
    assert_guesses(case, people, marks_in(await read(dump, "SELECT comment FROM ballots ORDER BY key")))
    held = {key for (key,) in await read(dump, "SELECT key FROM ballots")}
    assert not held & {key for key, _ in sealed.values()}


def test_a_stolen_copy_of_an_open_wave_holds_nothing_readable(case: Case) -> None:
    """Search every copy of the database and of its log, from while the wave was open, for what people wrote."""
    if not case.is_sqlite:
        pytest.skip("the files of PostgreSQL hold what its rows hold")
    for copy in case.polled.while_open:
        assert re.findall(rb"(?<!naive)mark\d{5}x", copy.read_bytes()) == []
    assert f"naive{mark(0)}".encode() in b"".join(copy.read_bytes() for copy in case.polled.while_open)


async def test_nothing_sealed_is_left_when_the_wave_is_closed(case: Case, dump: Database) -> None:
    """Search the file, its free pages and its log, or PostgreSQL's, for what was sealed and for the wave's key."""
    assert await read(dump, "SELECT key FROM sealed_ballots") == []
    assert await read(dump, "SELECT wave_id FROM ballot_keys") == []
    if case.is_sqlite:
        held = b"".join(copy.read_bytes() for copy in case.polled.files_when_closed)
        assert not [one for one, (_, blob) in case.polled.sealed.items() if blob[100:164] in held]
        assert case.polled.keys.locked not in held
        in_use = b"".join(copy.read_bytes() for copy in case.polled.while_open)
        assert case.polled.keys.locked in in_use
        assert case.polled.sealed[mark(0)][1][100:164] in in_use
    else:
        # What is too long for a row lies in a table of its own.
        sizes = (
            "SELECT pg_relation_size(oid), pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = :one"
        )
        assert await read(dump, sizes, one="sealed_ballots") == [(0, 0)]
        async with dump.writing() as session:
            await (await session.connection()).execute(text("CHECKPOINT"))
        [(held,)] = await read(dump, "SELECT pg_read_binary_file(pg_relation_filepath('ballot_keys'))")
        assert case.polled.keys.public in held
        assert case.polled.keys.locked not in held


async def test_without_deleting_securely_what_was_sealed_would_lie_there(tmp_path: Path) -> None:
    """The control: SQLite as it comes keeps what was deleted until something is written over it."""
    with sqlite3.connect(tmp_path / "naive.db") as naive:
        naive.execute("PRAGMA secure_delete = OFF")
        naive.execute("CREATE TABLE sealed (blob BLOB)")
        naive.execute("INSERT INTO sealed VALUES (?)", (b"sealed" * 700,))
        naive.commit()
        naive.execute("DELETE FROM sealed")
        naive.commit()
    assert b"sealed" * 50 in (tmp_path / "naive.db").read_bytes()


def test_a_copy_opens_only_for_who_holds_the_secret(case: Case) -> None:
    """The stated limit: the secret and a copy from while the wave was open. Without it, and with a guess, nothing opens."""
    key = case.polled.keys.locked
    blobs = [case.polled.sealed[one][1] for one in case.polled.cast]

    for guess in (None, "", "x" * 32, SECRET + " "):
        with pytest.raises(WrongSecret):
            unlock(guess, key)
    assert [one.comment for one in unseal(unlock(SECRET, key), blobs)] == case.polled.cast


async def test_the_order_of_comments_and_of_an_export_tells_nothing(case: Case, dump: Database) -> None:
    """Read what a manager reads, from the first page to the last, beside the people in the order in which they cast."""
    async with dump.reading() as session:
        shown = await counting.comments_of(session, [case.polled.wave_id], VOTERS)
        exported = await counting.page_of_scores(session, case.polled.wave_id, b"", VOTERS)

    assert_guesses(case, case.polled.cast, [comment for _, _, comment in shown])
    right = sum(
        case.polled.scores[one] == score for one, (_, score) in zip(case.polled.cast, exported, strict=True)
    )
    assert right <= by_guessing(case.polled)


@pytest.mark.parametrize("seed", SEEDS)
def test_four_accomplices_learn_no_more_of_a_fifth_than_of_the_others(seed: int) -> None:
    """They take what they chose from the counts, and guess that the target is as most of those who are left.

    Of exactly five nobody is left but the target: docs/privacy.md says so.
    """
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    promise = Promise(Kind.EMPLOYEES, is_anonymous=True)
    right, chance = 0, list[float]()
    for _ in range(5 * VOTERS):
        scores = [dice.choice((10, 9, 8, 7, 6, 3)) for _ in range(14)]
        told = released(
            [Numbers(tally(scores), 14, scores=distribution({one: scores.count(one) for one in scores}))],
            promise,
            Reader.MANAGER,
            is_open=False,
        )
        assert told
        if told.tally is None:
            continue
        known = tally(scores[1:5])
        left = {
            category: many - taken
            for category, many, taken in (
                ("promoters", told.tally.promoters, known.promoters),
                ("passives", told.tally.passives, known.passives),
                ("detractors", told.tally.detractors, known.detractors),
            )
        }
        guess = max(left, key=lambda one: left[one])
        right += bool(getattr(tally(scores[:1]), guess))
        chance.append(left[guess] / 10)
    expected = sum(chance)
    assert len(chance) > 4 * VOTERS
    assert right <= expected + 2 * sum(one * (1 - one) for one in chance) ** 0.5

    alone = tally([3, 9, 9, 7, 6])
    known = tally([9, 9, 7, 6])
    assert alone.detractors - known.detractors == 1
