"""An anonymous wave of two hundred, and beside it a naive design: the same answers in a table without names.

The attacker is given the best there is: who cast when, in full, as message edits in Slack and the times of log lines
would tell it, and a copy of the database from around each tap. Every answer carries a mark that only the test can read.
"""

import random
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.opening import Unlocked, destroy_sealed, open_ballots
from bot.ballots.sealing import WaveKeys, new_keys, seal, unlock
from storage.ballots import opening
from storage.ballots.casting import Cast, cast_ballots
from storage.ballots.opening import Opened
from storage.database.engine import Database
from storage.tables import SealedBallot, Wave
from storage.waves.closing import close_wave, stop_taking
from tests.builders import MONDAY, a_stored_survey, a_wave, invitations_of

SECRET = "not in the database, and longer than it need be"
VOTERS = 200
SEEDS = (2026, 7, 41)
COPIED_AT = (0, 50, 120, 199)
PIECE = 20
"""Ballots opened in one transaction; an attacker may ask which."""

_SCORES = (10, 9, 9, 8, 8, 7, 7, 6, 5, 3, 0)
_NAIVE = "CREATE TABLE naive (id INTEGER PRIMARY KEY, score INTEGER NOT NULL, comment TEXT NOT NULL)"
_NAIVELY_OPENED = "CREATE TABLE naively_opened (id INTEGER PRIMARY KEY, comment TEXT NOT NULL)"


@dataclass
class Polled:
    """What an attacker may lay hands on, and the truth."""

    wave_id: int
    keys: WaveKeys
    cast: list[str] = field(default_factory=list)
    """The marks, in the order in which they were cast."""
    invited: dict[str, int] = field(default_factory=dict)
    """By mark, the id of the invitation that it answered."""
    scores: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    """By mark, the key and the bytes of the row that came with that tap: two copies around it show which."""
    while_open: list[Path] = field(default_factory=list)
    files_when_closed: list[Path] = field(default_factory=list)


def mark(number: int) -> str:
    return f"mark{number:05}x"


async def poll(database: Database, folder: Path, seed: int) -> Polled:
    """Open a wave, let everybody answer in an order of chance, close it, and wipe."""
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    with pytest.MonkeyPatch.context() as patch:
        # The order of chance is another in each run; here it is one of them, so that the test ends alike each time.
        patch.setattr(secrets, "token_bytes", dice.randbytes)
        return await _poll(database, folder, dice)


async def _poll(database: Database, folder: Path, dice: random.Random) -> Polled:
    keys = new_keys(SECRET)
    async with database.writing() as session:
        survey = await a_stored_survey(session, is_anonymous=True)
        wave = await a_wave(session, [f"U{one:04}" for one in range(VOTERS)], survey=survey)
        await opening.add_key(session, wave, keys.public, keys.locked)
        for table in (_NAIVE, _NAIVELY_OPENED):
            await (await session.connection()).execute(text(table))
        asked = list((await invitations_of(session, wave)).values())
    polled = Polled(wave.id, keys)
    dice.shuffle(asked)
    for number, one in enumerate(asked):
        said = Opened(dice.choice(_SCORES), mark(number), ("support",) if dice.random() < 0.5 else ())
        assert said.comment
        polled.cast.append(said.comment)
        polled.invited[said.comment], polled.scores[said.comment] = one.id, said.score
        cast = Cast(one.id, one.wave_id, one.workspace_id, one.user_id, seal(keys.public, said))
        async with database.writing() as session:
            assert await cast_ballots(session, [cast], MONDAY) == [None]
            await _insert_naively(session, said)
            fresh = await session.exec(
                select(SealedBallot.key, SealedBallot.sealed).where(SealedBallot.sealed == cast.sealed)
            )
            polled.sealed[said.comment] = fresh.one()
        if number in COPIED_AT:
            polled.while_open += _copied(database, folder / f"open{number}")
    await _open_naively(database, polled)
    await open_and_close(database, wave, keys.locked)
    polled.files_when_closed = _copied(database, folder / "closed")
    return polled


