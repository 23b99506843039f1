"""`python -m tests.bench.closing`: how long a tap waits while a wave of a hundred thousand people closes."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from secrets import token_bytes
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from sqlalchemy import String, case, cast, insert, literal, select
from sqlmodel import col
from sqlmodel import select as select_rows

from bot import logs
from bot.ballots.opening import wipe_ballots
from bot.ballots.sealing import new_keys, seal
from bot.waves.closing import close_due_waves
from storage import migrate, waves
from storage.answers import Tap, store_taps
from storage.answers.stored import StoredTap
from storage.ballots import opening
from storage.ballots.casting import KEY_BYTES
from storage.ballots.opening import Opened
from storage.database.upsert import insert_absent, table_of
from storage.tables import Answer, Invitation, Membership, Mention, Reminder, Result, SealedBallot, Wave
from storage.waves.closing import close_wave
from storage.waves.planning import finish_planning, plan_batch
from storage.words import InvitationState
from tests import postgres
from tests.bench import verdicts
from tests.builders import a_tap, a_wave, invitations_of, planned
from tests.conftest import new_database
from tests.journeys.office import ALICE, MAYA, Office, office_with

PEOPLE = 100_000
AT_ONCE = 8
MOST_MS = 100
_A_CROWD = 1_000
_QUIET = 3.0
"""Seconds of taps before anything closes: what they wait then is what the machine takes."""
_PAUSE = 0.005
"""Seconds from the answer to a tap until the same person taps again."""


@dataclass(frozen=True)
class Waits:
    """Milliseconds that each tap waited before something was done and meanwhile; how long that took."""

    quiet: Sequence[float]
    meanwhile: Sequence[float]
    seconds: float


async def fill(office: Office, people: int) -> tuple[list[Tap], list[Tap]]:
    """Give the office a survey that closes, asked a second time; return taps of it, and of another survey."""
    now = office.clock.now
    survey = await office.a_survey(created_at=now - timedelta(days=40))
    async with office.books.writing() as session:
        before = await a_wave(session, [], survey=survey, opens_at=now - timedelta(days=30))
    await _invite(office, before, people)
    async with office.books.writing() as session:
        await close_wave(session, before.id, now - timedelta(days=20))
        wave = await waves.open_wave(session, survey, MAYA, now - timedelta(days=7), now + timedelta(days=7))
        await finish_planning(session, wave.id, wave.opens_at)
    await _invite(office, wave, people)
    await _one_closes(office)
    other = await office.a_survey("Another", wave_days=30)
    async with office.books.writing() as session:
        beside = await a_wave(
            session, [f"U{one}" for one in range(1, AT_ONCE * 100)], survey=other, opens_at=now
        )
        await (await session.connection()).exec_driver_sql("ANALYZE")
    return await _taps(office, wave), await _taps(office, beside)


async def _one_closes(office: Office) -> None:
    """Let a small wave close and its manager be told: what a process does for the first time takes longer."""
    now = office.clock.now
    small = await office.a_survey("Small")
    async with office.books.writing() as session:
        wave = await waves.open_wave(session, small, MAYA, now - timedelta(days=8), now)
        await plan_batch(session, wave, [planned(ALICE)], {})
        await finish_planning(session, wave.id, wave.opens_at)
        [invitation] = (await invitations_of(session, wave)).values()
        await store_taps(session, [a_tap(invitation, 9)], wave.opens_at)
    await close_due_waves(office.app.services)


async def fill_anonymous(office: Office, people: int) -> tuple[list[Tap], list[Tap]]:
    """Give the office an anonymous survey that closes, everybody's ballot in it; return taps of another survey."""
    now, keys = office.clock.now, new_keys(office.app.services.secret)
    survey = await office.a_survey("Pulse", is_anonymous=True)
    other = await office.a_survey("Another", wave_days=30)
    async with office.books.writing() as session:
        wave = await waves.open_wave(session, survey, MAYA, now - timedelta(days=7), now + timedelta(days=7))
        await plan_batch(session, wave, [planned(f"U{one}", now) for one in range(people)], {})
        await finish_planning(session, wave.id, wave.opens_at)
        await opening.add_key(session, wave, keys.public, keys.locked)
        of_wave = {"wave_id": wave.id, "workspace_id": wave.workspace_id}
        beside = await a_wave(
            session, [f"U{one}" for one in range(1, AT_ONCE * 100)], survey=other, opens_at=now
        )
    await _one_closes(office)
    # In one transaction, SQLite's log would be as long as all of them.
    for start in range(0, people, _A_CROWD):
        said = [
            Opened(one % 11, "As always.", ("team",)) for one in range(start, min(start + _A_CROWD, people))
        ]
        rows = [of_wave | {"key": token_bytes(KEY_BYTES), "sealed": seal(keys.public, one)} for one in said]
        async with office.books.writing() as session:
            await insert_absent(session, SealedBallot, rows)
    async with office.books.writing() as session:  # as the days would in which people answer
        if not office.books.url.drivername.startswith("sqlite"):
            await (await session.connection()).exec_driver_sql("CHECKPOINT")
    taps = await _taps(office, beside)
    return taps, taps