async def _insert_naively(session: AsyncSession, said: Opened) -> None:
    row = {"score": said.score, "comment": f"naive{said.comment}"}
    count = (await (await session.connection()).execute(text("SELECT count(*) FROM naive"))).scalar_one()
    await (await session.connection()).execute(
        text("INSERT INTO naive VALUES (:id, :score, :comment)"), row | {"id": count + 1}
    )


async def _open_naively(database: Database, polled: Polled) -> None:
    """Open ballots in pieces as they lie, each piece in an order drawn by lot."""
    by_key = sorted(polled.cast, key=lambda one: polled.sealed[one][0])
    for start in range(0, VOTERS, PIECE):
        piece = by_key[start : start + PIECE]
        rows = [{"id": start + place, "comment": one} for place, one in enumerate(sorted(piece))]
        async with database.writing() as session:
            connection = await session.connection()
            await connection.execute(
                text("INSERT INTO naively_opened VALUES (:id, 'naive' || :comment)"), rows
            )


async def open_and_close(database: Database, wave: Wave, locked: bytes) -> None:
    """Do what the clock does when the time of a wave is over. Its ballots are opened in many pieces."""
    now = MONDAY + timedelta(days=7)
    async with database.writing() as session:
        await stop_taking(session, wave.id, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "PIECE", PIECE)
        await open_ballots(database, wave, Unlocked(unlock(SECRET, locked), SECRET), now)
    async with database.writing() as session:
        assert await close_wave(session, wave.id, now)
    await destroy_sealed(database, wave.id)
    assert await database.wipe("sealed_ballots", "ballot_keys")
    async with database.writing() as session:
        await opening.record_wiped(session, [wave.id])


def _copied(database: Database, folder: Path) -> list[Path]:
    """Copy the files of a SQLite database, its log among them, as a thief would."""
    if database.url.drivername != "sqlite" or not database.url.database:
        return []
    folder.mkdir()
    file = Path(database.url.database)
    return [
        Path(shutil.copy(one, folder / one.name))
        for one in (file, file.with_name(f"{file.name}-wal"))
        if one.exists()
    ]


async def read(database: Database, question: str, **given: Any) -> list[Any]:  # noqa: ANN401 - as the driver takes it
    async with database.reading() as session:
        return list((await (await session.connection()).execute(text(question), given)).all())


def hits(polled: Polled, people: list[str], ballots: list[str]) -> int:
    """Say how many people an attacker gets right who lays two orders side by side: the people's, and the ballots'."""
    return sum(
        polled.scores[person] == polled.scores[ballot] for person, ballot in zip(people, ballots, strict=True)
    )


def by_guessing(polled: Polled) -> float:
    """Return the most that guessing gets right, with two standard deviations: a ballot drawn by lot for each person."""
    shares = [list(polled.scores.values()).count(score) / VOTERS for score in set(polled.scores.values())]
    chance = sum(share * share for share in shares)
    return VOTERS * chance + 2 * float((VOTERS * chance * (1 - chance)) ** 0.5)


def orders_of_people(polled: Polled) -> list[list[str]]:
    """Return the people as they cast, as they were invited, and as their sealed rows lay, each from either end."""
    orders = [
        polled.cast,
        sorted(polled.cast, key=lambda one: polled.invited[one]),
        sorted(polled.cast, key=lambda one: polled.sealed[one][0]),
    ]
    return orders + [order[::-1] for order in orders]


def in_the_same_piece(people: list[str], ballots: list[str]) -> int:
    """Say how many are in the same piece of two orders that are cut as the opening cuts them."""
    return sum(
        len({*people[start : start + PIECE]} & {*ballots[start : start + PIECE]})
        for start in range(0, VOTERS, PIECE)
    )