async def _invite(office: Office, wave: Wave, people: int) -> None:
    """Let six in ten have answered, three have a reminder to come, and one not be asked yet. Each is in two channels."""
    counted = select(literal(1).label("one")).cte("counted", recursive=True)
    counted = counted.union_all(select(counted.c.one + 1).where(counted.c.one < people))
    tenth, at = counted.c.one % 10, wave.opens_at
    user = literal("U", String) + cast(counted.c.one, String)
    of_wave: dict[str, Any] = {"workspace_id": literal(wave.workspace_id), "wave_id": literal(wave.id)}
    state = table_of(Invitation).c.state.type
    asked: dict[str, Any] = of_wave | {
        "user_id": user,
        "state": case(
            (tenth < 6, literal(InvitationState.ANSWERED, state)),
            (tenth < 9, literal(InvitationState.DELIVERED, state)),
            else_=literal(InvitationState.PLANNED, state),
        ),
        "delivered_at": case((tenth < 9, literal(at, table_of(Invitation).c.delivered_at.type))),
        "send_after": literal(at, table_of(Invitation).c.send_after.type),
    }
    said: dict[str, Any] = of_wave | {
        "invitation_id": col(Invitation.id),
        "score": col(Invitation.id) % 11,
        "comment": case((col(Invitation.id) % 5 == 0, literal("As always.", String))),
        "answered_at": col(Invitation.delivered_at),
        "changed_at": col(Invitation.delivered_at),
    }
    theirs = col(Invitation.wave_id) == wave.id
    answered, waits = (
        theirs & (col(Invitation.state) == one)
        for one in (InvitationState.ANSWERED, InvitationState.DELIVERED)
    )
    later = literal(wave.closes_at, table_of(Reminder).c.send_after.type)
    async with office.books.writing() as session:
        connection = await session.connection()
        await connection.execute(insert(Invitation).from_select([*asked], select(*asked.values())))
        await connection.execute(insert(Answer).from_select([*said], select(*said.values()).where(answered)))
        reminding = of_wave | {"invitation_id": col(Invitation.id), "number": literal(1), "send_after": later}
        await connection.execute(
            insert(Reminder).from_select([*reminding], select(*reminding.values()).where(waits))
        )
        for part in ("C1", "C2"):
            inside = of_wave | {"user_id": user, "part": literal(part)}
            await connection.execute(insert(Membership).from_select([*inside], select(*inside.values())))
        for place, driver in enumerate(("quality", "support")):
            ticked = {
                "answer_id": col(Answer.id),
                "workspace_id": literal(wave.workspace_id),
                "driver": literal(driver),
            }
            some = select(*ticked.values()).where(
                col(Answer.wave_id) == wave.id, col(Answer.id) // 2**place % 2 == 1
            )
            await connection.execute(insert(Mention).from_select([*ticked], some))


async def _taps(office: Office, wave: Wave) -> list[Tap]:
    async with office.books.reading() as session:
        question = (
            select_rows(Invitation.id, Invitation.user_id)
            .where(Invitation.wave_id == wave.id, Invitation.user_id <= "U3")
            .limit(AT_ONCE * 50)
        )
        return [Tap(one, wave.workspace_id, user, one % 11) for one, user in await session.exec(question)]


async def waits_while(
    office: Office, of_this: Sequence[Tap], of_another: Sequence[Tap], work: Callable[[], Awaitable[None]]
) -> Waits:
    """Let eight people tap all the time, half of them on the wave that the work is about, which may refuse them."""
    taps = office.app.services.taps
    waits: list[tuple[float, float]] = []
    is_over = asyncio.Event()
    gc.collect()
    gc.freeze()  # as `nps-bot serve` does: what filled the database is not to be looked through again

    async def tapper(some: Sequence[Tap]) -> None:
        for number in count():
            if is_over.is_set():
                return
            began = time.perf_counter()
            came = await taps.do(some[number % len(some)])
            assert isinstance(came, StoredTap) or some[0] in of_this, came
            waits.append((began, 1000 * (time.perf_counter() - began)))
            await asyncio.sleep(_PAUSE)

    async with asyncio.TaskGroup() as together:
        for place in range(AT_ONCE):
            some = (of_this, of_another)[place % 2]
            together.create_task(tapper([*some[place * 40 :], *some[: place * 40]]))
        await asyncio.sleep(_QUIET)
        began = time.perf_counter()
        await work()
        ended = time.perf_counter()
        await asyncio.sleep(0.2)
        is_over.set()
    return Waits(
        [took for at, took in waits if at + took / 1000 < began][AT_ONCE:],
        [took for at, took in waits if at + took / 1000 >= began and at < ended],
        ended - began,
    )


async def measure(url: str, people: int, *, is_anonymous: bool = False) -> tuple[Waits, int]:
    """Return how long people waited, and how many answers were counted."""
    migrate.upgrade(url)
    logs.configure(quiet=True)

    async def close() -> None:
        office.clock.forward(days=8)
        await close_due_waves(office.app.services)
        await wipe_ballots(office.app.services)

    async with office_with(url) as office:
        of_this, of_another = await (fill_anonymous if is_anonymous else fill)(office, people)
        waits = await waits_while(office, of_this, of_another, close)
        async with office.books.reading() as session:
            told = (await session.exec(select_rows(Result).order_by(col(Result.promoters).desc()))).first()
    assert told is not None
    return waits, told.promoters + told.passives + told.detractors


def told(what: str, waits: Waits) -> float:
    """Tell what was done, and return the milliseconds that the longest tap waited."""
    usual, longest = median(waits.quiet), max(waits.meanwhile)
    typer.echo(
        f"{what} in {waits.seconds:.1f} s, while {AT_ONCE} tapped at once:"
        f" the longest tap waited {longest:.0f} ms, {longest / usual:.0f} times a usual one ({usual:.1f} ms; the longest"
        f" of {len(waits.quiet):,} before: {max(waits.quiet):.0f} ms)."
    )
    return longest


def bench(people: Annotated[int, typer.Option(help="In each wave that closes.")] = PEOPLE) -> None:
    """Measure a named wave and an anonymous one on both databases; exit 1 where a tap waited too long."""

    def close_both(kind: str, url: str, anonymous_url: str) -> list[float]:
        named, counted = asyncio.run(measure(url, people))
        anonymous, ballots = asyncio.run(measure(anonymous_url, people, is_anonymous=True))
        return [
            told(f"{people:,} people's wave closed on {kind}, {counted:,} answers counted,", named),
            told(f"An anonymous wave closed on {kind}, {ballots:,} ballots counted,", anonymous),
        ]

    with TemporaryDirectory(prefix="nps-bench-") as folder:
        files = (f"sqlite:///{folder}/{one}.db" for one in ("named", "anonymous"))
        longest = {"sqlite": close_both("sqlite", *files)}
    if postgres.is_available():
        with (
            postgres.server(settings=()) as server,
            new_database(server) as named,
            new_database(server) as anonymous,
        ):
            longest["postgresql"] = close_both("postgresql", named, anonymous)
    held = {
        f"no tap waits over {MOST_MS} ms on {kind}": max(each) <= MOST_MS for kind, each in longest.items()
    }
    verdicts.tell(held, longest_tap_ms=longest)


if __name__ == "__main__":
    typer.run(bench)
